"""The feeds of the beat, and what the last fetch of each gave."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor import upkeep
from media_monitor.config import Settings
from media_monitor.warehouse import query


def rows(settings: Settings) -> list[dict[str, Any]]:
    """A row a feed, with the state of its last fetch (null where it was never fetched)."""
    states = query.fetch_states(settings.home)
    return [
        {
            "feed_id": feed.feed_id,
            "outlet": feed.outlet,
            "publisher": feed.publisher,
            "language": feed.language,
            "country": feed.country,
            "affiliation": feed.affiliation,
            "url": feed.url,
            "failures": states[feed.feed_id].failures if feed.feed_id in states else None,
            "next_due_at": states[feed.feed_id].next_due_at if feed.feed_id in states else None,
        }
        for feed in upkeep.feeds_of(settings)
    ]


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
