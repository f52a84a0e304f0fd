"""The figures of a week, of whoever asked."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from week.asking import Diary
from week.serving import Log
from week.world import DAY, LIARS, START, Served

CLASSES = ((0.0, 1.0), (1.0, 10.0), (10.0, 50.0), (50.0, 1000.0))


@dataclass(frozen=True, slots=True)
class Delay:
    """Minutes from the publication of an item to its being seen."""

    items: int
    median: float
    p90: float

    @classmethod
    def of(cls, minutes: Sequence[float]) -> "Delay":
        if len(minutes) < 2:
            return cls(len(minutes), *(2 * list(minutes) or [0.0, 0.0]))
        return cls(len(minutes), median(minutes), quantiles(minutes, n=10)[-1])


@dataclass(frozen=True, slots=True)
class Figures:
    """All of a week. Shares are of 1, delays by items a day and by tier; `liars` are those that hid something."""

    requests_a_feed_a_day: float
    megabytes: float
    wasted: float
    share_304: float
    missed: int
    items: int
    delay: Delay
    by_rate: dict[str, Delay]
    by_tier: dict[str, Delay]
    liars: int
    caught: int
    caught_after_hours: float
    accused_wrongly: int
    too_soon: int
    shortest_gap: float
    impatient: int
    undead: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def figures(feeds: Sequence[Served], days: float, diary: Diary, log: Log) -> Figures:
    """Items count that came after the start and a day before the end, while the feed was there to be asked."""
    seen = {feed.number: _delays(feed, days, diary.found.get(feed.number, {})) for feed in feeds}
    requests = log.requests
    liars = {f.number for f in feeds if f.validators in LIARS}
    hiding = {n for n in liars if len(seen[n]) > 0}
    caught = [(at - START) / 3600 for n, at in diary.caught.items() if n in liars]

    def delay(chosen: Iterable[Served]) -> Delay:
        return Delay.of([m for feed in chosen for m in seen[feed.number] if m is not None])

    return Figures(
        requests_a_feed_a_day=requests / len(feeds) / days,
        megabytes=log.bytes / 1e6,
        wasted=diary.wasted / max(diary.fetches, 1),
        share_304=log.statuses[304] / max(requests, 1),
        missed=sum(m is None for minutes in seen.values() for m in minutes),
        items=sum(map(len, seen.values())),
        delay=delay(feeds),
        by_rate={f"{low:g}-{high:g}": delay(f for f in feeds if low <= f.rate < high) for low, high in CLASSES},
        by_tier={str(tier): delay(f for f in feeds if f.tier == tier) for tier in (1, 2, 3)},
        liars=len(hiding),
        caught=sum(n in hiding for n in diary.caught),
        caught_after_hours=median(caught) if caught else 0.0,
        accused_wrongly=sum(n not in liars for n in diary.caught),
        too_soon=log.too_soon,
        shortest_gap=min(log.gaps.values(), default=0.0),
        impatient=log.impatient,
        undead=log.undead,
    )


def _delays(feed: Served, days: float, found: dict[int, float]) -> list[float | None]:
    """Minutes for each item; None for one that left the feed unseen."""
    end = START + (days - 1) * DAY
    end = min(end, feed.gone_at - DAY) if feed.gone_at is not None else end
    first, last = feed.count(START + 3600), feed.count(end)
    still_there = len(feed.items) - feed.window
    return [
        (found[n] - feed.items[n - 1]) / 60 if n in found else (START + days * DAY - feed.items[n - 1]) / 60
        for n in range(first + 1, last + 1)
        if n in found or n > still_there
    ] + [None for n in range(first + 1, last + 1) if n not in found and n <= still_there]
