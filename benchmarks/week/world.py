"""What there is to be asked: hosts with their troubles, feeds with their habits, items with their times.

All of it follows from a seed. Shares and rates are guesses in the range of what peers report: most feeds bring few
items, a fifth has no validators, some servers lie about what is unchanged.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from math import cos, exp, log, pi
from typing import Literal

START = datetime(2025, 4, 28, tzinfo=UTC).timestamp()
HOUR, DAY = 3600.0, 86400.0
SLOWEST, FASTEST = 0.1, 300.0  # items a day
# `frozen`: one ETag for ever, and 304 to whoever sends it. `stale`: a cache that looks for news every 12 hours only.
Validators = Literal["etag", "modified", "both", "none", "frozen", "stale"]
LIARS = {"frozen", "stale"}
_VALIDATORS: dict[Validators, float] = {
    "etag": 0.2, "modified": 0.17, "both": 0.35, "none": 0.2, "frozen": 0.04, "stale": 0.04,
}  # fmt: skip
_STALE_FOR = 12 * HOUR
_FEEDS_A_HOST = {1: 0.75, 2: 0.1, 3: 0.07, 5: 0.07, 15: 0.01}
_WINDOWS = (10, 15, 20, 20, 30, 50)
_LEAD = "A paragraph of the length that feeds usually give, so that the bytes that are sent are of a likely size. "


@dataclass(frozen=True, slots=True)
class Trouble:
    """A time in which a host does not answer as it should; `patience` is what it asks for, in seconds."""

    kind: Literal["429", "503", "500", "outage"]
    start: float
    end: float
    patience: float = 0.0
    as_date: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """`latency` is in seconds."""

    address: str
    latency: float = 0.2
    troubles: tuple[Trouble, ...] = ()

    def trouble(self, now: float) -> Trouble | None:
        return next((one for one in self.troubles if one.start <= now < one.end), None)


@dataclass(slots=True)
class Served:
    """A feed as its server knows it; times are seconds of the epoch, `items` in order."""

    number: int
    host: Host
    rate: float
    tier: int
    window: int
    validators: Validators
    items: list[float] = field(repr=False)
    churns: bool = False  # a build date that differs in every answer
    ttl: int | None = None  # minutes
    max_age: int | None = None  # seconds
    moved_at: float | None = None
    gone_at: float | None = None
    hops: int = 0

    @property
    def path(self) -> str:
        return f"/feed/{self.number}"

    def count(self, now: float) -> int:
        """Items that have been published by then."""
        return bisect_right(self.items, now)

    def version(self, now: float) -> int:
        """What the validators are about: for a liar not what there is."""
        if self.validators == "frozen":
            return 0
        return self.count(now - now % _STALE_FOR if self.validators == "stale" else now)

    def body(self, now: float, port: int) -> bytes:
        last = self.count(now)
        numbers = range(last, max(last - self.window, 0), -1)
        built = f"<lastBuildDate>{date(now)}</lastBuildDate>" if self.churns else ""
        ttl = f"<ttl>{self.ttl}</ttl>" if self.ttl else ""
        head = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{self.number}</title>'
        return (head + built + ttl + "".join(self._item(n, port) for n in numbers) + "</channel></rss>").encode()

    def _item(self, n: int, port: int) -> str:
        return (
            f'<item><title>Item {n} of feed {self.number}</title><guid isPermaLink="false">{self.number}-{n}</guid>'
            f"<link>http://{self.host.address}:{port}/item/{self.number}/{n}</link>"
            f"<pubDate>{date(self.items[n - 1])}</pubDate><description>{_LEAD}</description></item>"
        )


def date(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC), usegmt=True)


def make(count: int, days: float, seed: int = 1) -> list[Served]:
    """So many feeds, with items from a month before the start to its end."""
    chance = random.Random(seed)
    made: list[Served] = []
    for number, host in enumerate(_hosts(chance, days)):
        size = chance.choices(list(_FEEDS_A_HOST), list(_FEEDS_A_HOST.values()))[0]
        made += [_feed(chance, len(made) + n, host, days) for n in range(min(size, count - len(made)))]
        if len(made) == count or number > count:
            return made
    return made


def _hosts(chance: random.Random, days: float) -> Iterator[Host]:
    number = 256
    while True:
        number += 1
        address = f"127.{number // 62500 + 1}.{number // 250 % 250}.{number % 250 + 1}"
        latency = chance.uniform(2, 8) if chance.random() < 0.05 else chance.uniform(0.05, 1)
        yield Host(address, latency, tuple(_troubles(chance, days)))


def _troubles(chance: random.Random, days: float) -> Iterator[Trouble]:
    def at() -> float:
        return START + chance.uniform(0.02, 0.95) * days * DAY

    if chance.random() < 0.06:  # asks for patience, one to three times
        for _ in range(chance.randint(1, 3)):
            start, patience = at(), chance.choice([600.0, 1800.0, 3600.0, 4 * HOUR])
            kind: Literal["429", "503"] = "429" if chance.random() < 0.6 else "503"
            yield Trouble(kind, start, start + patience * chance.uniform(0.5, 3), patience, chance.random() < 0.3)
    if chance.random() < 0.08:
        start = at()
        kinds: list[Literal["500", "outage"]] = ["500", "outage"]
        yield Trouble(chance.choice(kinds), start, start + chance.uniform(1, 10) * HOUR)


def _feed(chance: random.Random, number: int, host: Host, days: float) -> Served:
    rate = exp(chance.uniform(log(SLOWEST), log(FASTEST)))
    tier = chance.choices((1, 2, 3), (40, 35, 25) if rate >= 20 else (10, 30, 60))[0]
    odd = chance.random()
    end = START + days * DAY
    return Served(
        number,
        host,
        rate,
        tier,
        chance.choice(_WINDOWS),
        chance.choices(list(_VALIDATORS), list(_VALIDATORS.values()))[0],
        list(_items(chance, rate, START - max(30, 20 / rate) * DAY, end)),
        churns=chance.random() < 0.15,
        ttl=chance.choice([5, 15, 30, 60, 60, 120, 1440]) if chance.random() < 0.2 else None,
        max_age=chance.choice([0, 60, 300, 900, 3600]) if chance.random() < 0.3 else None,
        moved_at=START + chance.random() * days * DAY if odd < 0.04 else None,
        gone_at=START + chance.random() * days * DAY if 0.04 <= odd < 0.06 else None,
        hops=chance.randint(1, 3) if 0.06 <= odd < 0.1 else 0,
    )


def _items(chance: random.Random, rate: float, begin: float, end: float) -> Iterator[float]:
    """A Poisson process whose rate goes from a tenth at night to twice the mean at noon of the feed's own zone."""
    zone, now = chance.uniform(0, DAY), begin
    while True:
        now += chance.expovariate(1.95 * rate / DAY)
        if now >= end:
            return
        if chance.random() * 1.95 < 1 - 0.95 * cos(2 * pi * (now + zone) / DAY):
            yield now
