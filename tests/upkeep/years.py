"""A data folder of two years: articles that are evidence and others, their facts, fetches, checks, quarantine."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from tests.warehouse import rows

from media_monitor import consistency, tables
from media_monitor.config import Settings
from media_monitor.warehouse import lake

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
OLD, MIDDLE, NEW = "2024-06-03", "2025-05-01", "2026-05-30"
SAID = rows.article("said", OLD, warc_file="warc/20240603T100000Z-aa/0000.warc.gz", warc_offset=512)
IDLE = rows.article("idle", OLD, warc_file="warc/20240603T100000Z-aa/0001.warc.gz", warc_offset=0)
ORIGIN = rows.article("origin", "2024-06-02")
COPY = rows.article("copy", OLD, copy_of="origin")
REVISED = rows.article("said", MIDDLE, revision=2)
FRESH = rows.article("fresh", NEW)
ARTICLES = (SAID, IDLE, ORIGIN, COPY, REVISED, FRESH)


def home(folder: Path) -> Settings:
    """Writes it; the settings of it at the moment `NOW`."""
    settings = Settings(home=folder, as_of=NOW, semantic="off")
    facts = [
        *(rows.mention(article, "russia") for article in ARTICLES),
        *(rows.event(article, "CONSULT", "RU", "KP") for article in (SAID, IDLE, FRESH)),
        rows.statement(SAID, "RU", "confirm", "troops_deployed"),
        rows.statement(COPY, "KP", "confirm", "troops_deployed"),
        rows.statement(REVISED, "RU", "confirm", "troops_deployed"),
    ]
    fetches = [
        rows.fetch("courier", "run1", OLD, new_entries=4),
        rows.fetch("courier", "run2", MIDDLE),
        rows.fetch("courier", "run3", NEW, new_entries=1),
        rows.fetch("dead", "run0", "2024-06-01", new_entries=1, warc_file=IDLE.warc_file, warc_offset=0),
        rows.fetch("dead", "run1", OLD, error="gone", status=404),
        rows.fetch("dead", "run2", MIDDLE, error="gone", status=404),
        rows.fetch("dead", "run2b", MIDDLE, error="gone", status=404, fetched_at=rows.moment(MIDDLE, 14)),
    ]
    lake.merge(folder, rows.batch(*ARTICLES, *facts, *fetches) | _checks() | _quarantine())
    consistency.refresh(settings)
    return settings


def _checks() -> dict[str, pa.Table]:
    found = [
        {
            "check_id": f"c{day}", "day": date.fromisoformat(day), "batch": f"run{day}", "table": "articles",
            "expectation": "volume", "columns": [], "severity": "critical", "scope": "batch", "success": True,
            "rows": 1, "unexpected": 0, "observed": None, "at": rows.moment(day),
        }
        for day in (OLD, MIDDLE, NEW)
    ]  # fmt: skip
    return {"checks": pa.Table.from_pylist(found, schema=tables.CHECKS.schema)}


def _quarantine() -> dict[str, pa.Table]:
    def kept(name: str) -> dict[str, Any]:
        return {
            "quarantine_id": name, "day": date.fromisoformat(OLD), "table": "mentions", "row_id": name,
            "article_id": "idle", "row": "{}", "expectations": ["x"], "batch": "run1", "at": rows.moment(OLD),
        }  # fmt: skip

    decided = {
        "decision_id": "d1", "day": date.fromisoformat(OLD), "quarantine_id": "released", "number": 1,
        "table": "mentions", "row_id": "released", "decision": "released", "reason": "right", "by": "ed",
        "at": rows.moment(OLD),
    }  # fmt: skip
    return {
        "quarantine": pa.Table.from_pylist([kept("waiting"), kept("released")], schema=tables.QUARANTINE.schema),
        "quarantine_decisions": pa.Table.from_pylist([decided], schema=tables.QUARANTINE_DECISIONS.schema),
    }
