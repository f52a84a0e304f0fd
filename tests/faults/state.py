"""What a data folder holds, in a form that two runs over the same feeds must agree on."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa

from media_monitor import columns, tables
from media_monitor.config import Settings
from media_monitor.doctor.examine import examine
from media_monitor.warehouse import lake, query

# Columns that tell of the run, not of the news.
OF_THE_RUN = {
    "articles": {"warc_file", "warc_offset"},  # the archive is named after the batch that fetched
    "quarantine": {"batch", "row"},  # `row` holds such columns and is compared without them
    "alerts": {"deliveries"},  # how far delivery came before the kill; see `unaccounted`
    # Which batch fetched, and how it went: the rest of the row is what the feed holds and when it is due again.
    "fetches": {"batch", "elapsed_ms", "warc_file", "warc_offset", "note"},
}
OF_A_QUARANTINED_ROW = {"warc_file", "warc_offset", "batch", "elapsed_ms"}
COMPARED = ("fetches", "articles", "mentions", "events", "statements", "quarantine", "alerts")

Contents = dict[str, pa.Table]


def stored(home: Path) -> Contents:
    """All tables of the lake."""
    return {table.name: lake.read(home, table.name) for table in tables.TABLES}


def steady(stored: Contents) -> Contents:
    """The compared tables without what tells of the run, in an order of their own."""
    return {name: _steady(name, stored[name]) for name in COMPARED}


def _steady(name: str, rows: pa.Table) -> pa.Table:
    kept = rows.drop_columns(sorted(OF_THE_RUN.get(name, ())))
    if name == "quarantine":
        kept = kept.append_column("row", pa.array([_steady_row(text) for text in rows["row"].to_pylist()], pa.string()))
    key = [column for column in ("day", *tables.BY_NAME[name].key) if column in kept.column_names]
    return kept.sort_by([(column, "ascending") for column in key])


def _steady_row(text: str) -> str:
    row = {k: v for k, v in json.loads(text).items() if k not in OF_A_QUARANTINED_ROW}
    return json.dumps(row, sort_keys=True, ensure_ascii=False)


def differences(found: Contents, wanted: Contents) -> list[str]:
    """How the tables differ, a line for each that does."""
    return [f"table {n}: {_difference(found[n], rows)}" for n, rows in wanted.items() if not found[n].equals(rows)]


def _difference(found: pa.Table, wanted: pa.Table) -> str:
    here, there = Counter(map(repr, found.to_pylist())), Counter(map(repr, wanted.to_pylist()))
    lost, extra = sorted((there - here).elements()), sorted((here - there).elements())
    return f"lost {len(lost)}, extra {len(extra)}; " + "; ".join([*lost[:2], *extra[:2]])


def unwell(settings: Settings) -> list[str]:
    """The errors that the doctor finds. What it only warns of may be left of a kill: half a file, a message of which
    nobody knows whether it arrived; `unaccounted` counts those."""
    left = examine(settings).left
    return [f"{one.check}: {one.where}: {one.what}" for one in left if one.severity == "error"]


def entries(contents: Contents) -> set[tuple[str, str]]:
    """What articles there are, whatever their revisions are called."""
    rows = contents["articles"]
    return set(zip(rows["article_id"].to_pylist(), rows["content_sha256"].to_pylist(), strict=True))


def apart(home: Path, stored: Contents) -> list[str]:
    """Tables of which the published warehouse does not hold the same rows as the lake."""
    return [name for name, rows in stored.items() if not _published(home, tables.BY_NAME[name]).equals(rows)]


def _published(home: Path, table: columns.Table) -> pa.Table:
    order = ", ".join(f'"{column}"' for column in ("day", *table.key))
    return query.run(home, f'FROM "{table.name}" ORDER BY {order}').cast(table.schema)


def deliveries(alerts: pa.Table) -> dict[str, list[str]]:
    """alert_id -> state of its deliveries, for alerts that go out on their own (none implied by another)."""
    rows: list[dict[str, Any]] = alerts.to_pylist()
    return {row["alert_id"]: [d["state"] for d in row["deliveries"]] for row in rows if row["implied_by"] is None}


def unaccounted(alerts: pa.Table, received: list[str]) -> list[str]:
    """What is wrong with the deliveries: `received` are the alert ids that came to the endpoint, once a message."""
    counts = Counter(received)
    known = deliveries(alerts)
    wrong = [f"{alert} came {n} times" for alert, n in counts.items() if n > 1]
    wrong += [f"{alert} came, and is not known" for alert in counts if alert not in known]
    for alert, states in known.items():
        if states not in (["sent"], ["unknown"]):
            wrong.append(f"{alert} has deliveries {states}")
        elif states == ["sent"] and counts[alert] != 1:
            wrong.append(f"{alert} is sent, and came {counts[alert]} times")
    return wrong
