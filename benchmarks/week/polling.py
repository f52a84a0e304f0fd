"""The poller beside: every feed every quarter of an hour, no validators, no patience, no memory of what is gone.

It asks the same script, without the detour over the network.
"""

from collections.abc import Sequence

from week.asking import RUN_EVERY, Diary
from week.script import reply
from week.serving import Judge, written
from week.world import DAY, START, Served

_MOST_REDIRECTS = 5


def poll(feeds: Sequence[Served], days: float, spacing: float) -> tuple[Diary, Judge]:
    """What it finds, and what its servers see. The requests of a run come all at once."""
    diary, judge = Diary(), Judge(spacing)
    sizes: dict[tuple[int, int], int] = {}
    for run in range(int(days * DAY / RUN_EVERY)):
        now = START + run * RUN_EVERY
        for feed in feeds:
            _fetch(feed, now, diary, judge, sizes)
    return diary, judge


def _fetch(feed: Served, now: float, diary: Diary, judge: Judge, sizes: dict[tuple[int, int], int]) -> None:
    path, said = feed.path, reply(feed, feed.path, "", "", now)
    for _ in range(_MOST_REDIRECTS):
        if said.status not in (301, 302):
            break
        judge.asked(feed, now)
        judge.answered(feed, said, len(written(said, feed, now, 0)), now)
        path = dict(said.headers)["Location"]
        said = reply(feed, path, "", "", now)
    last = feed.count(now)
    key = (feed.number, last if said.whole else -said.status)
    if key not in sizes:
        sizes[key] = len(written(said, feed, now, 10_000))
    judge.asked(feed, now)
    judge.answered(feed, said, sizes[key], now)
    found = diary.found.setdefault(feed.number, {})
    fresh = [n for n in range(max(last - feed.window, 0) + 1, last + 1) if n not in found] if said.whole else []
    found |= dict.fromkeys(fresh, now)
    diary.fetches += 1
    diary.by_feed[feed.number] += 1
    diary.wasted += not fresh
    diary.failed += not said.whole
