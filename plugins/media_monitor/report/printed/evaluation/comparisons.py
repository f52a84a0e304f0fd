"""Two runs of `evaluate` side by side."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.evaluate.comparison import Comparison, Turn
from media_monitor.report.printed.evaluation.scores import shown


def print_comparison(console: Console, found: Comparison, layers: Sequence[str]) -> None:
    """Prints what changed by layer and language, then label by label in each document."""
    changes = [c for c in found.changes if c.layer in layers]
    table = Table("", "Layer", "Precision", "Recall", "F1", "", title="What changed", title_justify="left")
    for change in changes:
        rates = (f"{change.before[r]:.3f} → {change.after[r]:.3f}" for r in ("precision", "recall", "f1"))
        gain = Text(f"{change.gain:+.3f}", style="green" if change.gain > 0 else "red" if change.gain < 0 else "")
        table.add_row(change.scope, change.layer, *rates, gain)
    console.print(table if changes else "No score changed.")
    _print_turns(console, "Better", "green", [t for t in found.better if t.layer in layers])
    _print_turns(console, "Worse", "red", [t for t in found.worse if t.layer in layers])
    if found.alone:
        told = f"Documents in one of the runs only: {len(found.alone)}. The scores are not of the same documents."
        console.print(told, style="yellow")


def _print_turns(console: Console, title: str, style: str, turns: Sequence[Turn]) -> None:
    if not turns:
        return
    console.print(Text(f"\n{title}: {len(turns)} labels", style=f"bold {style}"))
    for turn in turns:
        was = {"wrong": "found wrongly", "missed": "missed"}[turn.fault]
        before = "was " if title == "Better" else ""
        console.print(
            Text(f"  {turn.language} {turn.document_id}  {turn.layer}: {shown(turn.label)} ({before}{was})"),
            soft_wrap=True,
        )
