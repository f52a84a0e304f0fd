"""Arrow to pandas, with the helper columns that let stock expectations compare across tables and columns.

A helper column is null where it has nothing to say: Great Expectations passes over nulls, so that each fault is
reported by one expectation alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.model import document_text
from media_monitor.validate.codes import with_party

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Context:
    """What a row may be compared with: the time, the articles of the batch by (article_id, revision), and the CAMEO
    root and quad class by event type.
    """

    now: datetime
    articles: Mapping[tuple[str, int], Row]
    event_codes: Mapping[str, tuple[str, int]]

    def article(self, row: Row) -> Row | None:
        return self.articles.get((row["article_id"], row["revision"]))


@dataclass(frozen=True, slots=True)
class Helper:
    """A column that is made for the check and not stored. `values` gives one value a row."""

    name: str
    type: pa.DataType
    doc: str
    values: Callable[[Sequence[Row], Context], Sequence[Any]]


def context(articles: Sequence[Row], now: datetime, codes: Mapping[str, Sequence[str]]) -> Context:
    """The context of a batch with these articles (of two rows with one key the first counts) and known codes."""
    events = (code.split() for code in codes.get("event_codes", ()))
    return Context(
        now,
        {(row["article_id"], row["revision"]): row for row in reversed(articles)},
        {kind: (root, int(quad_class)) for kind, root, quad_class in events},
    )


def columns(table: str) -> tuple[str, ...]:
    """Names of all columns that an expectation on the table may use: stored ones, then helpers."""
    return (*tables.BY_NAME[table].names, *(helper.name for helper in helpers(table)), QUARANTINED)


def helpers(table: str) -> tuple[Helper, ...]:
    """The helper columns of the table."""
    return (*_COMMON, _missing(tables.BY_NAME[table]), *_OF_TABLE[table])


def frame(table: str, stored: pa.Table, rows: Sequence[Row], about: Context) -> pd.DataFrame:
    """The stored rows and the helper columns as pandas. `rows` are those of `stored`.

    Arrow-backed, since NumPy would turn integers with a null among them into floats.
    """
    import pandas

    for helper in helpers(table):
        stored = stored.append_column(helper.name, pa.array(helper.values(rows, about), helper.type))
    found: pd.DataFrame = stored.to_pandas(types_mapper=pandas.ArrowDtype)
    return found


def _each(value: Callable[[Row, Context], Any]) -> Callable[[Sequence[Row], Context], list[Any]]:
    return lambda rows, about: [value(row, about) for row in rows]


def _missing(table: Table) -> Helper:
    required = [c.name for c in table.columns if not c.null and c.name != table.key[0]]

    def names(row: Row, _: Context) -> str | None:
        return ", ".join(name for name in required if row[name] is None) or None

    return Helper("missing_columns", pa.string(), "required columns that are null, the first key apart", _each(names))


def _days(later: date | None, earlier: date | None) -> float | None:
    return None if later is None or earlier is None else (later - earlier) / _DAY


def _published_year(row: Row, _: Context) -> int | None:
    return None if row["published_at"] is None else int(row["published_at"].year)


def _published_lead(row: Row, _: Context) -> float | None:
    return _days(row["published_at"], row["fetched_at"])


def _age(row: Row, about: Context) -> float | None:
    return _days(about.now, row["published_at"] or row["fetched_at"])


def _article_day(row: Row, _: Context) -> date | None:
    moment: datetime | None = row["published_at"] or row["fetched_at"]
    return None if moment is None else moment.date()


def _language_share(rows: Sequence[Row], _: Context) -> list[float | None]:
    counts = Counter(row["language"] for row in rows)
    return [None if row["language"] is None else counts[row["language"]] / len(rows) for row in rows]


def _fetch_day(row: Row, _: Context) -> date | None:
    return None if row["fetched_at"] is None else row["fetched_at"].date()


def _in_batch(row: Row, about: Context) -> bool | None:
    return None if row["article_id"] is None else about.article(row) is not None


def _text(row: Row, about: Context) -> str | None:
    article = about.article(row)
    return None if article is None else document_text(article["title"] or "", article["text"])


def _text_length(row: Row, about: Context) -> int | None:
    text = _text(row, about)
    return None if text is None else len(text)


def _text_at_span(row: Row, about: Context) -> str | None:
    text, start, end = _text(row, about), row["start"], row["end"]
    if text is None or start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return text[start:end]


def _day_of_article(row: Row, about: Context) -> date | None:
    article = about.article(row)
    return None if article is None else article["day"]


def _lead(column: str) -> Callable[[Row, Context], float | None]:
    return lambda row, _: _days(row[column], row["day"])


def _with_party(entity: str, party: str) -> Callable[[Row, Context], str | None]:
    return lambda row, _: None if row[entity] is None else with_party(row[entity], row[party])


def _cameo_of_type(row: Row, about: Context) -> str | None:
    return about.event_codes.get(row["type"], (None, None))[0]


def _quad_class_of_type(row: Row, about: Context) -> int | None:
    return about.event_codes.get(row["type"], (None, None))[1]


def _quote_in_text(row: Row, about: Context) -> bool | None:
    text = _text(row, about)
    return None if text is None or row["quote"] is None else all(piece in text for piece in row["quote"].split(" … "))


ROW_NUMBER = "row_number"
QUARANTINED = "quarantined"  # set by the gate when all expectations on rows have been judged
_COMMON = (
    Helper(ROW_NUMBER, pa.int64(), "number of the row in the batch, from 0", lambda rows, _: range(len(rows))),
    Helper("batch_rows", pa.int64(), "rows of the table in the batch", lambda rows, _: [len(rows)] * len(rows)),
)
_FACT = (
    Helper("article_in_batch", pa.bool_(), "whether its article and revision is in the batch", _each(_in_batch)),
    Helper("text_length", pa.int64(), "code points of its article's title + line feed + text", _each(_text_length)),
    Helper("text_at_span", pa.string(), "that text from start to end; null outside of it", _each(_text_at_span)),
    Helper("day_of_article", pa.date32(), "the partition of its article", _each(_day_of_article)),
)
_OF_TABLE: Mapping[str, tuple[Helper, ...]] = {
    "articles": (
        Helper("published_year", pa.int32(), "year of published_at, UTC", _each(_published_year)),
        Helper("published_lead", pa.float64(), "days from fetched_at to published_at", _each(_published_lead)),
        Helper("age", pa.float64(), "days from published_at, else fetched_at, to the present", _each(_age)),
        Helper("expected_day", pa.date32(), "date of published_at, else of fetched_at, UTC", _each(_article_day)),
        Helper("language_share", pa.float64(), "share of the batch that is in its language", _language_share),
    ),
    "fetches": (Helper("expected_day", pa.date32(), "date of fetched_at, UTC", _each(_fetch_day)),),
    "pages": (Helper("expected_day", pa.date32(), "date of fetched_at, UTC", _each(_fetch_day)),),
    "mentions": (
        *_FACT,
        Helper("entity_party", pa.string(), "entity_id and party", _each(_with_party("entity_id", "party"))),
    ),
    "events": (
        *_FACT,
        Helper("cameo_of_type", pa.string(), "CAMEO root of its type", _each(_cameo_of_type)),
        Helper("quad_class_of_type", pa.int32(), "quad class of its type", _each(_quad_class_of_type)),
        Helper("event_lead", pa.float64(), "days from publication to event_date", _each(_lead("event_date"))),
        Helper("actor_entity_party", pa.string(), "actor and actor_party", _each(_with_party("actor", "actor_party"))),
        Helper(
            "recipient_entity_party",
            pa.string(),
            "recipient and recipient_party",
            _each(_with_party("recipient", "recipient_party")),
        ),
    ),
    "statements": (
        *_FACT,
        Helper("said_lead", pa.float64(), "days from publication to said_on", _each(_lead("said_on"))),
        Helper("speaker_party", pa.string(), "speaker_id and party", _each(_with_party("speaker_id", "party"))),
        Helper(
            "quote_in_text",
            pa.bool_(),
            "whether the quote, or each piece of it between ellipses, stands in its article",
            _each(_quote_in_text),
        ),
    ),
}
