"""Where a feed is asked for: the address of the feed list, or the one that it has moved to for good.

A 301 or 308 counts once several fetches in a row agreed on the new address: servers in trouble redirect everything
to a page of theirs for an hour. An address that fails later is given up for the one in the list.
"""

from media_monitor.collect.web.exchange import Answer
from media_monitor.sources import Feed, FetchState

AGREE = 3
_GONE = {404, 410}


def address(feed: Feed, state: FetchState) -> str:
    """The address to ask for."""
    return state.moved_to if state.moved_to and (state.moved_seen or 0) >= AGREE else feed.url


def moved(feed: Feed, state: FetchState, answer: Answer) -> tuple[str | None, int]:
    """(the address that it moves to, fetches in a row that agree on it) after the answer."""
    settled = address(feed, state) != feed.url
    status = answer.last.status if answer.last else None
    if answer.error:
        lost = settled and (status in _GONE or answer.last is None)
        return (None, 0) if lost else (state.moved_to, state.moved_seen or 0)
    if settled:
        return (answer.moved_to or state.moved_to), AGREE
    if answer.moved_to is None:
        return None, 0
    return answer.moved_to, (state.moved_seen or 0) + 1 if answer.moved_to == state.moved_to else 1
