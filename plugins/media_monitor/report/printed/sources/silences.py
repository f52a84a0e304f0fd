"""Feeds and languages that have brought nothing new for longer than usual."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, Any]


def print_silences(console: Console, rows: Sequence[Row]) -> None:
    """Prints what `silences.rows` gives."""
    table = Table("Feed or language", "Silent", "No news for", "Usual at most", "Last news")
    for row in rows:
        usual = "unknown" if row["usual_hours"] is None else f"{row['usual_hours']:.1f} h"
        style = "red" if row["silent"] else ""
        cells = ("silent" if row["silent"] else "", f"{row['silent_hours']:.1f} h", usual)
        last = f"{row['last_news']:%Y-%m-%d %H:%M}"
        table.add_row(Text(f"{row['subject_kind']} {row['outlet'] or row['subject']}"), *cells, last, style=style)
    console.print(table)
