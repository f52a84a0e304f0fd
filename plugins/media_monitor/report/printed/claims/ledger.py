"""The claim ledger as a matrix: claims in rows, parties in columns."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.report.asked.claims.ledger import ALL, MARKS, SIGNS, Wanted, parties, rows

LEGEND = (
    "✔ confirmed  (✔) implicitly  ✘ denied  – neither confirmed nor denied  says: alleged  · silent",
    "⟲ after the opposite  ⚔ somebody says the opposite now  ◦ on record since before the ledger began",
    "Underlined: a party to the claim. Date: since when.  media-monitor claims CLAIM: its history.",
)


CLAIM_WIDTH, CELL_WIDTH = 30, 17  # characters; parties that do not fit the terminal are left to --json


def print_matrix(console: Console, settings: Settings, wanted: Wanted = ALL) -> None:
    """Prints the ledger of the parties that have most to say."""
    found = rows(settings, wanted)
    if not found:
        console.print("No claim and party is as you ask.")
        return
    shown = parties(found)[: max(2, (console.width - CLAIM_WIDTH) // CELL_WIDTH)]
    table = Table("Claim", *shown, title="\nClaim ledger", title_justify="left", show_lines=False)
    cells = {(row["claim"], row["party"]): row for row in found}
    for claim in dict.fromkeys(row["claim"] for row in found):
        table.add_row(claim, *(_cell(cells.get((claim, party))) for party in shown))
    console.print(table)
    for line in LEGEND:
        console.print(Text(line, style="dim"))


def _cell(row: dict[str, Any] | None) -> Text:
    if row is None:
        return Text("")
    mark, style = MARKS[row["state"]]
    since = f" {row['since']:%y-%m-%d}" if row["since"] else ""
    text = Text(f"{mark}{since}", style=f"{style} underline" if row["is_party"] else style)
    for name, (sign, colour) in SIGNS.items():
        if row[name]:
            text.append(f" {sign}", style=colour)
    return text
