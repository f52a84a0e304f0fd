"""Feeds as they come: every dialect, every defect; the texts are ours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_monitor.collect.formats.parse import parse
from media_monitor.collect.formats.parsed import MOST_ITEMS

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour News</title><link>https://harbour.example/</link>
<item><title>Ferry &amp; train</title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">id-1</guid>
<pubDate>Mon, 28 Apr 2025 09:00:00 +0300</pubDate><dc:creator>Ann Port</dc:creator>
<source url="https://wire.example/rss">A wire</source>
<description>Short.</description><content:encoded><![CDATA[<p>A longer body of the item.</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/news/">
<title>Harbour</title><entry><title type="html">Bridge &lt;b&gt;shut&lt;/b&gt;</title><id>urn:1</id><link href="shut"/>
<updated>2025-04-28T10:00:00Z</updated><published>2025-04-28T09:00:00Z</published><author><name>Bo Quay</name></author>
<summary>Until June.</summary></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://harbour.example/">
<items><rdf:Seq><rdf:li rdf:resource="https://harbour.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://harbour.example/1"><title>Tide tables</title><link>https://harbour.example/1</link>
<dc:date>2025-04-28T09:00:00Z</dc:date></item></rdf:RDF>"""


def items(count: int, end: str = "</channel></rss>") -> bytes:
    rows = "".join(f"<item><title>T{n}</title><link>https://a.example/{n}</link></item>" for n in range(count))
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{rows}{end}'.encode()


def test_rss():
    (entry,) = parse(RSS.encode(), url="https://harbour.example/rss").entries
    assert entry.title == "Ferry & train"
    assert entry.link == "https://harbour.example/a?x=1&y=2"
    assert entry.guid == "id-1"
    assert entry.published_raw == "Mon, 28 Apr 2025 09:00:00 +0300"
    assert entry.summary_html == "<p>A longer body of the item.</p>"
    assert entry.authors == ("Ann Port",)
    assert (entry.source_title, entry.source_url) == ("A wire", "https://wire.example/rss")


def test_atom():
    (entry,) = parse(ATOM.encode()).entries
    assert entry.title == "Bridge <b>shut</b>"
    assert entry.link == "https://harbour.example/news/shut"
    assert (entry.published_raw, entry.updated_raw) == ("2025-04-28T09:00:00Z", "2025-04-28T10:00:00Z")
    assert (entry.summary_html, entry.authors, entry.guid) == ("Until June.", ("Bo Quay",), "urn:1")


def test_rdf():
    (entry,) = parse(RDF.encode()).entries
    assert (entry.title, entry.link, entry.updated_raw) == (
        "Tide tables", "https://harbour.example/1", "2025-04-28T09:00:00Z"
    )  # fmt: skip


def test_the_raw_date_is_kept_as_written():
    body = RSS.replace("Mon, 28 Apr 2025 09:00:00 +0300", "2025年4月28日").encode()
    assert parse(body).entries[0].published_raw == "2025年4月28日"


def test_an_item_with_nothing_in_it_is_an_entry():
    (entry,) = parse(b'<rss version="2.0"><channel><item/></channel></rss>').entries
    assert (entry.title, entry.link, entry.guid, entry.summary_html) == ("", None, None, "")


def test_the_title_of_a_picture_is_not_the_items():
    body = RSS.replace("</item>", "<image><title>Logo</title></image></item>").encode()
    assert parse(body).entries[0].title == "Ferry & train"


@pytest.mark.parametrize("head", ["", "\n\n  ", "\ufeff", "<!-- <item> a comment -->\n", "<?xml-stylesheet href='x'?>"])
def test_what_stands_before_the_feed_does_not_matter(head):
    body = (head + RSS.partition("?>\n")[2]).encode()
    assert [e.title for e in parse(body).entries] == ["Ferry & train"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", "is empty"),
        (b" \r\n\x00", "is empty"),
        (b"<!DOCTYPE html><html><body>x", "is an HTML page, not a feed"),
        (b"\n<!-- c --><HTML>", "is an HTML page, not a feed"),
        (
            b'{"version": "1"}',
            'is not a feed (RSS, Atom, JSON Feed, news sitemap); it begins with \'{"version": "1"}\'',
        ),
        (
            b"Service unavailable",
            "is not a feed (RSS, Atom, JSON Feed, news sitemap); it begins with 'Service unavailable'",
        ),
        (b"\x89PNG\r\n\x1a\n", "is not a feed (RSS, Atom, JSON Feed, news sitemap); it begins with"),
        (b"<opml><body/></opml>", "is a list of feeds (OPML), not a feed"),
        (b"&#0;", "is empty"),
    ],
)
def test_what_is_no_feed_has_a_reason(body, fault):
    parsed = parse(body)
    assert parsed.entries == ()
    assert parsed.fault is not None
    assert parsed.fault.startswith(fault)


def test_a_feed_between_comments_is_no_page():
    body = b"<!-- one --><rss><channel><item><!-- two --><body>x</body></item></channel></rss>"
    assert len(parse(body).entries) == 1


def test_an_html_page_that_names_its_feed():
    page = b'<html><head><link rel="alternate" type="application/atom+xml" href="/atom.xml"></head></html>'
    assert parse(page).fault == "is an HTML page, not a feed; it names a feed at /atom.xml"


def test_a_feed_without_items_is_a_feed():
    parsed = parse(items(0))
    assert (parsed.entries, parsed.fault, parsed.notes) == ((), None, ())


