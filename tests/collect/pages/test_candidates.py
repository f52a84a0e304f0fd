"""Whose pages are asked for, and what an article takes from its page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.collect.pages.articles import PUBLISHED, article

from media_monitor.collect.pages.fulltext import Found, adopted, candidates
from media_monitor.config import Settings
from media_monitor.sources import Feed, Page

FEED = Feed("feed", "https://outlet.example/rss", "Outlet", "outlet")
URL = "https://outlet.example/2025/04/night-ferry"


@pytest.mark.parametrize(
    ("setting", "declared", "asked"),
    [
        ("off", True, 0),
        ("feeds", True, 1),
        ("feeds", None, 0),
        ("feeds", False, 0),
        ("all", None, 1),
        ("all", False, 0),
    ],
)
def test_setting_and_feed_list_say_whose_pages_are_asked_for(setting, declared, asked):
    chosen = candidates([article(URL)], [replace(FEED, full_text=declared)], Settings(full_text=setting))
    assert len(chosen) == asked


@pytest.mark.parametrize("url", [None, "https://outlet.example/", "https://news.google.com/rss/articles/CBMiabc"])
def test_an_article_without_a_page_of_its_own_is_not_asked_for(url):
    assert candidates([article(url)], [FEED], Settings(full_text="all")) == []


def test_what_the_feed_has_as_a_whole_is_not_asked_for_again():
    whole = article(URL, text="A long report. " * 200)
    dense = article(URL + "2", text="港口恢复航行。" * 150)
    assert candidates([whole, dense], [FEED], Settings(full_text="all")) == []


def test_best_known_feeds_and_newest_articles_come_first():
    feeds = [replace(FEED, feed_id="a", tier=3), replace(FEED, feed_id="b", tier=1)]
    given = [
        article(URL + "1", feed_id="a"),
        article(URL + "2", feed_id="b", published_at=PUBLISHED - timedelta(days=1)),
        article(URL + "3", feed_id="b", published_at=None),
        article(URL + "4", feed_id="b"),
    ]
    chosen = candidates(given, feeds, Settings(full_text="all"))
    assert [a.url[-1] for a in chosen if a.url] == ["4", "2", "3", "1"]


def test_what_the_feed_says_is_kept_before_what_the_page_says():
    page = Page(
        "p", URL, 1, URL, PUBLISHED, "text", authors=("Page",), agency="AFP", language="fr", published_at=PUBLISHED
    )
    given = article(URL, authors=("Feed",), agency="TASS", language="en")
    made = adopted(given, Found(page, "A text."))
    assert (made.authors, made.agency, made.language, made.text) == (("Feed",), "TASS", "en", "A text.")
    bare = adopted(article(URL), Found(page, "A text."))
    assert (bare.authors, bare.agency, bare.language) == (("Page",), "AFP", "fr")
