"""What a check of a feed list found, as tables or as JSON values."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.collect.lists.audit import Finding
from media_monitor.collect.lists.probe import FAULTS, Probe

_STYLES = {"fault": "red", "note": "yellow"}
_WORST = ("unreachable", "no feed", "language", "stale", "empty", "moved", "not asked", "reachable")


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Prints a row a finding, or that there is none."""
    if not findings:
        console.print("Nothing is wrong with the list.")
        return
    table = Table("Where", "Feed", "", "What")
    for one in findings:
        grade = Text(one.grade, style=_STYLES[one.grade])
        table.add_row(Text(one.where, overflow="fold"), Text(one.feed_id, overflow="fold"), grade, Text(one.told))
    console.print(table)


def print_probes(console: Console, probes: Sequence[Probe], every: bool) -> None:
    """Prints the feeds that are not well, the worst first, and how many there are of each kind."""
    if not probes:
        return
    shown = [one for one in probes if every or one.state != "reachable"]
    if shown:
        table = Table("Feed", "State", "What", "Items", "Newest", "ms", "Address")
        for one in sorted(shown, key=lambda probe: _WORST.index(probe.state)):
            table.add_row(*_cells(one))
        console.print(table)
    counts: Counter[str] = Counter(one.state for one in probes)
    console.print(", ".join(f"{counts[state]} {state}" for state in reversed(_WORST) if counts[state]))


def _cells(one: Probe) -> list[Text]:
    style = "red" if one.state in FAULTS else "" if one.state == "reachable" else "yellow"
    newest = f"{one.newest:%Y-%m-%d %H:%M}" if one.newest else ""
    elapsed = "" if one.elapsed_ms is None else str(one.elapsed_ms)
    plain = (one.told, str(one.entries or ""), newest, elapsed, one.feed.url)
    return [Text(one.feed.outlet), Text(one.state, style=style), *(Text(cell, overflow="fold") for cell in plain)]
