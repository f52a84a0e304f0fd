"""One feed: how it fares, its fetches, its errors, and what it brought."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, Any]


def print_feed(console: Console, found: Row) -> None:
    """Prints what `feed_history.one` gives."""
    feed, health = found["feed"], found["health"]
    console.print(Text(f"\n{feed['outlet']} ({feed['feed_id']})", style="bold"))
    console.print(Text(feed["url"], style="dim"))
    told = [feed["publisher"], feed["affiliation"], feed["language"] or "any language", f"tier {feed['tier']}"]
    console.print(Text(" · ".join([*told, *([feed["note"]] if feed["note"] else [])])))
    due = f"{health['next_due_at']:%Y-%m-%d %H:%M} UTC" if health["next_due_at"] else "now"
    console.print(Text(f"{health['state']}; {health['fetches']} fetches, {health['failed']} failed; due {due}"))
    if found["silence"]:
        quiet = found["silence"]
        usual = "unknown" if quiet["usual_hours"] is None else f"{quiet['usual_hours']} h"
        console.print(f"No news for {quiet['silent_hours']} h, usual {usual}{': silent' if quiet['silent'] else ''}")
    table = Table("Fetched", "Status", "Outcome", "Items", "New", "Every", "What")
    for row in found["log"]:
        every = "" if row["interval_minutes"] is None else f"{row['interval_minutes']:.0f} min"
        cells = (str(row["status"] or ""), row["outcome"], str(row["entries"]), str(row["new_entries"]), every)
        table.add_row(f"{row['fetched_at']:%Y-%m-%d %H:%M}", *cells, Text(row["error"] or row["note"]))
    console.print(table)
    if found["pages"] > 1:
        console.print(f"Page {found['page']} of {found['pages']}", style="dim")
    for row in found["errors"]:
        console.print(
            Text(f"{row['fetches']}× {row['error']}, {row['first_at']:%Y-%m-%d} to {row['last_at']:%Y-%m-%d}")
        )
    for row in found["articles"]:
        console.print(Text(f"{row['printed_at']:%Y-%m-%d %H:%M} {row['title']}"))
