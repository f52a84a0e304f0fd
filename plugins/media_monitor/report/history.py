"""What the ledger has on one claim: each party's dated history, its sources, its opponents, what was withdrawn."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query

# The parts of a party's history: their view, and the columns that they are shown with.
_PARTS = {
    "history": ("ledger_steps", "party, step"),
    "sources": ("source_trees", "party, stance, primary_source, printed_at, statement_id"),
    "opposite": ("disputes", "party, opponent"),
    "withdrawn": ("withdrawn_statements", "withdrawn_at, statement_id"),
}
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


def dossier(settings: Settings, claim: str, party: str | None = None) -> Row:
    """The claim with its parties: those whose word makes it official first. Each has its status, and lists of rows:
    `history`, `sources`, `opposite`, `withdrawn`.

    Raises:
        QueryError: there is no such claim, or the party has said nothing on it and is no party to it.
    """
    registered = known(settings, claim)
    rows = _of(settings, "claim_status", claim, "is_party DESC, party")
    if party is not None:
        wanted = [row for row in rows if row["party"].lower() == party.lower()]
        if not wanted:
            told = f"has said nothing on {claim}{nearest(party, [row['party'] for row in rows])}"
            raise QueryError(f"party {party!r}", told)
        rows = wanted
    parts = {name: _of(settings, view, claim, order) for name, (view, order) in _PARTS.items()}
    return {**registered, "standing": [{**row, **_own(parts, row["party"])} for row in rows]}


def _of(settings: Settings, view: str, claim: str, order: str) -> list[Row]:
    return query.rows(settings.home, f"SELECT * EXCLUDE (claim) FROM {view} WHERE claim = ? ORDER BY {order}", [claim])


def _own(parts: Mapping[str, list[Row]], party: str) -> dict[str, list[Row]]:
    return {name: [row for row in rows if row["party"] == party] for name, rows in parts.items()}