@pytest.mark.parametrize("cut", ["</title>", "<link>", "ttps", "T2", "<item", "</ite"])
def test_a_cut_feed_keeps_the_whole_items_before_the_cut(cut):
    body = items(3)
    last = body.rindex(b"<item>")
    parsed = parse(body[: body.index(cut.encode(), last) + 2])
    assert [e.title for e in parsed.entries] == ["T0", "T1"]
    assert parsed.notes == ("it breaks off; what came before was read",)


def test_a_feed_cut_between_items_keeps_them_all():
    parsed = parse(items(3, end=""))
    assert [e.title for e in parsed.entries] == ["T0", "T1", "T2"]
    assert parsed.notes


def test_a_feed_cut_within_cdata():
    body = RSS.replace("</channel></rss>", "").encode()
    parsed = parse(body + b"<item><title>Next</title><description><![CDATA[<p>half a para")
    assert [e.title for e in parsed.entries] == ["Ferry & train"]


def test_a_broken_item_does_not_spoil_the_others():
    body = items(1, end="") + b"<item><title>A & B <b>C</title><link>https://a.example/x?a=1&b=2</link></item>"
    entries = parse(body + b"<item><title>T2</title></item></channel></rss>").entries
    assert [e.title for e in entries][::2] == ["T0", "T2"]
    assert entries[1].link == "https://a.example/x?a=1&b=2"


def test_no_more_items_than_the_most_are_read():
    parsed = parse(items(MOST_ITEMS + 5))
    assert len(parsed.entries) == MOST_ITEMS
    assert parsed.entries[-1].title == f"T{MOST_ITEMS - 1}"
    assert parsed.notes == ("only 2,000 of 2,005 items were read",)
    assert len(parse(items(MOST_ITEMS)).entries) == MOST_ITEMS
    cut = parse(items(MOST_ITEMS + 5)[:-60])
    assert (len(cut.entries), len(cut.notes)) == (MOST_ITEMS, 2)


def with_doctype(declarations: str, title: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE rss [{declarations}]>{RSS.partition("?>")[2]}'.replace(
        "Ferry &amp; train", title
    ).encode()


@pytest.mark.parametrize(
    ("declarations", "fault"),
    [
        ('<!ENTITY a "x"><!ENTITY b "&a;&a;">', "declares nested entities ('b')"),
        ('<!ENTITY a "x"><!ENTITY b "&#38;a;&#x26;a;">', "declares nested entities ('b')"),
        (f'<!ENTITY a "{"x" * 60_000}">', "declares entities that expand to more than 1,000,000 characters"),
        (f"<!-- {'x' * 70_000} -->", "has 70,"),
    ],
)
def test_entities_that_multiply_are_refused(declarations, fault):
    parsed = parse(with_doctype(declarations, "&a;" * 1000))
    assert parsed.entries == ()
    assert parsed.fault is not None
    assert parsed.fault.startswith(fault)


def test_literal_entities_are_expanded():
    body = with_doctype('<!ENTITY co "Quay &amp; Sons"><!ENTITY port "Harbour &#8220;East&#8221;">', "&port;")
    assert parse(body).entries[0].title == "Harbour “East”"


def test_external_entities_bring_nothing_in(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    body = with_doctype(f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p; <!ENTITY x SYSTEM "{secret.as_uri()}">', "A&x;B")
    parsed = parse(body)
    assert "do not read" not in str(parsed)
    assert [e.link for e in parsed.entries] == ["/a?x=1&y=2"]


def test_the_doctype_of_rss_0_91_is_no_offence():
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss.dtd">'
    )
    body = items(1).replace(b"<rss", doctype.encode() + b"<rss").replace(b"T0", b"Caf&eacute;")
    assert parse(body).entries[0].title == "Café"


@pytest.mark.parametrize("reference", ["&#xD800;", "&#0;", "&#x110000;", f"&#{'9' * 5000};", "&#8;"])
def test_references_to_no_character_are_left_out(reference):
    entries = parse(items(2).replace(b"T0", f"T{reference}0".encode())).entries
    assert [e.title for e in entries] == ["T0", "T1"]


def test_control_characters_do_not_stop_the_parser():
    assert [e.title for e in parse(items(2).replace(b"T0", b"T\x00\x08\x1f0")).entries] == ["T0", "T1"]


PIECES = st.sampled_from(
    [b"<item>", b"</item>", b"<title>", b"</title>", b"<![CDATA[", b"]]>", b"<entry>", b"&", b"&amp;", b"&#0;",
     b"&#xD800;", b"&#99999999;", b"<!--", b"-->", b"<link href='", b"<pubDate>", b"2025-99-99", b"<?", b"?>", b"]>",
     b"<!DOCTYPE x [", b"<!ENTITY a '&a;'>", b"\xff", b"\x00", b"\xd0", b"<a xmlns:b='c' b:d='e'>", b"<guid>", b"'>",
     b"xml:base='http://['", b"<content type='xhtml'>", b"<content type='image/png'>====</content>", b"<svg>",
     b"<source url='x'>", b"&#1234567890123456789012345;", b"&#x;"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=8), max_size=40).map(b"".join), st.booleans())
def test_any_bytes_give_entries_or_a_reason(body, dressed):
    parsed = parse(items(1, end="") + body if dressed else body, "text/xml; charset=\x00", "http://[::1/")
    assert parsed.fault is None or parsed.entries == ()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**30), st.sampled_from([RSS, ATOM, RDF]))
def test_a_feed_cut_anywhere_gives_no_half_entry(position, source):
    whole = source.encode()
    parsed = parse(whole[: position % len(whole)], url="https://harbour.example/rss")
    assert all(e in parse(whole, url="https://harbour.example/rss").entries for e in parsed.entries)
