"""Batches, and one whole."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.report.printed.quality.measures import print_failures


def print_rows(console: Console, found: list[dict[str, Any]]) -> None:
    """Prints batches as `rows` gives them."""
    table = Table("Batch", "Checked", "Feeds", "Failed", "New", "Articles", "Kept out", "State", title="Batches")
    for row in found:
        numbers = (
            row["feeds"] or 0,
            row["failed_feeds"] or 0,
            row["new_entries"] or 0,
            row["articles"],
            row["quarantined"],
        )
        state = Text(row["state"], style="red" if row["rejected"] else "")
        table.add_row(row["batch"], f"{row['checked_at']:%y-%m-%d %H:%M}", *map(str, numbers), state)
    console.print(table)


def print_batch(console: Console, found: dict[str, Any]) -> None:
    """Prints a batch as `batch` gives it."""
    console.print(Text(f"{found['batch']}: {found['state']}", style="bold"))
    for word, name in (
        ("fetched", "fetched_from"),
        ("until", "fetched_until"),
        ("checked", "checked_at"),
        ("loaded", "loaded_at"),
    ):
        if found.get(name):
            console.print(f"{word} {found[name]:%Y-%m-%d %H:%M:%S} UTC")
    if found.get("feeds"):
        console.print(f"{found['feeds']} feeds asked, {found['failed_feeds']} of them in vain")
        console.print(f"{found['entries']} items, {found['new_entries']} of them new")
    table = Table("Table", "Checked", "Passed", "Kept out", "Checks", "Failed")
    for row in found["tables"]:
        table.add_row(row["table"], *(str(row[n]) for n in ("rows", "passed", "quarantined", "checks", "failed")))
    console.print(table)
    print_failures(console, found["failures"])
    for stage in found["stages"]:
        console.print(f"staged: {stage['stage']} {stage['at']:%Y-%m-%d %H:%M:%S} UTC")
