"""How the feeds fare, the worst first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.report.asked.sources.feed_health import STATES
from media_monitor.report.printed.sources.feeds import print_nothing_fetched

_STYLES = {"retired": "red", "failing": "red", "silent": "yellow", "lying": "yellow", "waiting": "yellow"}


def print_health(console: Console, settings: Settings, found: list[dict[str, Any]]) -> None:
    """Prints the rows, and how many there are of each state."""
    now = settings.now()
    table = Table("Feed")
    for name in ("State", "Last success", "Failures", "Every", "Next", "New: usual", "New: now"):
        table.add_column(name, no_wrap=name != "Last success")
    table.add_column("What", ratio=1)
    for row in found:
        table.add_row(*(Text(cell, overflow="fold", style=style) for cell, style in _cells(row, now)))
    console.print(table)
    counts = {state: sum(row["state"] == state for row in found) for state in STATES}
    if found:
        console.print(", ".join(f"{count} {state}" for state, count in counts.items() if count))
    print_nothing_fetched(console, settings, len(found), counts["new"] < len(found))


def _cells(row: Mapping[str, Any], now: datetime) -> list[tuple[str, str]]:
    failures = "" if row["failures"] is None else f"{row['failures']:g}"
    success = _ago(now, row["last_success"]) if row["last_success"] else "never" if row["fetches"] else ""
    due = "" if row["state"] == "retired" else _until(now, row["next_due_at"])
    told = row["error"] or (f"asked at {row['moved_to']}" if row["moved_to"] else row["note"]) or ""
    if row["state"] == "lying":
        told = f"its 304 cannot be believed since {row['lying_since']:%Y-%m-%d}; {told}"
    spans = [_span(row[name]) for name in ("interval_minutes", "usual_minutes", "silent_minutes")]
    plain = (success, failures, spans[0], due, spans[1], spans[2], told)
    return [(row["outlet"], ""), (row["state"], _STYLES.get(row["state"], "")), *((cell, "") for cell in plain)]


def _ago(now: datetime, moment: datetime) -> str:
    return f"{_span(max((now - moment).total_seconds(), 0) / 60)} ago"


def _until(now: datetime, moment: datetime | None) -> str:
    return "now" if moment is None or moment <= now else f"in {_span((moment - now).total_seconds() / 60)}"


def _span(minutes: float | None) -> str:
    if minutes is None:
        return ""
    if minutes < 120:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 1440:.0f} d"
