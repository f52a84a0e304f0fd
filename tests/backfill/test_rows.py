"""Rows of archives as articles: which columns are read, and what is told of a row that is none."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from media_monitor import tables
from media_monitor.backfill import rows
from media_monitor.collect.articles.identity import page_id
from media_monitor.errors import DocumentError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROW = {"url": "https://Paper.example.org/a/1?utm_source=x", "title": "Ferry opens", "text": "It did.",
       "published_at": "2025-03-01T08:00:00+01:00"}  # fmt: skip


def test_an_article_has_the_id_that_a_run_gives_to_its_address():
    made = rows.article(ROW, "here", NOW)
    assert (made.url, made.article_id) == ("https://paper.example.org/a/1", page_id("https://paper.example.org/a/1"))
    assert (made.title, made.text, made.day, made.feed_id) == ("Ferry opens", "It did.", date(2025, 3, 1), "backfill")
    assert made.fetched_at == made.published_at == datetime(2025, 3, 1, 7, tzinfo=UTC)


def test_the_gold_format_and_other_usual_names_are_understood():
    gold = {"id": "en-001", "title": "T", "text": "x", "published": "2024-06-19", "language": "en-GB", "outlet": "O"}
    made = rows.article(gold, "here", NOW)
    assert (made.guid, made.published_at, made.language) == ("en-001", datetime(2024, 6, 19, tzinfo=UTC), "en")
    news = {"link": ROW["url"], "headline": "T", "maintext": "x", "date_publish": 1718755200, "authors": "A B"}
    made = rows.article(news, "here", NOW)
    assert (made.title, made.published_at, made.authors) == ("T", datetime(2024, 6, 19, tzinfo=UTC), ("A B",))


def test_our_own_name_of_a_column_counts_before_others_of_it():
    for told in ({"id": "old", "guid": "new"}, {"guid": "new", "id": "old"}):
        assert rows.article(ROW | told, "here", NOW).guid == "new"


@pytest.mark.parametrize(
    "value",
    [1740812400, 1740812400000, 1740812400.0, "Sat, 01 Mar 2025 08:00:00 +0100", "2025-03-01 07:00",
     datetime(2025, 3, 1, 7, tzinfo=UTC).replace(tzinfo=None), datetime(2025, 3, 1, 7, tzinfo=UTC)],
)  # fmt: skip
def test_times_may_be_numbers_texts_or_timestamps(value):
    assert rows.article(ROW | {"published_at": value}, "here", NOW).published_at == datetime(2025, 3, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"published_at": "lately"}, "column 'published_at' is no time: 'lately'"),
        ({"published_at": None}, "has neither a publication time that can be believed nor a time of fetching"),
        ({"published_at": "2031-01-01"}, "has neither a publication time that can be believed nor a time of fetching"),
        ({"published_at": float("nan")}, "column 'published_at' is no time: 'nan'"),
        ({"url": "ftp://x"}, "column 'url' is no address: 'ftp://x'"),
        ({"title": "", "text": " "}, "has neither title nor text"),
        ({"title": ["T"]}, "column 'title' is no text: \"['T']\""),
    ],
)
def test_a_row_that_is_no_article_is_told_with_its_column(change, said):
    with pytest.raises(DocumentError, match="^" + re.escape(f"a.jsonl: byte 7: {said}")):
        rows.article(ROW | change, "a.jsonl: byte 7", NOW)


def test_what_nobody_can_store_or_see_is_taken_out():
    made = rows.article(ROW | {"title": "A\x00b\ud800", "text": "a\r\nb\x00\udc00"}, "here", NOW)
    assert (made.title, made.text) == ("Ab", "a\nb")


def test_an_undated_article_is_of_the_day_on_which_it_was_fetched():
    made = rows.article(ROW | {"published_at": None, "fetched_at": "2025-03-04T00:00:00Z"}, "here", NOW)
    assert (made.day, made.published_at, made.date_source) == (date(2025, 3, 4), None, "none")


def test_columns_of_the_lake_are_read_as_they_are():
    told = {"article_id": "0" * 16, "content_sha256": "a" * 64, "feed_id": "f", "date_source": "page", "country": "AT"}
    made = rows.article(ROW | told, "here", NOW)
    assert {name: getattr(made, name) for name in told} == told


def test_each_column_is_documented_and_one_of_the_table():
    text = (Path(__file__).parents[2] / "docs" / "backfill.md").read_text("utf-8")
    for field in rows.FIELDS:
        others = "".join(f", `{name}`" for name in field.others)
        assert f"| `{field.name}`{others} | {field.doc} |" in text
        assert field.name in tables.ARTICLES.names
