"""New confirmations, each with its words, speaker, source chain, status before and link."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from media_monitor.beat import Beat
from media_monitor.config import Settings


def print_new(console: Console, settings: Settings, found: Sequence[Mapping[str, Any]]) -> None:
    """Prints confirmations as `results.as_json` gives them. One that follows from another is named with it."""
    direct = [c for c in found if c["implied_by"] is None]
    if not direct:
        console.print("No new confirmation.", style="bold")
        return
    console.print(f"\nNew confirmations: {len(direct)}", style="bold green")
    beat = Beat.load(settings.beat)
    for one in sorted(direct, key=lambda c: (c["since"], c["party"], c["claim"])):
        implied = [c["claim"] for c in found if c["implied_by"] == one["claim"] and c["party"] == one["party"]]
        console.print(_panel(one, implied, beat))


def _panel(one: Mapping[str, Any], implied: Sequence[str], beat: Beat) -> Panel:
    grid = Table.grid(padding=(0, 2))
    chain = dict.fromkeys([one["outlet"], *(_name(step, beat) for step in one["via"]), one["speaker"]])
    lines = {
        "Words": one["quote"],
        "Speaker": f"{one['speaker']}, for {one['party']}",
        "Source": " → ".join(chain),
        "Said": one["since"],
        "Before": f"{one['prior_status']}{' – a reversal' if one['reversal'] else ''}",
        "Grade": f"{one['grade']}, independent publishers: {one['publishers']}",
        "Implies": ", ".join(implied),
        "Link": one["url"] or "none",
    }
    for label, value in lines.items():
        if value:
            grid.add_row(Text(label, style="dim"), Text(value, overflow="fold"))
    title = Text(f"{one['party']} confirms {one['claim']}: {beat.claims[one['claim']].title}", style="bold")
    return Panel(grid, title=title, title_align="left")


def _name(step: str, beat: Beat) -> str:
    return beat.entities[step].name if step in beat.entities else step
