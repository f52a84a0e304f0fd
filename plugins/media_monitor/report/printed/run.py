"""The report of one run: what was fetched, extracted, quarantined and loaded, then trends, ledger, confirmations."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.extract.semantic.model import used
from media_monitor.report.asked import run as asked
from media_monitor.report.printed.claims.confirmations import print_new
from media_monitor.report.printed.claims.ledger import print_matrix
from media_monitor.report.printed.coverage.months import print_overview

STATES = {"success": "green", "failed": "red", "skipped": "dim", "upstream_failed": "yellow"}


def print_run(console: Console, settings: Settings, batch: str, loaded: Mapping[str, Any]) -> None:
    """Prints the run's report from the published warehouse and the load's own result (`results.as_json`)."""
    _print_fetches(console, settings, batch)
    _print_rows(console, settings, batch, loaded["rows"])
    console.print(Text(f"Statements by {used(settings.semantic)}.", style="dim"))
    _print_quarantine(console, settings, batch)
    _print_failed_checks(console, settings, batch)
    _print_foreign(console, settings, batch)
    for message in loaded["messages"]:
        console.print(Text(f"! {message}", style="yellow"))
    print_overview(console, settings)
    print_matrix(console, settings)
    print_new(console, settings, loaded["confirmations"])


def print_tasks(console: Console, tasks: list[tuple[str, int, str, float | None]]) -> None:
    """Prints the tasks of a DAG run: (id, map index, state, seconds) each."""
    line = Text("DAG run: ")
    for name, index, state, seconds in tasks:
        label = name if index < 0 else f"{name}[{index}]"
        took = f" {seconds:.1f} s" if seconds is not None else ""
        line.append(f"{label}{took}", style=STATES.get(state, "")).append("  ")
    console.print(line)


def _print_fetches(console: Console, settings: Settings, batch: str) -> None:
    rows = asked.fetches(settings, batch)
    table = Table(
        "Feed", "HTTP", "Items", "New", "What happened", title=f"Fetched: {len(rows)} feeds", title_justify="left"
    )
    for row in rows:
        fault = row["error"]
        status = "–" if row["status"] is None else str(row["status"])
        told = Text(fault or row["note"], style="red" if fault else "")
        table.add_row(Text(row["outlet"]), status, str(row["entries"]), str(row["new_entries"]), told)
    console.print(table)


def _print_rows(console: Console, settings: Settings, batch: str, loaded: Mapping[str, int]) -> None:
    seen = asked.counts(settings, batch)
    table = Table("Table", "Extracted", "Quarantined", "Loaded", title="Rows", title_justify="left")
    for name in ("articles", "mentions", "events", "statements"):
        row = seen.get(name, {"extracted": 0, "quarantined": 0})
        table.add_row(name, str(row["extracted"]), str(row["quarantined"]), str(loaded.get(name, 0)))
    console.print(table)


def _print_quarantine(console: Console, settings: Settings, batch: str) -> None:
    rows = asked.quarantined(settings, batch)
    if not rows:
        return
    table = Table("Table", "Row", "Of", "Expectations that it failed", title="Quarantine", title_justify="left")
    for row in rows:
        of = row["outlet"] or row["surface"] or ""
        table.add_row(row["table"], row["row_id"], Text(of[:60]), Text(", ".join(row["expectations"])))
    console.print(table)


def _print_failed_checks(console: Console, settings: Settings, batch: str) -> None:
    for row in asked.failed_checks(settings, batch):
        told = f"! {row['severity']}: {row['table']}: {row['expectation']} did not hold (observed {row['observed']})"
        console.print(Text(told, style="yellow"))


def _print_foreign(console: Console, settings: Settings, batch: str) -> None:
    rows = asked.foreign(settings, batch)
    if rows:
        told = ", ".join(f"{row['language'] or 'unknown'} {row['n']} ({row['relevant']} relevant)" for row in rows)
        line = f"! Articles in languages without a lexicon: {told}. Names are found in them, no statements or events."
        console.print(Text(line, style="yellow"))
