"""Dialects of RSS and Atom; the texts are ours."""

from datetime import UTC, datetime

import pytest

from media_monitor.collect.articles.article import article
from media_monitor.collect.formats.parse import parse
from media_monitor.sources import Feed

NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
RSS1 = "http://purl.org/rss/1.0/"
RSS09 = "http://my.netscape.com/rdf/simple/0.9/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ITEM = "<item><title>Ferry</title><link>https://a.example/1</link><description>It runs.</description></item>"
ENTRY = '<title>Ferry</title><link href="https://a.example/1"/>'
DIALECTS = {
    **{v: f'<rss version="{v}"><channel>{ITEM}</channel></rss>' for v in ("0.91", "0.92", "0.93", "0.94", "2.0", "")},
    "0.9": f'<r:RDF xmlns:r="{RDF}" xmlns="{RSS09}"><channel/>{ITEM}</r:RDF>',
    "1.0": f'<r:RDF xmlns:r="{RDF}" xmlns="{RSS1}"><channel/>{ITEM}</r:RDF>',
    "1.1": f'<Channel xmlns="http://purl.org/net/rss1.1#"><items>{ITEM}</items></Channel>',
    "2.0 of Userland": f'<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel>{ITEM}</channel></rss>',
    "atom 1.0": f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{ENTRY}<summary>It runs.</summary></entry></feed>',
    "atom 0.3": f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>{ENTRY}<summary>It runs.</summary>'
    "</entry></feed>",
    "atom with a prefix": '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Ferry</a:title>'
    '<a:link href="https://a.example/1"/><a:summary>It runs.</a:summary></a:entry></a:feed>',
    "atom entry": f'<entry xmlns="http://www.w3.org/2005/Atom">{ENTRY}<summary>It runs.</summary></entry>',
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_is_read(dialect):
    (entry,) = parse(DIALECTS[dialect].encode()).entries
    assert (entry.title, entry.link, entry.summary_html) == ("Ferry", "https://a.example/1", "It runs.")


CONTENT = {
    "xhtml": '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <b>ferry</b> runs.</p></div>'
    "</content>",
    "xhtml with a prefix": '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>The '
    "<h:b>ferry</h:b> runs.</h:p></h:div></content>",
    "html": '<content type="html">&lt;p>The &lt;b>ferry&lt;/b> runs.&lt;/p></content>',
    "html in cdata": '<content type="html"><![CDATA[<p>The <b>ferry</b> runs.</p>]]></content>',
    "text": '<content type="text">The ferry runs.</content>',
    "0.3 escaped": '<content type="text/html" mode="escaped">&lt;p>The ferry runs.</content>',
    "base64": '<content type="text/html" mode="base64">PHA+VGhlIGZlcnJ5IHJ1bnMuPC9wPg==</content>',
    "summary xhtml": '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The ferry runs.</div></summary>',
}


@pytest.mark.parametrize("kind", CONTENT)
def test_every_kind_of_atom_content_is_read(kind):
    space = "http://purl.org/atom/ns#" if "mode" in CONTENT[kind] else "http://www.w3.org/2005/Atom"
    body = f'<feed xmlns="{space}"><entry><title>Ferry</title>{CONTENT[kind]}</entry></feed>'
    assert stored(body).text == "The ferry runs."


def stored(body: str):
    feed = Feed("f", "https://a.example/rss", "Outlet", "a.example")
    (entry,) = parse(body.encode(), url=feed.url).entries
    return article(entry, feed, NOW)


def rss(inner: str) -> str:
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {spaces}><channel><item>{inner}</item></channel></rss>'


LONG = "A caption that is longer than the text of the item"
FULL = "<content:encoded><![CDATA[<p>Full text</p>]]></content:encoded>"
CAPTION = f"<media:description type='html'>{LONG}</media:description>"


@pytest.mark.parametrize(
    ("inner", "title", "text"),
    [
        ("<media:title>Ferry</media:title>", "Ferry", ""),
        ("<media:group><media:title>Ferry</media:title></media:group>", "Ferry", ""),
        ("<title>Own</title><media:content><media:title>Picture</media:title></media:content>", "Own", ""),
        ("<media:content><media:title>Picture</media:title></media:content><title>Own</title>", "Own", ""),
        (CAPTION, "", LONG),
        (f"<media:group>{CAPTION}</media:group>", "", LONG),
        (f"<description>Own</description><media:content>{CAPTION}</media:content>", "", "Own"),
        (f"<media:content>{CAPTION}</media:content><description>Own</description>", "", "Own"),
        (f"<description>&lt;img src='x'></description>{CAPTION}", "", LONG),
        ("<media:text type='plain'>Spoken words</media:text>", "", "Spoken words"),
        (f"<description>Short</description>{FULL}", "", "Full text"),
        ("<content:encoded>&lt;p>Full text</content:encoded><description>Short</description>", "", "Full text"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_picture_stands_in_only_where_the_item_has_nothing(inner, title, text):
    made = stored(rss(inner))
    assert (made.title, made.text) == (title, text)


def test_a_film_of_atom_has_its_description():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><title>Film</title>'
        "<media:group><media:title>Film</media:title><media:description>How the ferry runs.\nSecond line."
        "</media:description></media:group></entry></feed>"
    )
    assert (stored(body).title, stored(body).text) == ("Film", "How the ferry runs.\nSecond line.")


@pytest.mark.parametrize(
    ("source", "title", "url"),
    [
        ('<source url="https://wire.example/rss">A wire</source>', "A wire", "https://wire.example/rss"),
        ("<source>A wire</source>", "A wire", None),
        ('<source url="https://wire.example/rss"/>', None, "https://wire.example/rss"),
    ],
)
def test_the_source_of_an_item_is_kept(source, title, url):
    (entry,) = parse(rss(f"<title>Ferry</title>{source}").encode()).entries
    assert (entry.title, entry.source_title, entry.source_url) == ("Ferry", title, url)
