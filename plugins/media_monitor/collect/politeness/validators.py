"""Whether a server's word that nothing changed is taken.

Most servers keep to their validators (ETag, Last-Modified); some answer 304 for ever, or give one ETag to everything.
So now and then a feed is asked without them, and a server that is caught is not asked by them for a week. A feed that
is asked every hour or oftener is checked every six hours, for there a lie hides much; a quiet one once a day.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from media_monitor.model import Article
from media_monitor.sources import FetchState

CHECK_EVERY = timedelta(hours=24)
CHECK_BUSY_EVERY = timedelta(hours=6)
_FETCHES = 4  # at least so many intervals between two checks
SUSPECT_FOR = timedelta(days=7)
HIDDEN = timedelta(minutes=30)  # an item this much older than a 304 was hidden by it, and not just late in the feed


def conditional(state: FetchState, now: datetime) -> bool:
    """Whether the feed may be asked by its validators now."""
    if not (state.etag or state.last_modified):
        return False
    if state.lying_since and now - state.lying_since < SUSPECT_FOR:
        return False
    usual = _FETCHES * timedelta(minutes=state.interval_minutes or 0)
    return state.checked_at is not None and now - state.checked_at < max(CHECK_BUSY_EVERY, min(usual, CHECK_EVERY))


def hidden(articles: Iterable[Article], unchanged_at: datetime | None) -> int:
    """How many of the new articles were there already when the server said that nothing had changed."""
    if unchanged_at is None:
        return 0
    return sum(a.published_at is not None and a.published_at + HIDDEN < unchanged_at for a in articles)
