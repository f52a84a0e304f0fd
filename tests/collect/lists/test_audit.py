import pytest

from media_monitor.beat import Beat
from media_monitor.collect.lists.audit import audit, identity
from media_monitor.collect.lists.citations import read_citations
from media_monitor.errors import BeatError

COMMIT = "0" * 40
HEAD = '<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><body>\n'
GOOD = '<outline text="Port Wire" xmlUrl="https://wire.example/rss" language="en" mm:id="port-wire"/>\n'


@pytest.fixture
def found(tmp_path):
    """(file:line, feed, grade, message) of what is wrong with a list of these outlines, citations beside it."""

    def found(*outlines, cited=None):
        (tmp_path / "feeds.opml").write_text(HEAD + "".join(outlines) + "</body></opml>", encoding="utf-8")
        if cited is not None:
            (tmp_path / "feeds_cited.tsv").write_text("feed_id\tcited\tseen\n" + cited, encoding="utf-8")
        return [
            (one.where.removeprefix(f"{tmp_path}/"), one.feed_id, one.grade, one.told)
            for one in audit(Beat(tmp_path, "harbour", {}), None)
        ]

    return found


def outline(url, **own):
    given = " ".join(f'mm:{name}="{value}"' for name, value in own.items() if name not in ("language", "htmlUrl"))
    plain = " ".join(f'{name}="{own[name]}"' for name in ("language", "htmlUrl") if name in own)
    return f'<outline text="Quay" xmlUrl="{url}" {given} {plain}/>\n'


def test_a_good_list_has_nothing(found):
    assert found(GOOD, cited=f"port-wire\towner/name/a file.md@{COMMIT}\t2026-03\n") == []


@pytest.mark.parametrize(
    "url", ["http://wire.example/rss", "https://www.wire.example/rss/", "https://WIRE.example:443/rss?utm_source=x"]
)
def test_one_address_spelt_in_two_ways_is_a_repeat(found, url):
    told = [one for one in found(GOOD, outline(url, id="again", language="en")) if "again" in one[3]]
    assert told == [("feeds.opml:3", "again", "fault", f"is port-wire of line 2 again: {url}")]


def test_every_malformed_outline_is_told_not_only_the_first(found):
    bad = (outline("https://a.example/", id="a", tier="x"), outline("https://b.example/", id="b", country="Korea"))
    assert [(where, feed, told) for where, feed, _, told in found(*bad, GOOD)] == [
        ("feeds.opml:2", "a", "mm:tier 'x' must be a number from 1 to 9"),
        ("feeds.opml:3", "b", "mm:country 'Korea' must be two capitals (ISO 3166)"),
    ]


def test_an_unknown_publisher_a_language_without_lexicon_and_none(found):
    rows = found(
        outline("https://a.example/x", id="a", publisher="nobody", language="en"),
        outline("https://b.example/x", id="b", language="it"),
        outline("https://c.example/x", id="c"),
        outline("https://d.example/x", id="a", language="en"),
    )
    assert [(feed, grade) for _, feed, grade, _ in rows] == [
        ("a", "fault"),
        ("b", "note"),
        ("c", "note"),
        ("a", "fault"),
    ]
    assert [told for *_, told in rows] == [
        "its publisher 'nobody' is not in publishers.toml",
        "there is no lexicon of its language 'it': no facts are read from it",
        "tells no language; that of each article is guessed",
        "its id is that of https://a.example/x already",
    ]


def test_plain_http_where_the_list_knows_https(found):
    plain = outline("http://news.example/rss", id="plain", language="en")
    assert found(plain) == []
    by_page = found(plain.replace("/>", ' htmlUrl="https://news.example/"/>'))
    by_feed = found(plain, outline("https://news.example/world", id="w", language="en"))
    told = "is asked over plain http, though news.example has https elsewhere in the list"
    assert by_page == by_feed == [("feeds.opml:2", "plain", "fault", told)]


def test_a_feed_without_a_source_and_a_source_without_a_feed(found):
    assert [one[1:] for one in found(GOOD, cited="gone\thttps://page.example/list\t\n")] == [
        ("port-wire", "fault", "feeds_cited.tsv has no source of its address"),
        ("gone", "fault", "has a source of its address, but is not in the list"),
    ]


@pytest.mark.parametrize(
    "line", ["a\tsomewhere\t", "a\towner/name/x.md@abc\t", "a\thttps://x.example\tlast year", "a\tb"]
)
def test_a_source_of_the_wrong_form_is_named_with_its_line(tmp_path, line):
    path = tmp_path / "feeds_cited.tsv"
    path.write_text(f"feed_id\tcited\tseen\n{line}\n", encoding="utf-8")
    with pytest.raises(BeatError, match=r"feeds_cited\.tsv:2: must be feed_id, owner/repository/path@commit or URL"):
        read_citations(path)


def test_a_source_leads_to_a_page(tmp_path):
    path = tmp_path / "feeds_cited.tsv"
    path.write_text(f"feed_id\tcited\tseen\na\to/r/a b.md@{COMMIT}\t2026\na\thttps://p.example/x\t\n", encoding="utf-8")
    file, page = read_citations(path)["a"]
    assert (file.url, file.name) == (f"https://github.com/o/r/blob/{COMMIT}/a%20b.md", "o/r/a b.md")
    assert (page.url, page.name) == ("https://p.example/x", "p.example/x")


def test_identity_keeps_what_differs():
    assert identity("https://a.example/rss?id=1") != identity("https://a.example/rss?id=2")
    assert identity("not a url") == "not a url"
