"""A data folder as the release of before there were versions wrote it: eight tables, with the columns of then.

The columns are those of the program of 22 November 2026 in the afternoon: no pages, stories, decisions, judgements; an
alert has no kind. What it stored is read from there, not from the present tables.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet
from tests.warehouse import rows

from media_monitor import tables
from media_monitor.warehouse import places

YOUNGER = {
    "fetches": (
        "feed_url", "interval_minutes", "on_time", "hint_minutes", "domain", "blocked_until", "moved_to", "moved_seen",
        "conditional", "checked_at", "unchanged_at", "body_at", "body_url", "lying_since", "retired_at",
    ),
    "articles": ("aggregator", "change", "text_source"),
    "alerts": (
        "kind", "rule", "subject", "summary", "due_at", "acknowledged_at", "acknowledged_by", "wrong_at",
        "wrong_reason", "withdrawn_at", "changed_at",
    ),
}  # fmt: skip
AT = datetime(2025, 4, 28, 12, tzinfo=UTC)
SAID = rows.article("one", "2025-04-28")
TOLD = rows.article("two", "2025-04-26")
FACTS = rows.batch(
    SAID,
    TOLD,
    rows.mention(SAID, "russia"),
    rows.statement(SAID, "RU", "confirm", "troops_deployed"),
    rows.statement(TOLD, "KP", "praise", "troops_deployed"),
    rows.fetch("courier", "run1", "2025-04-28"),
)


def alert(name: str, grade: str, **changes: Any) -> dict[str, Any]:
    """A row of `alerts` as it was then."""
    return {
        "alert_id": name, "day": AT.date(), "beat": "dprk_russia", "claim": "troops_deployed", "party": "RU",
        "grade": grade, "reversal": False, "implied_by": None, "prior_status": "silent", "since": AT.date(),
        "first_statement": "s1", "evidence": ["s1"], "publishers": 1, "speaker": "a spokesman", "speaker_id": None,
        "quote": "we know of it", "via": [], "outlet": "The Courier", "url": None, "title": "Headline",
        "language": "en", "printed_at": AT, "raised_at": AT, "deliveries": [],
    } | changes  # fmt: skip


def schema(table: str) -> pa.Schema:
    """The columns of the table as they were then."""
    present = tables.BY_NAME[table].schema
    return pa.schema([field for field in present if field.name not in YOUNGER.get(table, ())])


ROWS: dict[str, pa.Table] = {
    **{name: found.select(schema(name).names) for name, found in FACTS.items()},
    "alerts": pa.Table.from_pylist(
        [alert("spoken", "primary"), alert("thanks", "implicit", party="KP")], schema=schema("alerts")
    ),
}


def lake(home: Path) -> None:
    """Writes the lake."""
    for name, found in ROWS.items():
        for day in sorted(set(found["day"].to_pylist())):
            _write(home, name, day, found)


def _write(home: Path, table: str, day: date, found: pa.Table) -> None:
    path = places.partition(home, table, day)
    path.parent.mkdir(parents=True)
    rows_of_day = found.filter(pc.equal(found["day"], pa.scalar(day)))
    order = [(name, "ascending") for name in tables.BY_NAME[table].key]
    parquet.write_table(rows_of_day.sort_by(order), path, compression="zstd")
