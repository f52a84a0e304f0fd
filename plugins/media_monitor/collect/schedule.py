"""Which feeds are fetched when, and together with which others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from media_monitor.model import Feed, FetchState

LONGEST_WAIT = timedelta(hours=24)
# A run that starts every interval finds a feed whose last fetch began some seconds after the last start. Without
# this much tolerance such a feed would be fetched every second time only.
TOLERANCE = timedelta(minutes=2)


def due(feeds: Iterable[Feed], states: Mapping[str, FetchState], now: datetime, force: bool) -> list[Feed]:
    """The feeds to fetch at `now` (aware UTC), in their order: never fetched, or their time has come.

    Feeds that fail or asked for patience wait to the second; healthy ones may be up to two minutes early.
    """
    return [feed for feed in feeds if force or _is_due(states.get(feed.feed_id), now)]


def _is_due(state: FetchState | None, now: datetime) -> bool:
    if state is None or state.next_due_at is None:
        return True
    early = TOLERANCE if state.failures == 0 else timedelta(0)
    return state.next_due_at - early <= now


def next_due_at(
    fetched_at: datetime, failures: float, interval: timedelta, retry_after: timedelta | None = None
) -> datetime:
    """When the feed may be fetched again: one interval later, and one more for each failure's weight in a row.

    The back-off is linear because feeds do come back; it ends at 24 hours, and so does `retry_after`, what the
    server asked for.
    """
    wait = max(interval, min(interval * (1 + failures), LONGEST_WAIT))
    return fetched_at + max(wait, min(retry_after or timedelta(0), LONGEST_WAIT))


def chunks(feeds: Iterable[Feed], size: int) -> list[list[Feed]]:
    """The feeds in lists of at most `size`; feeds of one host share a list, as far as its size allows.

    A host is asked by one chunk only, which asks it one feed at a time.
    """
    packed: list[list[Feed]] = []
    for group in sorted(_slices(by_host(feeds), size), key=len, reverse=True):
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


def _slices(groups: Sequence[Sequence[Feed]], size: int) -> list[Sequence[Feed]]:
    return [group[i : i + size] for group in groups for i in range(0, len(group), size)]
