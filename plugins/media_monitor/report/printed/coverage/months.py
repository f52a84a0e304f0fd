"""Coverage by claim and month, with a line of bars."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.report.asked.coverage.months import MONTHS, rows

BARS = " ▁▂▃▄▅▆▇█"


CLAIM_WIDTH, MONTH_WIDTH = 44, 7  # characters: the claim and its bars, and a month


def print_overview(console: Console, settings: Settings, months: int = MONTHS) -> None:
    """Prints how many articles carry a statement on each claim, month by month."""
    found = rows(settings, months)
    if not found:
        console.print("No coverage yet: no article has a statement on a claim of the beat.")
        return
    columns = _months(found)[-max(3, (console.width - CLAIM_WIDTH) // MONTH_WIDTH) :]
    table = Table("Claim", title="\nTrend: articles by claim and month", title_justify="left")
    for month in columns:
        table.add_column(f"{month:%b}\n{month:%Y}", justify="right")
    table.add_column("", no_wrap=True, style="cyan")
    for claim in sorted({row["claim"] for row in found}):
        of = {row["month"]: row["articles"] for row in found if row["claim"] == claim}
        counts = [of.get(month, 0) for month in columns]
        if not any(counts):
            continue
        table.add_row(Text(claim, no_wrap=True), *(str(n or "") for n in counts), bars(counts))
    console.print(table)


def _months(found: list[dict[str, Any]]) -> list[date]:
    first, last = min(row["month"] for row in found), max(row["month"] for row in found)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(count)]


def bars(counts: Sequence[int]) -> str:
    """A bar a count, the highest as high as a line.

    >>> bars([0, 2, 1])
    ' █▄'
    """
    top = max(counts, default=0) or 1
    return "".join(BARS[-(-n * (len(BARS) - 1) // top)] for n in counts)
