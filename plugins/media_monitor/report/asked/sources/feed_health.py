"""How the feeds fare, from the fetches that are stored: the worst first."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from media_monitor import consistency
from media_monitor.collect.politeness.moves import address
from media_monitor.collect.politeness.schedule import state_of
from media_monitor.config import Settings
from media_monitor.sources import Feed, FetchState
from media_monitor.warehouse import query

SILENT_TIMES = 4  # a feed that has brought nothing new for this many times its usual gap is silent
SILENT_LEAST = timedelta(days=1)
PAGE_ROWS = 50
States = Literal["retired", "failing", "silent", "lying", "waiting", "moved", "new", "well"]
STATES: tuple[States, ...] = get_args(States)
# The usual gap is the median time between two fetches that brought something new, where there were three or more in the
# 100 days up to the last fetch of all.
_SQL = """
    WITH news AS (
        SELECT feed_id, fetched_at - lag(fetched_at) OVER (PARTITION BY feed_id ORDER BY fetched_at) AS gap
        FROM fetches
        WHERE new_entries > 0 AND day >= (SELECT max(day) - 100 FROM feed_days)
    ),
    usual AS (
        SELECT feed_id, epoch(median(gap)) / 60 AS minutes FROM news GROUP BY feed_id HAVING count(gap) >= 3
    ),
    days AS (
        SELECT
            feed_id, max(day) AS day, CAST(sum(fetches) AS BIGINT) AS fetches, CAST(sum(failed) AS BIGINT) AS failed,
            max(last_success) AS last_success, max(last_news) AS last_new
        FROM feed_days
        GROUP BY feed_id
    )
    SELECT d.* EXCLUDE (day), f.error, f.note, usual.minutes AS usual_minutes
    FROM days AS d
    JOIN fetches AS f USING (feed_id, day)
    LEFT JOIN usual USING (feed_id)
    QUALIFY row_number() OVER (PARTITION BY d.feed_id ORDER BY f.fetched_at DESC, f.batch DESC) = 1
"""


def rows(settings: Settings) -> list[dict[str, Any]]:
    """A row a feed of the list, the worst first; null for what is not known of it."""
    states, told = _stored(settings)
    now = settings.now()
    found = [
        _row(feed, state_of(feed, states), told.get(feed.feed_id, {}), now) for feed in consistency.feeds_of(settings)
    ]
    return sorted(found, key=lambda row: (STATES.index(row["state"]), -(row["failures"] or 0), row["feed_id"]))


def row(settings: Settings, feed: Feed) -> dict[str, Any]:
    """The row of one feed, listed or not."""
    states, told = _stored(settings)
    return _row(feed, state_of(feed, states), told.get(feed.feed_id, {}), settings.now())


def page(
    settings: Settings,
    state: States | None = None,
    language: str | None = None,
    affiliation: str | None = None,
    q: str | None = None,
    page: int = 1,
) -> dict[str, Any]:
    """`states` (state → feeds, of the whole list), `total`, `page`, `pages`, `rows`: as `rows` of the feeds asked for,
    with what the list tells of each. `q` stands in the outlet's name, the id, the family or the address."""
    listed = {feed.feed_id: feed for feed in consistency.feeds_of(settings)}
    found = rows(settings)
    states = {name: sum(row["state"] == name for row in found) for name in STATES}
    asked = [row for row in found if _is_asked(listed[row["feed_id"]], row["state"], state, language, affiliation, q)]
    shown = [_listed(listed[row["feed_id"]]) | row for row in asked[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]]
    pages = max(1, -(-len(asked) // PAGE_ROWS))
    return {"states": states, "total": len(asked), "page": page, "pages": pages, "rows": shown}


def _is_asked(
    feed: Feed, found: str, state: str | None, language: str | None, affiliation: str | None, q: str | None
) -> bool:
    chosen = (state in (None, found), language in (None, feed.language), affiliation in (None, feed.affiliation))
    words = "\n".join((feed.outlet, feed.feed_id, feed.publisher, feed.url)).casefold()
    return all(chosen) and (q or "").casefold() in words


def _listed(feed: Feed) -> dict[str, Any]:
    names = ("publisher", "language", "country", "affiliation", "tier")
    return {name: getattr(feed, name) for name in names}


def _stored(settings: Settings) -> tuple[Mapping[str, FetchState], dict[str, dict[str, Any]]]:
    states = consistency.sound(settings, query.fetch_states)
    history = consistency.sound(settings, lambda home: query.rows(home, _SQL)) if states else []
    return states, {row.pop("feed_id"): row for row in history}


def _row(feed: Feed, state: FetchState, told: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    told = told if state.fetched_at else {}  # what is stored of another address is not this feed's
    since = now - told["last_new"] if told.get("last_new") else None
    usual = timedelta(minutes=told["usual_minutes"]) if told.get("usual_minutes") else None
    silent = bool(since and usual and since > max(usual * SILENT_TIMES, SILENT_LEAST))
    blocked = state.blocked_until if state.blocked_until and state.blocked_until > now else None
    moved = state.moved_to if address(feed, state) != feed.url else None
    row = {
        "feed_id": feed.feed_id,
        "outlet": feed.outlet,
        "url": feed.url,
        "fetches": told.get("fetches", 0),
        "failed": told.get("failed", 0),
        "failures": state.failures if state.fetched_at else None,
        "last_success": told.get("last_success"),
        "last_new": told.get("last_new"),
        "usual_minutes": _minutes(usual),
        "silent_minutes": _minutes(since),
        "interval_minutes": state.interval_minutes,
        "next_due_at": state.next_due_at,
        "blocked_until": blocked,
        "error": told.get("error"),
        "moved_to": moved,
        "lying_since": state.lying_since,
        "retired_at": state.retired_at,
        "note": told.get("note"),
    }
    return {"state": _state(row, silent), **row}


def _state(row: Mapping[str, Any], silent: bool) -> str:
    if row["retired_at"]:
        return "retired"
    if not row["fetches"]:
        return "new"
    if row["blocked_until"]:
        return "waiting"
    if row["failures"]:
        return "failing"
    if silent:
        return "silent"
    return "lying" if row["lying_since"] else "moved" if row["moved_to"] else "well"


def _minutes(span: timedelta | None) -> float | None:
    return round(span.total_seconds() / 60, 1) if span is not None else None
