"""Rows in quarantine, and one whole."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

STYLES = {"waiting": "yellow", "released": "green", "discarded": "dim"}


def print_rows(console: Console, found: list[dict[str, Any]], total: int) -> None:
    """Prints rows as `rows` gives them."""
    if not found:
        console.print("No row of that choice is in quarantine.")
        return
    table = Table("Row", "Table", "Of", "Failed", "State", title="Quarantine", title_justify="left")
    for one in found:
        told = one["state"] + (f" by {one['decided_by']}" if one["decided_by"] else "")
        state = Text(told, style=STYLES[one["state"]])
        table.add_row(
            one["quarantine_id"], one["table"], Text(one["about"][:50]), ", ".join(one["expectations"]), state
        )
    console.print(table)
    if total > len(found):
        console.print(f"{len(found)} of {total} rows; --page shows others", style="dim")


def print_row(console: Console, found: Mapping[str, Any]) -> None:
    """Prints a row as `row` gives it."""
    console.print(Text(f"{found['quarantine_id']}  {found['table']} {found['row_id']}", style="bold"))
    console.print(Text(f"failed {', '.join(found['expectations'])}, in batch {found['batch']}, {_minute(found['at'])}"))
    table = Table("Column", "Value", title="Content", title_justify="left")
    for name, value in found["content"].items():
        table.add_row(name, Text("null" if value is None else str(value)[:500], style="dim" if value is None else ""))
    console.print(table)
    if found["article"]:
        article = found["article"]
        console.print(Text(f"in {article['outlet']}: {article['title']} {article['url'] or ''}"))
    for one in found["facts"]:
        console.print(f"with it: {one['rows']} {one['table']}, {one['state']}")
    for one in found["decisions"]:
        console.print(Text(f"{_minute(one['at'])} {one['decision']} by {one['by'] or '?'}: {one['reason'] or ''}"))
    for line in found["obstacles"]:
        console.print(Text(f"cannot be released: {line}", style="yellow"))


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
