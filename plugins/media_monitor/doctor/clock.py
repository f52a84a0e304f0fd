"""Rows from the future: runs whose clock was wrong."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from media_monitor import alerting, consistency, tables
from media_monitor.columns import Table
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.sources import AHEAD
from media_monitor.warehouse import census, lake, partition
from media_monitor.watch.rules import timing

LATEST_DUE = timedelta(days=3)  # a daily digest that falls into quiet hours waits for less
# The moment at which a row of each table was made; `day` follows it in tables whose partition it is.
MADE_AT = {
    "fetches": "fetched_at", "articles": "fetched_at", "pages": "fetched_at", "checks": "at", "quarantine": "at",
    "alerts": "raised_at",
}  # fmt: skip
_OWN_DAY = frozenset({"fetches", "pages", "checks", "alerts"})
_NOW = "they are dated now, feeds are due again; what they said is kept in .damaged/rows"


def find(patient: Patient) -> Iterator[Finding]:
    for name, column in MADE_AT.items():
        late = _late(patient, tables.BY_NAME[name], column, patient.now + AHEAD)
        if late.num_rows:
            last = pc.max(late[column]).as_py()
            yield Finding(f"table {name}", f"{late.num_rows:,} rows are from the future, up to {last:%Y-%m-%d %H:%M} "
                          "UTC: the clock was wrong", _NOW, target=name)  # fmt: skip
    waiting = _late(patient, tables.ALERTS, "due_at", patient.now + LATEST_DUE)
    for alert_id in waiting["alert_id"].to_pylist():
        yield Finding(f"alert {alert_id}", "is to go out in the far future: the clock was wrong",
                      "it is due when its rule says from now", target="due")  # fmt: skip


def _late(patient: Patient, table: Table, column: str, limit: datetime) -> pa.Table:
    return census.beyond(patient.lake, table, column, limit)


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    names = [finding.target for finding in findings if finding.target in MADE_AT]
    late = {n: _late(patient, tables.BY_NAME[n], MADE_AT[n], patient.now + AHEAD) for n in names}
    for name, rows in late.items():
        patient.rows_aside(name, rows, "from the future: the clock was wrong")
    changed = {name: _redated(patient, name, rows) for name, rows in late.items()}
    if "articles" in changed:
        changed |= _facts(patient, late["articles"], changed["articles"])
    lake.merge(patient.home, changed)
    _due(patient)
    consistency.refresh(patient.settings)


def _redated(patient: Patient, name: str, rows: pa.Table) -> pa.Table:
    table = tables.BY_NAME[name]
    return pa.Table.from_pylist([_row(patient.now, name, row) for row in rows.to_pylist()], schema=table.schema)


def _row(now: datetime, name: str, row: dict[str, Any]) -> dict[str, Any]:
    after = row | {MADE_AT[name]: now}
    if name in _OWN_DAY or (name == "articles" and row["published_at"] is None):
        after["day"] = now.date()
    if name == "fetches":
        after |= dict.fromkeys(("next_due_at", "blocked_until"))
        after["note"] = f"{row['note']}; dated anew: the clock said {row['fetched_at']:%Y-%m-%d %H:%M}"
    return after


def _facts(patient: Patient, before: pa.Table, after: pa.Table) -> dict[str, pa.Table]:
    """The facts of articles whose day is another now, on that day."""
    old = {(row["article_id"], row["revision"]): row["day"] for row in before.to_pylist()}
    days = {
        key: row["day"] for row in after.to_pylist() if old[key := (row["article_id"], row["revision"])] != row["day"]
    }
    return {table.name: _moved(patient, table, days, set(old)) for table in tables.FACTS}


def _moved(patient: Patient, table: Table, days: dict[tuple[str, int], Any], owners: set[tuple[str, int]]) -> pa.Table:
    """All facts of the owners, which a merge of their articles replaces; those of `days` on their new day."""
    parts = [partition.of_any_day(path, table).to_pylist() for path in patient.sound(table.name)]
    own = [row for rows in parts for row in rows if (row["article_id"], row["revision"]) in owners]
    moved = [row | {"day": days.get((row["article_id"], row["revision"]), row["day"])} for row in own]
    return pa.Table.from_pylist(moved, schema=table.schema)


def _due(patient: Patient) -> None:
    """Alerts that are due in the far future are due when their rules say from now on."""
    book = alerting.rules(patient.settings)
    late = _late(patient, tables.ALERTS, "due_at", patient.now + LATEST_DUE).to_pylist()
    for row in late:
        row["due_at"] = timing.due_at(patient.now, book.of(row["rule"], row["kind"]).times)
    if late:
        lake.merge(patient.home, {"alerts": pa.Table.from_pylist(late, schema=tables.ALERTS.schema)})
