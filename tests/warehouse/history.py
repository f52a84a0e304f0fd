"""Ten weeks of a small world: feeds, and articles on a claim, as many a day as a test says."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.warehouse import example, rows

from media_monitor.warehouse import index, lake, query, trends

FIRST = date(2025, 1, 6)  # a Monday
DAYS = 70
LAST = FIRST + timedelta(DAYS - 1)
FEEDS = ("courier-en", "courier-ko", "volga", "nile")
PUBLISHERS = ("courier", "volga", "nile", "harbour")


def day_of(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


def usual(number: int) -> int:
    """Eight articles on a working day, two at the weekend."""
    return 8 if number % 7 < 5 else 2


def coverage(count: Callable[[int], int], **changes: Any) -> Iterator[object]:
    """Articles on troops_in_combat, `count(number)` on the day of that number, by four publishers in turn."""
    for number in range(DAYS):
        for n in range(count(number)):
            found = {"publisher": PUBLISHERS[n % 4], "language": "en"} | changes
            made = rows.article(f"a{number}-{n}", day_of(number), **found)
            yield made
            yield rows.statement(made, "KP", "confirm", "troops_in_combat")


def fetches(works: Callable[[str, int], bool] = lambda *_: True) -> Iterator[object]:
    """A fetch a day and feed; `works` says whether it does."""
    for number in range(DAYS):
        for feed in FEEDS:
            done = works(feed, number)
            more = {"new_entries": 2} if done else {"error": "timed out", "status": None}
            yield rows.fetch(feed, f"run{number:03}", day_of(number), **more)


def build(home: Path, *stored: object) -> None:
    lake.merge(home, rows.batch(*stored))
    index.sync(home, trends.scripts(), example.REFERENCE)


def ask(home: Path, sql: str) -> list[dict[str, Any]]:
    return query.rows(home, sql)
