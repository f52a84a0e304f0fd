"""How politely servers are asked."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.report.asked.sources.politeness import told_of

Row = Mapping[str, Any]


def print_politeness(console: Console, found: Row) -> None:
    """Prints what `politeness.measures` gives."""
    table = Table("Asking servers", "", title=f"\n{found['since']} to {found['until']}", title_justify="left")
    for what, told in told_of(found):
        table.add_row(what, told)
    console.print(table)
    for row in found["waits_asked"]:
        kept = "kept" if not row["asked"] else f"{row['asked']} requests in spite of it"
        console.print(
            Text(f"{row['told_at']:%Y-%m-%d %H:%M} {row['domain']} asks to wait until {row['ends_at']:%H:%M}: {kept}")
        )
    for row in found["rules_broken"]:
        line = f"{row['fetched_at']:%Y-%m-%d %H:%M} {row['feed_id']}: {row['rule']}, {row['seconds']} s"
        console.print(Text(line, style="red"))
