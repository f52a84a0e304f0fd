"""The feeds of the beat, by language."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.report.asked.sources.feeds import rows


def print_feeds(console: Console, settings: Settings) -> None:
    """Prints the feeds by language."""
    table = Table("Outlet", "Language", "Affiliation", "Failures", "Next fetch", "Address")
    now, found = settings.now(), rows(settings)
    for row in sorted(found, key=lambda r: (r["language"] or "", r["outlet"])):
        due = f"{row['next_due_at']:%Y-%m-%d %H:%M}" if row["next_due_at"] and row["next_due_at"] > now else "now"
        failures = "" if not row["failures"] else f"{row['failures']:g}"
        cells = (row["outlet"], row["language"] or "", row["affiliation"], failures, due, row["url"])
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    console.print(table)
    print_nothing_fetched(console, settings, len(found), any(row["failures"] is not None for row in found))


def print_nothing_fetched(console: Console, settings: Settings, feeds: int, fetched: bool) -> None:
    """Prints why there is nothing to see: the list is empty, or none of its feeds was fetched into this folder."""
    if not feeds:
        console.print("The list has no feeds.", style="yellow")
    elif not fetched:
        told = f"None of these {feeds} feeds has been fetched into {settings.home} yet."
        console.print(told, style="yellow", markup=False, highlight=False, soft_wrap=True)
