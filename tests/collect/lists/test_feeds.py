import logging

import pytest

from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.opml import write_opml
from media_monitor.errors import BeatError
from media_monitor.model import stable_id
from media_monitor.sources import Feed

PLAIN = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>subscriptions</title></head><body>
<outline text="World"><outline text="Asia" title="Asia">
<outline type="rss" text="Harbour News" title="Harbour News" xmlUrl="https://www.harbour.example/rss" language="en-gb"/>
</outline></outline>
<outline text="Quay" xmlURL="https://feeds.quay.example.co.uk/all.xml" htmlUrl="https://quay.example.co.uk/"/>
<outline text="A note to myself"/>
</body></opml>"""
OURS = """<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><body>
<outline text="Port Wire" xmlUrl="https://wire.example/rss" language="en" mm:id="port-wire" mm:language="ko"
  mm:country="KR" mm:affiliation="wire" mm:publisher="port-group" mm:tier="1" mm:note="hourly"/>
</body></opml>"""


@pytest.fixture
def load(tmp_path):
    """Loads an OPML text with the publishers.toml text of the beat."""

    def loaded(opml: str, publishers: str | None = None) -> tuple[Feed, ...]:
        (tmp_path / "feeds.opml").write_text(opml, encoding="utf-8")
        if publishers is not None:
            (tmp_path / "publishers.toml").write_text(publishers, encoding="utf-8")
        return load_feeds(Beat(tmp_path, "harbour", {}), None)

    return loaded


def test_plain_opml_of_any_nesting(load):
    harbour, quay = load(PLAIN)
    url = "https://www.harbour.example/rss"
    assert harbour == Feed(stable_id(url), url, "Harbour News", "harbour.example", language="en")
    assert (quay.outlet, quay.publisher, quay.language) == ("Quay", "example.co.uk", None)


def test_our_attributes(load):
    assert load(OURS) == (
        Feed("port-wire", "https://wire.example/rss", "Port Wire", "port-group", "ko", "KR", "wire", 1, "hourly"),
    )


def test_another_file_in_place_of_the_beats(load, tmp_path):
    load(OURS)
    mine = tmp_path / "mine.opml"
    mine.write_text(PLAIN)
    assert [f.outlet for f in load_feeds(Beat(tmp_path, "harbour", {}), mine)] == ["Harbour News", "Quay"]


def test_what_is_written_reads_back(load):
    feeds = (*load(OURS), *load(PLAIN), Feed("x", "https://a.example/?a=1&b=2", 'A <"&> B', "a", note="tab\tend"))
    feeds += tuple(Feed(str(asks), f"https://a.example/{asks}", "A", "a", full_text=asks) for asks in (True, False))
    assert load(write_opml(feeds)) == feeds


def test_publishers_by_outlet_by_domain_and_by_host(load):
    publishers = """
