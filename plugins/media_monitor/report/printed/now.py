"""The state of the beat for people at a terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.report.asked.claims.ledger import MARKS
from media_monitor.report.asked.now import sides, sure

Row = dict[str, Any]
HEALTH = {"well": ("✔", "green"), "warn": ("!", "yellow"), "bad": ("✘", "red")}


def print_now(console: Console, found: Row) -> None:
    """Prints what `now.now` found."""
    if not found["loaded"]:
        console.print("Nothing is loaded yet: run `media-monitor run` first.")
        return
    days = f"{found['days']} {'day' if found['days'] == 1 else 'days'}"
    console.print(Text(f"{found['as_of']:%Y-%m-%d %H:%M} UTC, the last {days}", style="bold"))
    _print_changes(console, found, days)
    _print_disputes(console, found["disputes"])
    _print_bursts(console, found["bursts"])
    _print_health(console, found["health"])
    _print_strip(console, found["ledger"])


def _print_changes(console: Console, found: Row, days: str) -> None:
    console.print(Text("\nWhat changed", style="bold"))
    if not found["changes"]:
        console.print(f"Nothing in {days}." + (" Before that:" if found["earlier"] else ""))
    grid = Table.grid(padding=(0, 2))
    for row in found["changes"] or found["earlier"]:
        style = MARKS[row["state"]][1]
        line = Text(f"{row['party_name']} {row['verb']}: {row['title']}", style=style)
        if row["reversal"]:
            line.append(" ⟲ reversal", style="magenta")
        if row["implies"]:
            line.append(f" (and so: {', '.join(one['claim'] for one in row['implies'])})", style="dim")
        grid.add_row(f"{row['said_on']}", line, Text(sure(row), style="dim"))
    console.print(grid)


def _print_disputes(console: Console, found: Sequence[Row]) -> None:
    if not found:
        return
    console.print(Text("\nDisputes", style="bold"))
    grid = Table.grid(padding=(0, 2))
    for row in found:
        new = Text("new" if row["new"] else "", style="red")
        grid.add_row(f"{row['newest']}", Text(f"{row['title']}: {sides(row)}"), new)
    console.print(grid)


def _print_bursts(console: Console, found: Sequence[Row]) -> None:
    if not found:
        return
    console.print(Text("\nBursts", style="bold"))
    for row in found:
        now = "now: " if row["current"] else f"{row['first_day']}: "
        expected = "" if row["expected"] is None else f", {row['expected']:g} expected"
        console.print(Text(f"{now}{row['title']}, {row['articles']} articles{expected}"))


def _print_health(console: Console, found: Sequence[Row]) -> None:
    console.print(Text("\nHealth", style="bold"))
    grid = Table.grid(padding=(0, 2))
    for row in found:
        mark, style = HEALTH[row["state"]]
        grid.add_row(Text(mark, style=style), row["name"], Text(row["told"]))
    console.print(grid)


def _print_strip(console: Console, found: Sequence[Row]) -> None:
    console.print(Text("\nLedger", style="bold"))
    grid = Table.grid(padding=(0, 2))
    for row in found:
        line = Text()
        for side in row["parties"]:
            mark, style = MARKS[side["state"]]
            line.append(f"{side['party']} {mark}  ", style=style)
        grid.add_row(row["title"], line)
    console.print(grid)
    console.print(Text("media-monitor claims CLAIM: its history. media-monitor alert list: alerts.", style="dim"))
