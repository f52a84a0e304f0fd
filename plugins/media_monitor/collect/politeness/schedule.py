"""Which feeds are fetched when, and together with which others."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from media_monitor.collect.politeness.moves import address
from media_monitor.collect.web.domains import registrable
from media_monitor.sources import Feed, FetchState

LONGEST_WAIT = timedelta(hours=24)
# A run that starts every interval finds a feed whose last fetch began some seconds after the last start. Without
# this much tolerance such a feed would be fetched every second time only.
TOLERANCE = timedelta(minutes=2)


def due(feeds: Iterable[Feed], states: Mapping[str, FetchState], now: datetime, force: bool) -> list[Feed]:
    """The feeds to fetch at `now` (aware UTC), in their order: never fetched, or their time has come.

    Feeds that fail or asked for patience wait to the second; healthy ones may be up to two minutes early. A domain
    that asked for patience is left alone with all of its feeds, also where `force` makes every feed due; a retired
    feed is due by force only.
    """
    blocked = {s.domain for s in states.values() if s.domain and s.blocked_until and s.blocked_until > now}
    known = ((feed, state_of(feed, states)) for feed in feeds)
    asked = ((feed, state) for feed, state in known if registrable(address(feed, state)) not in blocked)
    return [feed for feed, state in asked if force or _is_due(state, now)]


def state_of(feed: Feed, states: Mapping[str, FetchState]) -> FetchState:
    """What is known of the feed; nothing where its address in the feed list has changed."""
    state = states.get(feed.feed_id)
    stale = state is None or state.feed_url not in (None, feed.url)
    return FetchState(feed.feed_id) if state is None or stale else state


def _is_due(state: FetchState, now: datetime) -> bool:
    if state.retired_at is not None:
        return False
    if state.next_due_at is None:
        return True
    early = TOLERANCE if state.failures == 0 else timedelta(0)
    return state.next_due_at - early <= now


def next_due_at(fetched_at: datetime, failures: float, interval: timedelta) -> datetime:
    """When the feed may be fetched again: one interval later, and one more for each failure's weight in a row.

    The back-off is linear because feeds do come back; it ends at 24 hours.
    """
    return fetched_at + max(interval, min(interval * (1 + failures), LONGEST_WAIT))


def chunks(feeds: Iterable[Feed], size: int) -> list[list[Feed]]:
    """The feeds in lists of at most `size`; feeds of one host share a list, which only a host that has more makes
    longer: it is asked one feed at a time, in however many lists they stood.
    """
    packed: list[list[Feed]] = []
    for group in sorted(by_host(feeds), key=len, reverse=True):
        place = next((chunk for chunk in packed if len(chunk) + len(group) <= size), None)
        if place is None:
            packed.append(list(group))
        else:
            place.extend(group)
    return packed


def by_host(feeds: Iterable[Feed]) -> list[list[Feed]]:
    """The feeds in one list a host, in the order in which hosts first appear."""
    groups: dict[str, list[Feed]] = {}
    for feed in feeds:
        groups.setdefault(host(feed.url), []).append(feed)
    return list(groups.values())


def host(url: str) -> str:
    """Host and port of the URL in lower case; the whole URL where it has none or cannot be read."""
    try:
        return urlsplit(url).netloc.lower().rpartition("@")[2] or url
    except ValueError:
        return url
