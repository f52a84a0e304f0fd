"""A warehouse of any size whose truth is known: everything follows from the number of the row.

Two years of 150 feeds, quiet at weekends. A quarter of the articles is on the beat: each of these has three
statements, two events and fourteen mentions, and a story. One article in 32 was corrected. On `BURST_DAYS` one claim
has `BURST_ARTICLES` articles more; the last feed is silent for the last month, and on one day none worked.
"""

import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor import consistency, tables
from media_monitor.sources import Feed
from media_monitor.warehouse import index, places, reference, trends
from media_monitor.warehouse.schema import version
from media_monitor.watch import ledger
from million import facts, texts, watched
from million.given import (
    AFFILIATIONS,
    BURST_ARTICLES,
    BURST_DAYS,
    CLAIMS,
    COUNTRIES,
    DAYS,
    FEEDS,
    LANGUAGES,
    PARTIES,
    SILENT_FEED,
    day_of,
    feed_name,
)

SCRIPTS = [*trends.scripts(), *ledger.scripts()]


@dataclass(frozen=True, slots=True)
class Truth:
    """What the views must find."""

    articles: int
    bursts: list[date]
    silent: str


def truth(articles: int, days: int) -> Truth:
    """What is true of the warehouse that `make` makes."""
    bursts = [day_of(n) for n in BURST_DAYS if n < days]
    return Truth(articles + len(bursts) * BURST_ARTICLES, bursts, feed_name(SILENT_FEED))


def make(
    home: Path, articles: int, days: int = DAYS, relevant_every: int = 4, long_texts: bool = False, dense: int = 1
) -> float:
    """Makes the lake and the published warehouse in the folder; one article in `relevant_every` is on the beat, with a
    text of a dozen equal sentences, or one of `texts.CHARACTERS` characters of its language. `dense`: so many times the
    usual facts. Gives the seconds that the warehouse took, from the lake."""
    version.begin(home)
    with duckdb.connect(home / "making.duckdb") as connection:
        connection.execute("SET TimeZone = 'UTC'; SET threads = 2; SET memory_limit = '6GB'")
        text = texts.prepared(connection, LANGUAGES) if long_texts else facts.SHORT_TEXT
        for table in tables.TABLES:
            connection.execute(table.ddl)
        made = facts.selects(articles, days, relevant_every, text, dense) | watched.selects(days)
        for name, select in made.items():
            connection.execute(f'INSERT INTO "{name}" BY NAME {select}')
            write(connection, home, name)
    (home / "making.duckdb").unlink()
    started = time.monotonic()
    index.rebuild(home, SCRIPTS, references(), consistency.derived())
    return time.monotonic() - started


def references() -> dict[str, pa.Table]:
    claims = [
        {"claim": claim, "title": claim, "parties": ["KP", "RU"], "implies": [CLAIMS[0]] if n == 1 else []}
        for n, claim in enumerate(CLAIMS)
    ]
    feeds = [
        Feed(feed_name(n), f"https://f{n}.example/rss", f"Outlet {n}", f"family-{n // 2}", LANGUAGES[n % 10],
             COUNTRIES[n // 2 % 10], AFFILIATIONS[n // 2 % 4], 1)
        for n in range(FEEDS)
    ]  # fmt: skip
    entities = [
        {"entity_id": f"e{n}", "kind": "person", "party": PARTIES[n % 8], "name": f"Name {n}"} for n in range(300)
    ]
    made = {
        "claims": pa.Table.from_pylist(claims, schema=reference.CLAIMS.schema),
        "feeds": reference.FEEDS.arrow(feeds),
        "entities": pa.Table.from_pylist(entities, schema=reference.ENTITIES.schema),
    }
    empty = {table.name: table.empty() for table in reference.TABLES}
    return empty | made


def write(connection: duckdb.DuckDBPyConnection, home: Path, name: str) -> None:
    """Writes the table as partitions of the lake."""
    folder = places.lake(home) / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    key = ", ".join(f'"{column}"' for column in tables.BY_NAME[name].key)
    connection.execute("SET threads = 1")
    connection.execute(f"""
        COPY (FROM "{name}" ORDER BY day, {key}) TO '{folder}'
        (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), WRITE_PARTITION_COLUMNS true, ROW_GROUP_SIZE 1000000)
    """)
    connection.execute("SET threads = 2")
    for path in list(folder.glob("day=*")):
        written = sorted(path.glob("*.parquet"))
        if len(written) != 1:
            raise SystemExit(f"{path}: {len(written)} files")
        shutil.move(written[0], path / places.PART)
