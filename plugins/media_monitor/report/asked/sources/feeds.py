"""The feeds of the beat, and what the last fetch of each gave."""

from typing import Any

from media_monitor import consistency
from media_monitor.config import Settings
from media_monitor.warehouse import query


def rows(settings: Settings) -> list[dict[str, Any]]:
    """A row a feed, with the state of its last fetch (null where it was never fetched)."""
    states = query.fetch_states(settings.home)
    return [
        {
            "feed_id": feed.feed_id,
            "outlet": feed.outlet,
            "publisher": feed.publisher,
            "language": feed.language,
            "country": feed.country,
            "affiliation": feed.affiliation,
            "url": feed.url,
            "failures": states[feed.feed_id].failures if feed.feed_id in states else None,
            "next_due_at": states[feed.feed_id].next_due_at if feed.feed_id in states else None,
        }
        for feed in consistency.feeds_of(settings)
    ]
