"""Ten weeks of a small world: feeds, and articles on a claim, as many a day as a test says."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.warehouse import example, rows

from media_monitor import tables
from media_monitor.warehouse import database, places, query, rollup, trends

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
    """The published file alone, filled as a sync fills it: seventy days of partitions would cost a test seconds."""
    with database.opened(places.published(home), read_only=False) as connection:
        for table in tables.TABLES:
            connection.execute(table.ddl).fetchall()
        rollup.create(connection)
        for name, part in (rows.batch(*stored) | example.REFERENCE).items():
            connection.register("incoming", part)
            if name in example.REFERENCE:
                connection.execute(f"CREATE TABLE {name} AS FROM incoming").fetchall()
            else:
                connection.execute(f"INSERT INTO {name} BY NAME FROM incoming").fetchall()
                rollup.mark(connection, name, part["day"].to_pylist())
            connection.unregister("incoming")
        rollup.widen(connection)
        rollup.refresh(connection)
        for script in trends.scripts():
            connection.execute(script).fetchall()


def ask(home: Path, sql: str) -> list[dict[str, Any]]:
    return query.rows(home, sql)
