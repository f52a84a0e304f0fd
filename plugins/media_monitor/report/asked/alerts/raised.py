"""Alerts and what became of each, from the published warehouse: for the command line, the page and its JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import places, query

Row = dict[str, Any]
PER_PAGE = 50
# What a desk asks for, as states of `alerts_at`; every state is in one of them.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "pending": ("waiting", "due later"),
    "failed": ("failed", "unknown"),
    "sent": ("sent",),
    "acknowledged": ("acknowledged",),
    "withdrawn": ("withdrawn",),
    "wrong": ("wrong",),
    "implied": ("told with another",),
}
_FILTERS = ("kind", "claim", "party", "language", "outlet", "since", "until", "q")
_WANTED = """
    ($states::VARCHAR[] = [] OR list_contains($states, state))
    AND ($kind::VARCHAR IS NULL OR kind = $kind)
    AND ($claim::VARCHAR IS NULL OR claim = $claim)
    AND ($party::VARCHAR IS NULL OR party = $party)
    AND ($language::VARCHAR IS NULL OR language = $language)
    AND ($outlet::VARCHAR IS NULL OR outlet = $outlet)
    AND ($since::DATE IS NULL OR raised_at::DATE >= $since)
    AND ($until::DATE IS NULL OR raised_at::DATE <= $until)
    AND ($q::VARCHAR IS NULL OR contains(lower(concat_ws(' ', summary, quote, speaker, title)), lower($q)))
"""

_CLAIMS = """
    SELECT DISTINCT a.claim AS value, coalesce(c.title, a.claim) AS title
    FROM alerts AS a LEFT JOIN claims AS c USING (claim)
    WHERE a.claim IS NOT NULL ORDER BY title
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which alerts are asked for. `groups` are keys of GROUPS, none for all; days are of `raised_at`, UTC, included."""

    groups: tuple[str, ...] = ()
    kind: str | None = None
    claim: str | None = None
    party: str | None = None
    language: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    q: str | None = None

    def parameters(self, *, groups: bool = True) -> Row:
        """What fills the conditions of a query, with or without the state asked for."""
        states = [state for group in self.groups for state in GROUPS[group]] if groups else []
        return {"states": states, **{name: getattr(self, name) for name in _FILTERS}}


def rows(settings: Settings, asked: Filters, page: int | None = None) -> list[Row]:
    """The alerts asked for as rows of `alerts_at`, the newest first: all, or one page of them, from 1; none while
    nothing is published."""
    if not places.published(settings.home).exists():
        return []
    more = "" if page is None else f"LIMIT {PER_PAGE} OFFSET {(page - 1) * PER_PAGE}"
    sql = f"FROM alerts_at($now) WHERE {_WANTED} ORDER BY raised_at DESC, alert_id DESC {more}"
    return query.rows(settings.home, sql, {"now": settings.now(), **asked.parameters()})


def counts(settings: Settings, asked: Filters) -> dict[str, int]:
    """How many alerts there are in each group, whatever group is asked for; no group is left out."""
    if not places.published(settings.home).exists():
        return dict.fromkeys(GROUPS, 0)
    sql = f"SELECT state, count(*) AS n FROM alerts_at($now) WHERE {_WANTED} GROUP BY state"
    found = query.rows(settings.home, sql, {"now": settings.now(), **asked.parameters(groups=False)})
    by_state = {row["state"]: row["n"] for row in found}
    return {group: sum(by_state.get(state, 0) for state in states) for group, states in GROUPS.items()}


def one(settings: Settings, alert_id: str) -> Row:
    """The alert with this id.

    Raises:
        QueryError: there is none.
    """
    sql = "FROM alerts_at($now) WHERE alert_id = $id"
    found = query.rows(settings.home, sql, {"now": settings.now(), "id": alert_id})
    if not found:
        raise QueryError(f"alert {alert_id}", "there is no such alert")
    return found[0]


def choices(settings: Settings) -> dict[str, list[Row]]:
    """What alerts can be filtered by: kinds, claims with their titles, and parties that there are alerts on."""
    if not places.published(settings.home).exists():
        return {"kinds": [], "claims": [], "parties": []}
    return {
        "kinds": query.rows(settings.home, "SELECT DISTINCT kind AS value FROM alerts_at(now()) ORDER BY value"),
        "claims": query.rows(settings.home, _CLAIMS),
        "parties": query.rows(
            settings.home, "SELECT DISTINCT party AS value FROM alerts WHERE party IS NOT NULL ORDER BY value"
        ),
    }


def named(settings: Settings, alert_id: str) -> list[Row]:
    """The alerts that the message of this one names with it: what its claim implies for the same party."""
    sql = """
        WITH RECURSIVE told AS (
            SELECT * FROM alerts_at($now) WHERE alert_id = $id
            UNION
            SELECT a.* FROM alerts_at($now) AS a
            JOIN told AS t ON a.implied_by = t.claim AND a.party = t.party AND a.kind = t.kind AND a.beat = t.beat
        )
        SELECT * FROM told WHERE alert_id <> $id ORDER BY claim
    """
    return query.rows(settings.home, sql, {"now": settings.now(), "id": alert_id})
