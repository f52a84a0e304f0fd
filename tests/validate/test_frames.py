"""Helper columns: what they hold, and where they hold nothing."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from tests.validate import rows
from tests.validate.rows import Record

from media_monitor.validate import frames

ARTICLES = rows.good()["articles"].to_pylist()


def _frame(table: str, *given: Record) -> pd.DataFrame:
    stored = rows.arrow(table, given)
    return frames.frame(table, stored, stored.to_pylist(), frames.context(ARTICLES, rows.NOW, rows.CODES))


def _value(table: str, column: str, **changes: Any) -> Any:
    found = _frame(table, rows.record(table, "row", **changes))[column].iloc[0]
    return None if found is pd.NA else found


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 5000), (None, 4), (0, None)])
def test_there_is_no_text_at_a_span_outside_of_the_article(start: int | None, end: int | None) -> None:
    assert _value("mentions", "text_at_span", start=start, end=end) is None


def test_spans_count_code_points_of_title_line_feed_and_text() -> None:
    whole = f"{rows.TITLE}\n{rows.TEXT}"
    at = whole.index("𝟏")
    assert _value("mentions", "text_at_span", start=at, end=at + 1) == "𝟏"
    assert _value("mentions", "text_at_span", start=0, end=len(whole)) == whole
    assert _value("mentions", "text_length") == len(whole)


def test_spans_are_those_of_the_revision() -> None:
    assert _value("mentions", "text_length", revision=2) == _value("mentions", "text_length") + len(" More.")


@pytest.mark.parametrize("column", ["text_at_span", "text_length", "day_of_article"])
def test_a_fact_without_its_article_has_nothing_to_compare_with(column: str) -> None:
    assert _value("mentions", column, article_id="nowhere") is None


def test_whether_the_article_is_in_the_batch() -> None:
    assert _value("mentions", "article_in_batch")
    assert not _value("mentions", "article_in_batch", revision=3)
    assert _value("mentions", "article_in_batch", article_id=None) is None


def test_missing_columns_are_named() -> None:
    assert _value("mentions", "missing_columns") is None
    assert _value("mentions", "missing_columns", surface=None, rule=None, party=None) == "surface, rule"


def test_days_are_counted_from_publication() -> None:
    assert _value("statements", "said_lead", said_on=date(2025, 4, 26)) == -2
    assert _value("events", "event_lead", event_date=None) is None
    assert _value("articles", "published_lead") == pytest.approx(-3 / 24)


def test_the_age_of_an_undated_article_is_that_of_its_fetch() -> None:
    assert _value("articles", "age") == pytest.approx(27 / 24)
    assert _value("articles", "age", published_at=None) == pytest.approx(1)


def test_an_article_belongs_to_the_day_of_its_date_else_of_its_fetch() -> None:
    late = rows.PUBLISHED.replace(hour=23)
    assert _value("articles", "expected_day", fetched_at=late + timedelta(hours=2)) == date(2025, 4, 28)
    assert _value("articles", "expected_day", published_at=None, fetched_at=late + timedelta(hours=2)) == date(
        2025, 4, 29
    )


def test_the_share_of_a_language_is_that_of_the_batch() -> None:
    given = [rows.record("articles", str(n), language=code) for n, code in enumerate(["ko", "ko", None, "ja"])]
    found = _frame("articles", *given)["language_share"]
    assert [None if value is pd.NA else value for value in found] == [0.5, 0.5, None, 0.25]


def test_an_entity_is_written_with_its_party() -> None:
    assert _value("mentions", "entity_party") == "kim_jong_un KP"
    assert _value("mentions", "entity_party", party=None) == "kim_jong_un -"
    assert _value("mentions", "entity_party", entity_id=None) is None


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("the troops 𝟏 fought", True),
        ("the troops … fought", True),
        ("the troops … fled", False),
        ("the troops fought", False),
        (None, None),
    ],
)
def test_each_piece_of_a_quote_is_looked_for(quote: str | None, found: bool | None) -> None:
    assert _value("statements", "quote_in_text", quote=quote) == found


def test_codes_of_an_event_are_those_of_its_type() -> None:
    assert (_value("events", "cameo_of_type"), _value("events", "quad_class_of_type")) == ("18", 4)
    assert _value("events", "cameo_of_type", type="GOSSIP") is None


def test_rows_are_numbered_and_counted() -> None:
    found = _frame("fetches", *rows.records("fetches", 3))
    assert found["row_number"].tolist() == [0, 1, 2]
    assert found["batch_rows"].tolist() == [3, 3, 3]


def test_integers_with_a_null_among_them_stay_integers() -> None:
    found = _frame("events", rows.record("events", "a"), rows.record("events", "b", quad_class=None))
    assert str(found["quad_class"].dtype) == "int32[pyarrow]"


def test_columns_are_the_stored_and_the_made_ones() -> None:
    made = _frame("statements", rows.record("statements", "row")).columns
    assert frames.columns("statements") == (*made, "quarantined")
