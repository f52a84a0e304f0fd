"""The claim ledger: claims in rows, parties in columns, state and since when."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.report import history
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
STATE_WORDS = {
    "confirmed": "says that it is true",
    "implicit": "is a party to the claim, and praises or thanks for the act",
    "denied": "says that it is false",
    "declined": "neither confirms nor denies, or will not comment",
    "alleged": "asserts it without confirming",
    "silent": "is a party to the claim, and has said nothing on its truth",
}
SIGN_WORDS = {
    "reversal": "after the opposite",
    "opposed": "somebody says the opposite now",
    "on_record": "on record since before the ledger began",
}
LEGEND = (
    "✔ confirmed  (✔) implicitly  ✘ denied  – neither confirmed nor denied  says: alleged  · silent",
    "⟲ after the opposite  ⚔ somebody says the opposite now  ◦ on record since before the ledger began",
    "Underlined: a party to the claim. Date: since when.  media-monitor claims CLAIM: its history.",
)
CLAIM_WIDTH, CELL_WIDTH = 30, 17  # characters; parties that do not fit the terminal are left to --json


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cells of the ledger: all that None does not keep out. Days are those since when a state holds."""

    group: str | None = None
    party: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None


ALL = Wanted()


def rows(settings: Settings, wanted: Wanted = ALL) -> list[dict[str, Any]]:
    """`claim_status`, a row a claim and party: `statements` counts the evidence, of which the first is `statement_id`
    in `article_id`; `opposed` tells whether somebody says the opposite now.

    A `group` is a claim with all that imply it or that it implies.

    Raises:
        QueryError: there is no such claim.
    """
    if wanted.group is not None:
        history.known(settings, wanted.group)
    sql = """
        WITH
            near AS (
                SELECT $group::VARCHAR AS claim
                UNION SELECT claim FROM claim_implications WHERE implied = $group::VARCHAR
                UNION SELECT implied FROM claim_implications WHERE claim = $group::VARCHAR
            ),
            standing AS MATERIALIZED (
                SELECT * EXCLUDE (evidence), len(evidence) AS statements, evidence[1] AS statement_id
                FROM claim_status
                WHERE ($group::VARCHAR IS NULL OR claim IN (SELECT claim FROM near))
                    AND ($party::VARCHAR IS NULL OR party = upper($party::VARCHAR))
                    AND ($state::VARCHAR IS NULL OR state = $state::VARCHAR)
                    AND ($since::DATE IS NULL OR since >= $since::DATE)
                    AND ($until::DATE IS NULL OR since <= $until::DATE)
            )
        SELECT standing.*, first.article_id
        FROM standing
        LEFT JOIN (
            SELECT DISTINCT statement_id, article_id FROM statements
            WHERE statement_id IN (SELECT statement_id FROM standing)
        ) AS first USING (statement_id)
        ORDER BY claim, is_party DESC, party
    """
    found = query.rows(settings.home, sql, asdict(wanted))
    opposed = disputed(settings) if found else set()
    return [{**row, "opposed": (row["claim"], row["party"]) in opposed} for row in found]


def groups(settings: Settings) -> dict[str, str]:
    """Id and title of the claims that others imply and that imply none: each heads a group."""
    sql = """
        SELECT claim, title FROM claims
        WHERE claim IN (SELECT implied FROM claim_implications)
            AND claim NOT IN (SELECT claim FROM claim_implications)
        ORDER BY title
    """
    return {row["claim"]: row["title"] for row in query.rows(settings.home, sql)}


def disputed(settings: Settings) -> set[tuple[str, str]]:
    """(claim, party) of all who say the opposite of somebody else, or of themselves."""
    sql = "SELECT DISTINCT claim, party FROM disputes WHERE opponent_state <> 'alleged'"
    return {(row["claim"], row["party"]) for row in query.rows(settings.home, sql)}


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
