"""For each expectation something that fails it and nothing else.

`ROWS`: changes to a good row, one dictionary a row that is added to the good batch. `BATCHES`: whole batches.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from tests.validate import rows
from tests.validate.rows import PUBLISHED

Changes = dict[str, Any]

_DAY = PUBLISHED.date()


def _days(count: int) -> date:
    return _DAY + timedelta(days=count)


def _fact(id_column: str) -> dict[str, list[Changes]]:
    return {
        f"{id_column}_present": [{id_column: None}],
        f"{id_column}_unique": [{id_column: "same", "sentence": 1}, {id_column: "same", "sentence": 2}],
        "required_columns": [{"surface": None}],
        "article_in_batch": [{"revision": 7}],
        "day_of_article": [{"day": _days(1)}],
        "sentence_from_zero": [{"sentence": -1}],
        "span_start": [{"start": -1}],
        "span_not_empty": [{"start": 5, "end": 5}],
        "span_inside_text": [{"end": 5000}],
        "surface_at_span": [{"surface": "Kim Jong-un"}],
    }


ROWS: dict[str, dict[str, list[Changes]]] = {
    "fetches": {
        "feed_id_present": [{"feed_id": None}],
        "key_unique": [{"bytes": 1}, {"bytes": 2}],
        "required_columns": [{"outlet": None}],
        "url_is_http": [{"url": "ftp://news.example/feed"}],
        "status_code": [{"status": 999}],
        "answered_or_error": [{"status": None}],
        "bytes_not_negative": [{"bytes": -1}],
        "elapsed_ms_not_negative": [{"elapsed_ms": -1}],
        "new_entries_not_negative": [{"new_entries": -1}],
        "failures_not_negative": [{"failures": -0.5}],
        "new_within_entries": [{"entries": 1, "new_entries": 2}],
        "due_after_fetch": [{"next_due_at": PUBLISHED}],
        "day_of_fetch": [{"day": _days(-1)}],
    },
    "pages": {
        "page_id_present": [{"page_id": None}],
        "key_unique": [{"chars": 1}, {"chars": 2}],
        "required_columns": [{"article_id": None}],
        "url_is_http": [{"url": "ftp://news.example/article"}],
        "status_code": [{"status": 999}],
        "outcome_known": [{"outcome": "login"}],
        "text_has_characters": [{"chars": 0}],
        "walls_keep_no_text": [{"outcome": "paywall", "chars": 12}],
        "day_of_fetch": [{"day": _days(-1)}],
    },
    "articles": {
        "article_id_present": [{"article_id": None}],
        "revision_from_one": [{"revision": 0}],
        "key_unique": [{"title": "One"}, {"title": "Another"}],
        "required_columns": [{"outlet": None, "authors": None}],
        "url_is_http": [{"url": "javascript:alert(1)"}],
        "url_or_guid": [{"url": None}],
        "title_not_blank": [{"title": " \u3000\u00a0"}],
        "affiliation_known": [{"affiliation": "opposition"}],
        "language_known": [{"language": "xx"}],
        "country_code": [{"country": "Russia"}],
        "date_source_known": [{"date_source": "guess"}],
        "undated_has_no_date": [{"date_source": "implausible"}],
        "dated_has_date": [{"published_at": None}],
        "published_not_before_1990": [
            {"published_at": PUBLISHED.replace(year=1970), "day": _DAY.replace(year=1970)},
        ],
        "published_not_in_future": [
            {"published_at": PUBLISHED.replace(year=2099), "day": _DAY.replace(year=2099)},
        ],
        "day_of_date": [{"day": _days(1)}],
        "relevant_has_text": [{"text": None}],
        "irrelevant_has_no_text": [{"relevant": False}],
    },
    "mentions": {
        **_fact("mention_id"),
        "kind_known": [{"kind": "thing"}],
        "entity_of_party": [{"party": "RU"}],
        "party_known": [{"entity_id": None, "party": "XX"}],
    },
    "events": {
        **_fact("event_id"),
        "type_known": [{"type": "GOSSIP"}],
        "cameo_of_type": [{"cameo": "17"}],
        "quad_class_of_type": [{"quad_class": 3}],
        "goldstein_range": [{"goldstein": 10.1}],
        "actor_of_party": [{"actor_party": "RU"}],
        "actor_party_known": [{"actor": None, "actor_party": "XX"}],
        "recipient_of_party": [{"recipient": "nobody_listed", "recipient_party": "RU"}],
        "recipient_party_known": [{"recipient_party": "XX"}],
        "place_known": [{"place": "atlantis"}],
        "date_precision_known": [{"date_precision": "hour"}],
        "date_has_precision": [{"date_precision": None}],
        "precision_has_date": [{"event_date": None}],
        "event_date_window": [{"event_date": date(1812, 9, 7)}],
        "actual_not_in_future": [{"event_date": _days(2)}],
        "planned_not_long_past": [{"modality": "planned", "event_date": _days(-400)}],
        "quantity_not_negative": [{"quantity": -3.0}],
        "modality_known": [{"modality": "possible"}],
        "confidence_range": [{"confidence": float("nan")}],
    },
    "statements": {
        **_fact("statement_id"),
        "speaker_not_blank": [{"speaker": "\u2003"}],
        "speaker_of_party": [{"party": "RU"}],
        "party_known": [{"speaker_id": None, "party": "XX"}],
        "role_known": [{"role": "witness"}],
        "source_is_unnamed": [{"role": "source"}],
        "stance_known": [{"stance": "admit"}],
        "claim_known": [{"claim": "flat_earth"}],
        "quote_in_text": [{"quote": "the troops fought"}],
        "said_on_window": [{"said_on": _days(2)}],
        "background_not_later": [{"background": True, "said_on": _days(1)}],
        "modality_known": [{"modality": "possible"}],
        "confidence_range": [{"confidence": 1.2}],
    },
}


def _faulty(table: str, count: int) -> Callable[[], dict[str, pa.Table]]:
    """A batch of 20 rows of the table of which as many are faulty."""
    fault = {"article_id": "nowhere"} if table in ("mentions", "events", "statements") else {"url": "ftp://x.example"}

    def batch() -> dict[str, pa.Table]:
        mixed = [*rows.records(table, 20 - count), *(r | fault for r in rows.records(table, 20)[20 - count :])]
        return rows.good() | {table: rows.arrow(table, mixed)}

    return batch


def _articles(count: int, faulty: int, **fault: Any) -> Callable[[], dict[str, pa.Table]]:
    """A batch of articles, some of them with the fault, in two languages."""

    def batch() -> dict[str, pa.Table]:
        whole = [r | {"language": ("en", "ru")[n % 2]} for n, r in enumerate(rows.records("articles", count))]
        return rows.only(articles=[r | fault for r in whole[:faulty]] + whole[faulty:])

    return batch


_UNDATED = {"published_at": None, "date_source": "none"}
_OLD = {"published_at": PUBLISHED - timedelta(days=30), "day": _days(-30)}
_DEAD = {"status": None, "error": "timed out"}

BATCHES: dict[str, dict[str, Callable[[], dict[str, pa.Table]]]] = {
    "fetches": {
        "failed_share": lambda: rows.only(
            fetches=[
                r | {"entries": 0, "new_entries": 0} | (_DEAD if n < 3 else {})
                for n, r in enumerate(rows.records("fetches", 4))
            ]
        ),
        "quarantine_share": _faulty("fetches", 11),
    },
    "articles": {
        "volume": lambda: rows.only(fetches=rows.records("fetches", 1)),
        "freshness": _articles(3, 3, **_OLD),
        "language_share_known": _articles(20, 5, language=None),
        "dated_share": _articles(20, 5, **_UNDATED),
        "language_mix": _articles(100, 100, language="ru"),
        "quarantine_share": _faulty("articles", 11),
    },
    "pages": {"quarantine_share": _faulty("pages", 11)},
    "mentions": {"quarantine_share": _faulty("mentions", 11)},
    "events": {"quarantine_share": _faulty("events", 11)},
    "statements": {"quarantine_share": _faulty("statements", 11)},
}

# The nearest batches that pass.
ENOUGH: dict[str, Callable[[], dict[str, pa.Table]]] = {
    "half of the rows faulty": _faulty("articles", 10),
    "four of twenty without a language": _articles(20, 4, language=None),
    "four of twenty undated": _articles(20, 4, **_UNDATED),
    "old articles beside a new one": _articles(3, 2, **_OLD),
    "one language in a small batch": _articles(99, 99, language="ru"),
    "half of the feeds failed": lambda: rows.only(
        fetches=[
            r | {"entries": 0, "new_entries": 0} | (_DEAD if n < 2 else {})
            for n, r in enumerate(rows.records("fetches", 4))
        ]
    ),
    "nothing new": lambda: rows.only(fetches=rows.records("fetches", 1, entries=5, new_entries=0)),
}
