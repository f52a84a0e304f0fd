"""Which rows are kept out, and how they are kept: whole, with the names of the expectations that they failed."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from media_monitor.model import stable_id
from media_monitor.tables import QUARANTINE
from media_monitor.validate.frames import Row
from media_monitor.validate.inspection import Inspection

ARTICLE_QUARANTINED = "article_quarantined"  # the reason of a fact that failed nothing itself
# Columns that differ when a feed gives the same item again: its row stands in the quarantine once all the same.
OF_THE_FETCH = frozenset({"day", "fetched_at", "warc_file", "warc_offset"})


def with_facts(articles: Inspection, facts: Inspection) -> Inspection:
    """The facts with those of quarantined articles quarantined too."""
    lost = _keys(articles, passing=False) - _keys(articles, passing=True)
    reasons = {
        number: (*facts.reasons.get(number, ()), ARTICLE_QUARANTINED)
        for number, row in enumerate(facts.rows)
        if (row["article_id"], row["revision"]) in lost
    }
    return replace(facts, reasons={**facts.reasons, **reasons})


def good(inspected: Inspection) -> pa.Table:
    """The rows that passed, in their order."""
    if not inspected.reasons:
        return inspected.stored
    mask = [inspected.passes(number) for number in range(len(inspected.rows))]
    return inspected.stored.filter(pa.array(mask, pa.bool_()))


def table(inspections: Sequence[Inspection], batch: str, at: datetime) -> pa.Table:
    """All quarantined rows as the table `quarantine`, in the order of tables and rows. Copies of a row are one."""
    found = {row["quarantine_id"]: row for inspected in inspections for row in _rows(inspected, batch, at)}
    return pa.Table.from_pylist(list(found.values()), schema=QUARANTINE.schema)


def _rows(inspected: Inspection, batch: str, at: datetime) -> Iterator[dict[str, Any]]:
    for number in sorted(inspected.reasons):
        row, reasons = inspected.rows[number], inspected.reasons[number]
        lasting = as_json({name: value for name, value in row.items() if name not in OF_THE_FETCH})
        yield {
            "quarantine_id": stable_id(inspected.table.name, lasting, *reasons),
            "day": row["day"] or at.date(),
            "table": inspected.table.name,
            "row_id": " ".join(str(row[name]) for name in inspected.table.key),
            "article_id": row.get("article_id"),
            "row": as_json(row),
            "expectations": list(reasons),
            "batch": batch,
            "at": at,
        }


def as_json(row: Row) -> str:
    """The row as JSON: times in ISO 8601, numbers that JSON has no sign for (NaN, infinity) as their names.

    >>> as_json({"day": date(2025, 4, 28), "confidence": math.nan})
    '{"confidence": "nan", "day": "2025-04-28"}'
    """
    plain = {k: str(v) if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, default=_moment)


def _moment(value: date) -> str:
    return value.isoformat()


def _keys(articles: Inspection, passing: bool) -> set[tuple[str, int]]:
    return {
        (row["article_id"], row["revision"])
        for number, row in enumerate(articles.rows)
        if articles.passes(number) is passing
    }
