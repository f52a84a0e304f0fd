"""Cuts what was extracted into windows of days that are loaded one after the other, oldest first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from media_monitor import tables

MOST = 10_000  # articles of a window: some 900 MB with their facts, few enough for the expectation on volume
FACTS = 15  # of an article that weighs one; what has more weighs more


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `first` to `last` that weigh as much as so many `articles`; of a day that weighs more than a window
    holds, the share `number` of `shares`."""

    first: date
    last: date
    articles: int
    number: int = 0
    shares: int = 1

    def has(self, article_id: str) -> bool:
        """Whether the article, of these days, is in the window: by its id, so that its revisions stay together."""
        return int(article_id[:8], 16) % self.shares == self.number

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "articles": self.articles,
                "number": self.number, "shares": self.shares}  # fmt: skip


def from_json(told: Mapping[str, Any]) -> Window:
    """The window that `as_json` made these values of."""
    first, last = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
    return Window(first, last, told["articles"], told["number"], told["shares"])


def weights(rows: Mapping[str, pa.Table]) -> dict[date, int]:
    """What the tables of a part weigh by day: as much as so many articles with `FACTS` facts each."""
    articles, facts = Counter(rows["articles"]["day"].to_pylist()), Counter[date]()
    for table in tables.FACTS:
        facts.update(rows[table.name]["day"].to_pylist())
    return {day: max(count, facts[day] // FACTS) for day, count in articles.items()}


def windows(parts: Iterable[Mapping[date, int]], most: int = MOST) -> list[Window]:
    """Windows that cover the days of the parts, given by weight, each of at most about `most`."""
    days: Counter[date] = Counter()
    for part in parts:
        days.update(part)
    cut: list[Window] = []
    waiting: list[tuple[date, int]] = []
    for day, count in sorted(days.items()):
        if waiting and sum(n for _, n in waiting) + count > most:
            cut.append(_joined(waiting))
            waiting = []
        if count > most:
            shares = -(-count // most)
            cut += [Window(day, day, count // shares, number, shares) for number in range(shares)]
        else:
            waiting.append((day, count))
    return [*cut, *([_joined(waiting)] if waiting else [])]


def _joined(days: list[tuple[date, int]]) -> Window:
    return Window(days[0][0], days[-1][0], sum(count for _, count in days))
