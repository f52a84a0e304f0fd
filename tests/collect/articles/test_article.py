from dataclasses import replace
from datetime import UTC, datetime

import pytest

from media_monitor.collect.articles.article import article, articles
from media_monitor.model import stable_id
from media_monitor.sources import Entry, Feed

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
FEED = Feed("f", "https://a.example/rss", "Outlet", "a.example", "en", "GB", "state")
ENTRY = Entry("Title", "https://a.example/1?utm_source=rss", "guid-1", "<p>Text</p>", "2025-04-28T09:00Z")
EMPTY = Entry("", None, None, "", None)


@pytest.mark.parametrize(
    ("entry", "article_id"),
    [
        (ENTRY, stable_id("https://a.example/1")),
        (replace(ENTRY, link="HTTPS://A.example:443/1#top"), stable_id("https://a.example/1")),
        (replace(ENTRY, link=None), stable_id("f", "guid", "guid-1")),
        (replace(ENTRY, link="https://a.example/"), stable_id("f", "guid", "guid-1")),
        (replace(ENTRY, link=None, guid="https://a.example/2"), stable_id("f", "guid", "https://a.example/2")),
        (replace(ENTRY, link="javascript:x", guid="https://a.example/2"), stable_id("https://a.example/2")),
        (replace(ENTRY, link="javascript:x", guid=None), stable_id("f", "title", "Title", "2025-04-28T09:00Z")),
    ],
)
def test_identity_is_the_url_else_the_guid_else_title_and_date(entry, article_id):
    assert article(entry, FEED, NOON).article_id == article_id


def test_identity_outlives_a_change_of_content():
    changed = replace(ENTRY, title="New title", summary_html="New text", published_raw="2025-04-28T10:00Z")
    before, after = article(ENTRY, FEED, NOON), article(changed, FEED, NOON)
    assert before.article_id == after.article_id
    assert before.content_sha256 != after.content_sha256


def test_markup_alone_is_no_change_of_content():
    dressed = replace(ENTRY, title="<b>Title</b>", summary_html="<div class='x'>Text</div><img src='y'>")
    assert article(ENTRY, FEED, NOON).content_sha256 == article(dressed, FEED, NOON).content_sha256


def test_title_and_text_do_not_run_together_in_the_hash():
    one = article(replace(ENTRY, title="A B", summary_html="C"), FEED, NOON)
    two = article(replace(ENTRY, title="A", summary_html="B C"), FEED, NOON)
    assert one.content_sha256 != two.content_sha256


def test_an_empty_item_is_an_article_for_validation_to_judge():
    made = article(EMPTY, FEED, NOON)
    assert (made.url, made.title, made.text, made.guid) == (None, "", "", None)
    assert made.article_id == article(EMPTY, FEED, NOON).article_id
    assert made.article_id != article(replace(EMPTY, summary_html="x"), FEED, NOON).article_id
    assert made.day == NOON.date()


def test_by_lines_are_plain_and_stand_once():
    made = article(replace(ENTRY, authors=("<b>Ann</b>", "Ann", " ", "Bo\u202e Quay")), FEED, NOON)
    assert made.authors == ("Ann", "Bo Quay")


def test_odd_dates_are_counted_with_the_first_of_them():
    raws = ["2099-01-01", "1970-01-01", "soon", None, "2025-04-28 09:00", "2025-04-28T09:00Z"]
    made, notes = articles([replace(ENTRY, published_raw=raw) for raw in raws], FEED, NOON)
    assert [a.date_source for a in made] == ["implausible", "implausible", "none", "none", "published", "published"]
    assert notes == (
        "2 with a date that cannot be true (first '2099-01-01')",
        "2 without a readable date (first 'soon')",
        "1 with a date without a time zone, read as UTC (first '2025-04-28 09:00')",
    )
