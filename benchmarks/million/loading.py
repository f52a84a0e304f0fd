"""How long a load of a quarter of an hour takes: its merge into the lake, its way into the index, its publication."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor import consistency, tables
from media_monitor.warehouse import database, durable, fill, index, lake, places, query
from million import given, world

ARTICLES = 15


def measured(home: Path) -> Iterator[tuple[str, float]]:
    """(step, seconds) of a load of new articles on the last day; the warehouse holds them afterwards."""
    batch = _batch(home)
    yield "merge into the lake", _seconds(lambda: lake.merge(home, batch))
    working = places.working(home)
    state = database.state(working)
    assert state is not None
    derived = consistency.derived()
    with ExitStack() as end:
        filling = end.enter_context(fill.Filling(working, state, index.MEMORY_MB))
        yield "changed days into the index", _seconds(lambda: filling.load(home))
        following = _seconds(lambda: filling.follow(world.references(), derived.changes))
        # DuckDB writes the file through when it is closed.
        yield "rollups and the ledger made anew where they change", following + _seconds(end.close)
    yield (
        "publication: a copy of the whole file",
        _seconds(lambda: index.sync(home, world.SCRIPTS, world.references(), derived)),
    )
    copied = home / "copied.duckdb"
    yield "  of that the copy", _seconds(lambda: durable.copy(working, copied))
    copied.unlink()


def _batch(home: Path) -> dict[str, pa.Table]:
    """Rows of the last day under new ids."""
    day = query.rows(home, "SELECT max(day) AS day FROM articles")[0]["day"]
    tag = time.time_ns()
    with duckdb.connect(places.published(home), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = {}
        some = f"SELECT article_id FROM articles WHERE relevant AND day = '{day}' ORDER BY 1 LIMIT {ARTICLES}"
        for table in (tables.ARTICLES, *tables.FACTS):
            new = f"'{tag}' || article_id AS article_id"
            if table is not tables.ARTICLES:
                new += f", '{tag}' || {table.key[0]} AS {table.key[0]}"
            rows = f"SELECT * REPLACE ({new}) FROM {table.name} WHERE day = '{day}' AND article_id IN ({some})"
            found[table.name] = connection.sql(rows).to_arrow_table().cast(table.schema)
        fetches = f"SELECT * REPLACE ('{tag}' AS batch) FROM fetches WHERE day = '{day}' LIMIT {given.FEEDS}"
        found["fetches"] = connection.sql(fetches).to_arrow_table().cast(tables.FETCHES.schema)
    return found


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
