"""How long to wait between two fetches of a feed: learnt from how much of what it brings is old.

The share of duplicates is the signal of Media Cloud's rss-fetcher; its steps are of minutes and lead to intervals in
which half of a feed turns over. Confirmations cannot wait as long, so the steps here are factors that settle where a
fetch brings about one new item: a busy feed is asked every quarter of an hour, a quiet one less and less.
"""

from collections.abc import Sequence
from datetime import timedelta

START = timedelta(hours=1)  # for a feed that nothing is known of
STEADY = 2  # fetches that came in time before the interval is changed: the first ones bring old items as new
FEW_KNOWN = 1 / 3  # with fewer duplicates, items may have left the feed between two fetches
LONGER, SHORTER = 1.3, 0.6
# A fetch that comes later than this after it was due tells nothing of the interval: a share of the wait, and at least
# the time between two runs of whoever runs hourly.
LATE_SHARE, LATE_LEAST = 0.5, timedelta(hours=1)


def longest(tier: int, by_tier: Sequence[int]) -> timedelta:
    """The longest interval of a feed of the tier (1 the best); the last one counts for all further tiers."""
    return timedelta(minutes=by_tier[min(tier, len(by_tier)) - 1])


def start(shortest: timedelta, most: timedelta) -> timedelta:
    """The interval after the first fetch."""
    return max(shortest, min(START, most))


def few_known(entries: int, new: int) -> bool:
    """Whether so few of the items were known that some may have been missed before them."""
    return entries > 0 and (entries - new) / entries < FEW_KNOWN


def heeded(hint: timedelta, interval: timedelta, entries: int, new: int, on_time: int) -> timedelta:
    """How much of a publisher's wish can be heeded without missing items: nothing where that seems to have happened,
    else up to a quarter of the time in which the feed turns over, if each interval brings an item. All of it while
    little is known of the feed."""
    if on_time < STEADY or not entries:
        return hint
    return timedelta(0) if few_known(entries, new) else min(hint, interval * entries / 4)


def adapted(
    interval: timedelta, entries: int, new: int, on_time: int, shortest: timedelta, most: timedelta
) -> timedelta:
    """The next interval, after a fetch that found `new` of `entries` items (0 of 0 for an unchanged feed).

    `on_time` is how many successful fetches in a row came in time.
    """
    if on_time >= STEADY:
        if few_known(entries, new):
            interval = shortest
        elif new != 1:
            interval *= LONGER if new == 0 else SHORTER
    return max(shortest, min(interval, most))
