"""The history of one feed: its row of the list, how it fares, its fetches, its errors, and what it brought."""

import difflib
from dataclasses import asdict
from typing import Any

from media_monitor import consistency
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.sources import feed_health
from media_monitor.sources import Feed
from media_monitor.warehouse import query

PAGE_ROWS = 50
MOST_ARTICLES = 20
_UNLISTED = """
    SELECT
        t.feed_id, coalesce(t.feed_url, t.url) AS url, t.outlet, coalesce(a.publisher, t.domain, '') AS publisher,
        a.language, a.country, coalesce(a.affiliation, 'independent') AS affiliation
    FROM fetches AS t
    LEFT JOIN (SELECT * FROM articles WHERE feed_id = $feed AND aggregator IS NULL LIMIT 1) AS a USING (feed_id)
    WHERE t.feed_id = $feed
    ORDER BY t.fetched_at DESC, t.batch DESC LIMIT 1
"""
_LOG = f"""
    SELECT * EXCLUDE (feed_id) FROM feed_fetches WHERE feed_id = $feed
    ORDER BY fetched_at DESC, batch DESC LIMIT {PAGE_ROWS} OFFSET $skipped
"""
_ERRORS = """
    SELECT error, outcome, count(*) AS fetches, min(fetched_at) AS first_at, max(fetched_at) AS last_at
    FROM feed_fetches WHERE feed_id = $feed AND error IS NOT NULL
    GROUP BY error, outcome ORDER BY last_at DESC, error LIMIT 20
"""
_ARTICLES = f"""
    SELECT article_id, revision, title, language, relevant, coalesce(published_at, fetched_at) AS printed_at, fetched_at
    FROM articles WHERE feed_id = $feed
    ORDER BY fetched_at DESC, article_id, revision DESC LIMIT {MOST_ARTICLES}
"""


def one(settings: Settings, feed_id: str, page: int = 1) -> dict[str, Any]:
    """`feed` (row of the list), `health` (as in `feeds health`), `silence` (as in `silences`; None where there is no
    row), `log` (fetches, the newest first, a page of them), `page`, `pages`, `errors` and `articles` (the newest).

    Raises:
        QueryError: there is and was no such feed; the message names the nearest.
    """
    feed, listed = _feed(settings, feed_id)
    health = feed_health.row(settings, feed)
    parts = _stored(settings, feed_id, page) if health["fetches"] else {}
    empty: dict[str, Any] = {"silence": None, "log": [], "page": page, "pages": 1, "errors": [], "articles": []}
    return {"feed": {**asdict(feed), "listed": listed}, "health": health, **empty, **parts}


def _feed(settings: Settings, feed_id: str) -> tuple[Feed, bool]:
    """The feed, and whether the list has it; of one that it has no more, what is stored."""
    listed = {feed.feed_id: feed for feed in consistency.feeds_of(settings)}
    if feed_id in listed:
        return listed[feed_id], True
    try:
        found = query.rows(settings.home, _UNLISTED, {"feed": feed_id})
    except QueryError:  # nothing is published yet
        found = []
    if found:
        return Feed(**found[0]), False
    near = difflib.get_close_matches(feed_id, listed, 1)
    raise QueryError(f"feed {feed_id}", f"is not in the list{f'; do you mean {near[0]}?' if near else ''}")


def _stored(settings: Settings, feed_id: str, page: int) -> dict[str, Any]:
    given = {"feed": feed_id}
    silence = "FROM silences WHERE subject_kind = 'feed' AND subject = $feed"
    counted = "SELECT CAST(coalesce(sum(fetches), 0) AS BIGINT) AS fetches FROM feed_days WHERE feed_id = $feed"
    fetches = query.rows(settings.home, counted, given)[0]["fetches"]
    return {
        "silence": next(iter(query.rows(settings.home, silence, given)), None),
        "log": query.rows(settings.home, _LOG, given | {"skipped": (page - 1) * PAGE_ROWS}),
        "pages": max(1, -(-fetches // PAGE_ROWS)),
        "errors": query.rows(settings.home, _ERRORS, given),
        "articles": query.rows(settings.home, _ARTICLES, given),
    }