[[publisher]]
id = "port-group"
name = "Port Group"
outlets = ["harbour news"]
[[publisher]]
id = "quay-press"
name = "Quay Press"
domains = ["quay.example.co.uk"]
credits = ["QP"]
"""
    assert [f.publisher for f in load(PLAIN, publishers)] == ["port-group", "quay-press"]


@pytest.mark.parametrize(
    ("publishers", "message"),
    [
        ('[[publisher]]\nname = "x"', "publisher without id: missing key id"),
        ('[[publisher]]\nid = "a"\ndomain = ["x"]', "publisher a: unknown key domain"),
        ('[[publishers]]\nid = "a"', "unknown key 'publishers'"),
        (
            '[[publisher]]\nid="a"\noutlets=["X"]\n[[publisher]]\nid="b"\noutlets=["x"]',
            "publisher b: 'x' belongs to 'a'",
        ),
        ("[[publisher", "is not TOML"),
    ],
)
def test_a_fault_in_publishers_is_named(load, publishers, message):
    with pytest.raises(BeatError, match=message) as raised:
        load(PLAIN, publishers)
    assert "publishers.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("opml", "line", "message"),
    [
        (OURS.replace("mm:tier", "mm:teir"), 2, "unknown attribute mm:teir; did you mean mm:tier"),
        (OURS.replace("mm:note", "mm:xyz"), 2, "unknown attribute mm:xyz; known are mm:id"),
        (OURS.replace('"wire"', '"wires"'), 2, "mm:affiliation 'wires' is none of state, independent, wire, official"),
        (OURS.replace('tier="1"', 'tier="high"'), 2, "mm:tier 'high' must be a number"),
        (OURS.replace('"KR"', '"Korea"'), 2, "mm:country 'Korea' must be two capitals"),
        (OURS.replace('mm:language="ko"', 'mm:language="Korean!"'), 2, "mm:language 'Korean!' must be a language code"),
        (OURS.replace("https://wire.example/rss", ""), 2, "xmlUrl is empty"),
        (OURS.replace("</body>", ""), 4, "is not XML: mismatched tag"),
        (OURS.replace(' xmlns:mm="urn:media-monitor:opml"', ""), 2, "is not XML: unbound prefix"),
        ("<rss><channel/></rss>", 1, "is not OPML; its root is <rss>"),
        ("", 1, "is not XML: no element found"),
        ("<opml><body>" + "<outline>" * 60, 1, "is nested more than 50 deep"),
        ('<!DOCTYPE opml [\n<!ENTITY a "x">\n<!ENTITY b "&a;&a;">]>\n<opml>&b;</opml>', 2, "declares the entity 'a'"),
        ('<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml>&a;</opml>', 1, "declares the entity 'a'"),
    ],
)
def test_a_fault_is_named_with_file_and_line(load, tmp_path, opml, line, message):
    with pytest.raises(BeatError) as raised:
        load(opml)
    assert str(raised.value).startswith(f"{tmp_path / 'feeds.opml'}:{line}: {message}")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BeatError, match=r"none\.opml: cannot be read: No such file"):
        load_feeds(Beat(tmp_path, "harbour", {}), tmp_path / "none.opml")


def test_a_feed_that_stands_in_two_folders_is_taken_once(load, caplog):
    twice = PLAIN.replace("</body>", '<outline text="Again" xmlUrl="https://www.harbour.example/rss"/></body>')
    with caplog.at_level(logging.WARNING):
        assert [f.outlet for f in load(twice)] == ["Harbour News", "Quay"]
    assert "xmlUrl https://www.harbour.example/rss stands twice" in caplog.text


def test_one_url_with_two_ids_and_one_id_with_two_urls_are_mistakes(load):
    row = '<outline text="x" xmlUrl="https://wire.example/{}" mm:id="{}"/></body>'
    with pytest.raises(BeatError, match="stands twice, with the ids 'port-wire' and 'other'"):
        load(OURS.replace("</body>", row.format("rss", "other")))
    with pytest.raises(BeatError, match=r"mm:id 'port-wire' is the id of https://wire.example/rss already"):
        load(OURS.replace("</body>", row.format("more", "port-wire")))


@pytest.mark.parametrize(
    ("written", "url"),
    [("feed://a.example/x", "http://a.example/x"), ("feed:https://a.example/x", "https://a.example/x")],
)
def test_the_scheme_of_old_readers(load, written, url):
    assert load(PLAIN.replace("https://www.harbour.example/rss", written))[0].url == url


@pytest.mark.parametrize(
    ("url", "family"),
    [
        ("https://www.example.org/rss", "example.org"),
        ("https://rss.news.example.org/", "example.org"),
        ("https://news.example.co.kr/rss", "example.co.kr"),
        ("https://a.example.com.cn/", "example.com.cn"),
        ("https://gov.kp/", "gov.kp"),
        ("http://127.0.0.1:8080/x", "127.0.0.1"),
        ("http://localhost/x", "localhost"),
        ("https://one.substack.com/feed", "one.substack.com"),
        ("https://feeds.feedburner.com/one/", "feeds.feedburner.com/one"),
        ("https://news.google.com/rss/search?q=x", "news.google.com/rss/search?q=x"),
        ("not a url", "not a url"),
    ],
)
def test_a_feed_nobody_lists_is_its_own_family(load, url, family):
    assert load(PLAIN.replace("https://www.harbour.example/rss", url))[0].publisher == family
