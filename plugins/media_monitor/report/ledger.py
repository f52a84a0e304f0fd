"""The claim ledger: claims in rows, parties in columns, state and since when."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.warehouse import query

MARKS = {
    "confirmed": ("✔", "green"),
    "implicit": ("(✔)", "green"),
    "denied": ("✘", "red"),
    "declined": ("–", "yellow"),
    "alleged": ("says", "cyan"),
    "silent": ("·", "dim"),
}
SIGNS = {"reversal": ("⟲", "magenta"), "opposed": ("⚔", "red"), "on_record": ("◦", "dim")}
LEGEND = (
    "✔ confirmed  (✔) implicitly  ✘ denied  – neither confirmed nor denied  says: alleged  · silent",
    "⟲ after the opposite  ⚔ somebody says the opposite now  ◦ on record since before the ledger began",
    "Underlined: a party to the claim. Date: since when.  media-monitor claims CLAIM: its history.",
)
CLAIM_WIDTH, CELL_WIDTH = 30, 17  # characters; parties that do not fit the terminal are left to --json


def rows(settings: Settings) -> list[dict[str, Any]]:
    """`claim_status`, a row a claim and party."""
    return query.rows(settings.home, "SELECT * FROM claim_status")


def disputed(settings: Settings) -> set[tuple[str, str]]:
    """(claim, party) of all who say the opposite of somebody else, or of themselves."""
    return {
        (row["claim"], row["party"])
        for row in query.rows(
            settings.home, "SELECT DISTINCT claim, party FROM disputes WHERE opponent_state <> 'alleged'"
        )
    }


def print_matrix(console: Console, settings: Settings) -> None:
    """Prints the ledger of the parties that have most to say."""
    found = rows(settings)
    shown = parties(found)[: max(2, (console.width - CLAIM_WIDTH) // CELL_WIDTH)]
    opposed = disputed(settings)
    for row in found:
        row["opposed"] = (row["claim"], row["party"]) in opposed
    table = Table("Claim", *shown, title="\nClaim ledger", title_justify="left", show_lines=False)
    cells = {(row["claim"], row["party"]): row for row in found}
    for claim in dict.fromkeys(row["claim"] for row in found):
        table.add_row(claim, *(_cell(cells.get((claim, party))) for party in shown))
    console.print(table)
    for line in LEGEND:
        console.print(Text(line, style="dim"))


def parties(found: list[dict[str, Any]]) -> list[str]:
    """The parties of rows of `claim_status`, those first that have most to say."""
    said = [row["party"] for row in found if row["state"] != "silent"] or [r["party"] for r in found]
    return sorted(set(said), key=lambda party: (-said.count(party), party))


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
