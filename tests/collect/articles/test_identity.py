"""Which entries of a feed are one article: read from whole feeds, as publishers break them."""

from datetime import UTC, datetime
from html import escape

from media_monitor.collect.reading import Document, read
from media_monitor.sources import Feed

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
FEED = Feed("f", "https://outlet.example/rss", "Outlet", "outlet.example")
TOWNS = ("Alma", "Birk", "Corin", "Dorn", "Elm", "Farn", "Gorse", "Hythe", "Ibis", "Juna")


def item(title: str, link: str = "", guid: str = "", extra: str = "") -> str:
    parts = [f"<title>{escape(title)}</title>", f"<link>{escape(link)}</link>" if link else "", extra]
    return f"<item>{''.join(parts)}{guid}</item>"


def guid(value: str, permalink: bool | None = None) -> str:
    mark = "" if permalink is None else f' isPermaLink="{str(permalink).lower()}"'
    return f"<guid{mark}>{value}</guid>"


def articles(*items: str, feed: Feed = FEED):
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'
    return read(Document(feed, body.encode(), "application/rss+xml", feed.url, NOON)).articles


def ids(*items: str, feed: Feed = FEED) -> list[str]:
    return [article.article_id for article in articles(*items, feed=feed)]


def test_ten_items_with_one_guid_stay_ten():
    assert len(set(ids(*(item(f"Fair at {town}", guid=guid("outlet")) for town in TOWNS)))) == 10
    linked = [item(f"Fair at {town}", f"https://outlet.example/{town}", guid("outlet")) for town in TOWNS]
    assert len(set(ids(*linked))) == 10


def test_ten_items_with_one_link_stay_ten():
    page = "https://outlet.example/live"
    assert len(set(ids(*(item(f"Fair at {town}", page) for town in TOWNS)))) == 10
    assert len(set(ids(*(item(f"Fair at {town}", page, guid(town, False)) for town in TOWNS)))) == 10
    posts = [item(f"Fair at {town}", f"{page}#{town}", guid(f"{page}#{town}")) for town in TOWNS]
    assert len(set(ids(*posts))) == 10


def test_a_guid_that_changes_with_the_headline_is_no_new_article():
    before = item("Ferry line opens", "https://outlet.example/7", guid("ferry-line-opens", False))
    after = item("Ferry line opens late", "https://outlet.example/7", guid("ferry-line-opens-late", False))
    assert ids(before) == ids(after)
    assert len(set(ids(before, after))) == 1


def test_an_address_that_changes_with_the_headline_is_no_new_article_where_its_form_is_known():
    before, after = "https://www.dw.com/en/ferry-opens/a-7234567", "https://www.dw.com/en/ferry-late/a-7234567"
    assert ids(item("Ferry line opens", before)) == ids(item("Ferry line late", after))


def test_a_guid_is_an_address_only_where_the_feed_says_so():
    address = "https://outlet.example/?p=7"
    (plain,) = articles(item("A", guid=guid(address)))
    (opaque,) = articles(item("A", guid=guid(address, False)))
    (linked,) = articles(item("A", "https://outlet.example/ferry", guid(address)))
    assert (plain.url, opaque.url, linked.url) == (address, None, "https://outlet.example/ferry")


def test_feedburner_tells_the_address_behind_its_own():
    extra = '<b:origLink xmlns:b="http://rssnamespace.org/feedburner/ext/1.0">https://outlet.example/7</b:origLink>'
    (made,) = articles(item("A", "http://feedproxy.google.com/~r/outlet/~3/x/", guid("7", False), extra))
    assert made.url == "https://outlet.example/7"
    (bare,) = articles(item("A", "http://feedproxy.google.com/~r/outlet/~3/x/", guid("https://outlet.example/7")))
    assert bare.url == "https://outlet.example/7"


def test_one_article_in_two_searches_of_google_news_is_one():
    searches = [Feed(f"g{n}", f"https://news.google.com/rss/search?q={n}", "Google News", "google") for n in (1, 2)]
    links = [f"https://news.google.com/rss/articles/CBMiAAAA?oc={n}" for n in (5, 6)]
    found = {ids(item("A", link, guid("CBMiAAAA", False)), feed=f)[0] for link, f in zip(links, searches, strict=True)}
    assert len(found) == 1
    other = ids(
        item("B", "https://news.google.com/rss/articles/CBMiBBBB?oc=5", guid("CBMiBBBB", False)), feed=searches[0]
    )
    assert found.isdisjoint(other)
