"""What the ledger has on one claim: each party's dated history, its sources, its opponents, what was withdrawn."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query

_OWN = "claim = $claim AND ($party::VARCHAR IS NULL OR party = upper($party::VARCHAR))"
# The parts of a party's history: the latest steps, the first sources of each state, opponents, what was withdrawn.
_PARTS = {
    "history": f"""
        WITH
            steps AS MATERIALIZED (
                SELECT * EXCLUDE (claim) REPLACE (evidence[:$sources] AS evidence) FROM ledger_steps WHERE {_OWN}
                QUALIFY row_number() OVER (PARTITION BY party ORDER BY step DESC) <= $steps
            ),
            printed AS (
                SELECT DISTINCT statement_id, article_id FROM statements
                WHERE statement_id IN (SELECT first_statement FROM steps)
            )
        SELECT steps.*, printed.article_id
        FROM steps LEFT JOIN printed ON printed.statement_id = steps.first_statement
        ORDER BY party, step
    """,
    "sources": f"""
        SELECT * EXCLUDE (claim) FROM source_trees WHERE {_OWN}
        QUALIFY row_number() OVER (PARTITION BY party, state ORDER BY printed_at, statement_id) <= $sources
        ORDER BY party, stance, primary_source, printed_at, statement_id
    """,
    "opposite": f"""
        SELECT * EXCLUDE (claim)
            REPLACE (evidence[:$sources] AS evidence, opponent_evidence[:$sources] AS opponent_evidence)
        FROM disputes WHERE {_OWN} ORDER BY party, opponent
    """,
    "withdrawn": f"""
        SELECT * EXCLUDE (claim) FROM withdrawn_statements WHERE {_OWN}
        QUALIFY row_number() OVER (PARTITION BY party ORDER BY withdrawn_at DESC, statement_id) <= $sources
        ORDER BY withdrawn_at, statement_id
    """,
}
_ALL = (2**31 - 1, 2**31 - 1)
Row = dict[str, Any]


def known(settings: Settings, claim: str) -> Row:
    """The row of the claim in the registry.

    Raises:
        QueryError: there is no such claim; the message names the nearest id.
    """
    rows = {row["claim"]: row for row in query.rows(settings.home, "SELECT claim, title, parties FROM claims")}
    if claim not in rows:
        raise QueryError(f"claim {claim!r}", f"there is none of that id{nearest(claim, rows)}")
    return rows[claim]


def nearest(word: str, words: Iterable[str]) -> str:
    """ "; do you mean X?" with the most similar of the words, else all of them.

    >>> nearest("troops_combat", ["treaty", "troops_in_combat"])
    '; do you mean troops_in_combat?'
    """
    ordered = sorted(words)
    close = get_close_matches(word.lower(), ordered, n=1, cutoff=0.5)
    return f"; do you mean {close[0]}?" if close else f"; there are {', '.join(ordered)}"


def dossier(settings: Settings, claim: str, party: str | None = None, most: tuple[int, int] = _ALL) -> Row:
    """The claim with its parties: those whose word makes it official first. Each has its status, and lists of rows:
    `history`, `sources`, `opposite`, `withdrawn`. `most`: of each party so many steps, the latest, and so many rows of
    the other lists.

    Raises:
        QueryError: there is no such claim, or the party has said nothing on it and is no party to it.
    """
    registered = known(settings, claim)
    sql = """
        SELECT * EXCLUDE (claim) REPLACE (evidence[:$sources] AS evidence) FROM claim_status
        WHERE claim = $claim ORDER BY is_party DESC, party
    """
    steps, sources = most
    rows = query.rows(settings.home, sql, {"claim": claim, "sources": sources})
    if party is not None:
        wanted = [row for row in rows if row["party"].lower() == party.lower()]
        if not wanted:
            told = f"has said nothing on {claim}{nearest(party, [row['party'] for row in rows])}"
            raise QueryError(f"party {party!r}", told)
        rows = wanted
    asked = {"claim": claim, "party": party, "steps": steps, "sources": sources}
    parts = {name: _asked(settings, part, asked) for name, part in _PARTS.items()}
    return {**registered, "standing": [{**row, **_own(parts, row["party"])} for row in rows]}


def _asked(settings: Settings, sql: str, values: Mapping[str, Any]) -> list[Row]:
    return query.rows(settings.home, sql, {name: value for name, value in values.items() if f"${name}" in sql})


def _own(parts: Mapping[str, list[Row]], party: str) -> dict[str, list[Row]]:
    return {name: [row for row in rows if row["party"] == party] for name, rows in parts.items()}
