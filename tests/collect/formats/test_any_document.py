"""Sitemaps and JSON feeds of any values: entries that can be stored, or a reason."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from media_monitor.collect.formats.parsed import NOT_XML
from media_monitor.collect.reading import Document, read
from media_monitor.sources import Feed

FEED = Feed("f", "https://harbour.example/rss", "Harbour News", "harbour.example")
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    [
        "2025-04-28",
        "0000-00-00",
        "9999-12-31T23:59:59-14:00",
        "https://[::1",
        "//x",
        "javascript:x",
        "９",
        "1e400",
        "xx-YY",
        "\ud800",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "authors",
    "author",
    "language",
    "name",
)
ITEMS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6)
HEAD = ("title", "home_page_url", "language", "author")
NAMES = (
    "url",
    "loc",
    "news:news",
    "news:title",
    "news:publication_date",
    "news:language",
    "lastmod",
    "sitemap",
    "image:image",
    "image:title",
)
ESCAPED = TEXTS.map(lambda text: text.encode("utf-8", "replace").decode().replace("&", "&amp;").replace("<", "&lt;"))
TREES = st.recursive(
    ESCAPED, lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)), max_leaves=12
)


def check(body: bytes, content_type: str = "") -> int:
    """The number of articles, after checking that they can be stored, and are the same again."""
    reading = read(Document(FEED, body, content_type, FEED.url, NOON))
    assert bool(reading.fault) != bool(reading.articles) or not reading.articles
    assert not (reading.fault or "").startswith("cannot be parsed"), reading.fault
    for article in reading.articles:
        for text in (article.title, article.text or "", article.url or "", article.guid or "", *article.authors):
            assert not NOT_XML.search(text)
        assert article.published_at is None or article.published_at.utcoffset() is not None
        assert article.language is None or article.language.islower()
    assert read(Document(FEED, body, content_type, FEED.url, NOON)) == reading
    return len(reading.articles)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ITEMS, max_size=4),
    st.dictionaries(st.sampled_from(["title", "home_page_url", "language", "author"]), VALUES),
)
@example([{"authors": {"name": "x"}, "title": ["x"], "date_published": "0001-01-01T00:00:00+14:00"}], {})
def test_json_of_any_values(items, head):
    feed = {"version": "https://jsonfeed.org/version/1.1", **head, "items": items}
    assert check(json.dumps(feed).encode()) <= len(items)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(ESCAPED, lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)), max_leaves=12)
)
def test_sitemaps_of_any_shape(tree):
    def written(node) -> str:
        return node if isinstance(node, str) else f"<{node[0]}>{''.join(map(written, node[1]))}</{node[0]}>"

    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='n' xmlns:image='i'"
    check(f"<urlset {spaces}>{written(tree)}</urlset>".encode())


def test_a_number_of_more_digits_than_python_reads():
    body = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"title":"x","id":%s}]}' % (b"9" * 5_000)
    assert check(body) == 1


@pytest.mark.parametrize("ttl", ["9" * 5_000, "٣٠", "-1", "0", "1e9", "30.5", "\u0661" * 5_000])
def test_any_word_of_a_feed_on_how_long_it_is_good(ttl):
    body = f"<rss version='2.0'><channel><ttl>{ttl}</ttl><item><title>x</title></item></channel></rss>"
    assert check(body.encode()) == 1
