"""The claim ledger: claims in rows, parties in columns, state and since when."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from media_monitor.config import Settings
from media_monitor.report.asked.claims import history
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


def parties(found: list[dict[str, Any]]) -> list[str]:
    """The parties of rows of `claim_status`, those first that have most to say."""
    said = [row["party"] for row in found if row["state"] != "silent"] or [r["party"] for r in found]
    return sorted(set(said), key=lambda party: (-said.count(party), party))
