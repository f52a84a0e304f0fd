"""How long trend questions take here, in SQLite and in pandas, on the same articles: part of `make peers`.

The warehouse is the made one of `make trends`. SQLite has its tables with an index for each question, pandas holds them
in memory; neither has our rollups, which is what is compared: what an analyst waits for who keeps the same rows there.
All three must give the same numbers. Medians of five; the file of each is open before.
"""

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pandas as pd
from rich.console import Console
from rich.table import Table

from media_monitor.warehouse import held, places, query
from million import folder, given, world

CLAIM, ACTOR, RECIPIENT = given.BURST_CLAIM, "KP", "RU"
FIRST, LAST = given.FIRST, given.day_of(given.DAYS - 1)
Rows = list[tuple[Any, ...]]

TABLES = {
    "articles": "SELECT article_id, CAST(day AS VARCHAR) AS day, language, publisher FROM current_articles",
    "statements": "SELECT article_id, CAST(day AS VARCHAR) AS day, claim, party, stance FROM latest_statements",
    "events": """
        SELECT article_id, CAST(day AS VARCHAR) AS day, actor_party, recipient_party, goldstein FROM latest_events
        WHERE modality = 'actual' AND NOT negated
    """,
}
INDEXES = (
    "CREATE INDEX articles_id ON articles (article_id, language, publisher)",
    "CREATE INDEX articles_day ON articles (day)",
    "CREATE INDEX statements_claim ON statements (claim, day, article_id)",
    "CREATE INDEX events_parties ON events (actor_party, recipient_party, day)",
)
SPAN = f"day BETWEEN '{FIRST}' AND '{LAST}'"
WEEK = "date(day, '-6 days', 'weekday 1')"

OURS = {
    "coverage of a claim by week, two years": f"""
        SELECT CAST(bucket_day AS VARCHAR), articles, all_articles
        FROM coverage('{CLAIM}', DATE '{FIRST}', DATE '{LAST}', 'week') ORDER BY 1
    """,
    "coverage of a claim by language, two years": f"""
        SELECT label, articles, publishers
        FROM coverage_split('{CLAIM}', 'language', DATE '{FIRST}', DATE '{LAST}') ORDER BY 1
    """,
    "deeds of a party to another by month, two years": f"""
        SELECT CAST(bucket_day AS VARCHAR), articles, goldstein
        FROM relations('{ACTOR}', '{RECIPIENT}', DATE '{FIRST}', DATE '{LAST}') ORDER BY 1
    """,
}
SQLITE = {
    "coverage of a claim by week, two years": f"""
        SELECT week, coalesce(n, 0), every FROM (
            SELECT {WEEK} AS week, count(*) AS every FROM articles WHERE {SPAN} GROUP BY 1
        ) LEFT JOIN (
            SELECT {WEEK} AS week, count(DISTINCT article_id) AS n FROM statements
            WHERE claim = '{CLAIM}' AND {SPAN} GROUP BY 1
        ) USING (week) ORDER BY 1
    """,
    "coverage of a claim by language, two years": f"""
        SELECT language, count(DISTINCT article_id), count(DISTINCT publisher)
        FROM statements JOIN articles USING (article_id)
        WHERE claim = '{CLAIM}' AND statements.{SPAN} GROUP BY 1 ORDER BY 1
    """,
    "deeds of a party to another by month, two years": f"""
        SELECT date(day, 'start of month'), count(DISTINCT article_id), round(avg(goldstein), 2) FROM events
        WHERE actor_party = '{ACTOR}' AND recipient_party = '{RECIPIENT}' AND {SPAN} GROUP BY 1 ORDER BY 1
    """,
}


def by_week(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    articles, statements = frames["articles"], frames["statements"]
    said = statements[statements.claim == CLAIM]
    counted = pd.DataFrame(
        {"n": said.article_id.groupby(_week(said.day)).nunique(), "every": _week(articles.day).value_counts()}
    )
    return counted.fillna({"n": 0}).astype({"n": int}).reset_index().sort_values("day")


def by_language(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    statements = frames["statements"]
    said = statements[statements.claim == CLAIM][["article_id"]].merge(frames["articles"], on="article_id")
    return said.groupby("language", observed=True).agg({"article_id": "nunique", "publisher": "nunique"}).reset_index()


def by_month(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    events = frames["events"]
    done = events[(events.actor_party == ACTOR) & (events.recipient_party == RECIPIENT)]
    months = done.groupby(done.day.dt.to_period("M").dt.start_time.rename("day"))
    return months.agg(articles=("article_id", "nunique"), goldstein=("goldstein", "mean")).round(2).reset_index()


PANDAS = dict(zip(OURS, (by_week, by_language, by_month), strict=True))


def _week(days: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder for the warehouse; one that is there already is used")
    chosen = parser.parse_args()
    with folder.kept(chosen.keep) as home:
        if not places.published(home).exists():
            world.make(home, chosen.articles)
        frames, table = (
            _frames(home),
            Table("asked", "here ms", "SQLite ms", "pandas ms", "SQLite ×", "pandas ×", box=None),
        )
        with _sqlite(home) as database, held.open_afterwards():
            for name in OURS:
                taken = _compared(name, home, database, frames)
                table.add_row(name, *(f"{ms:.0f}" for ms in taken), *(f"{ms / taken[0]:.0f}" for ms in taken[1:]))
        Console(width=120).print(table)


def _compared(name: str, home: Path, database: sqlite3.Connection, frames: dict[str, pd.DataFrame]) -> list[float]:
    """Milliseconds here, in SQLite and in pandas, where all say the same."""
    found, taken = [], []
    for ask in (
        lambda: _plain(row.values() for row in query.rows(home, OURS[name])),
        lambda: _plain(database.execute(SQLITE[name])),
        lambda: _plain(PANDAS[name](frames).itertuples(index=False)),
    ):
        rows, ms = _timed(ask)
        found.append(rows)
        taken.append(ms)
    if not found[0] or any(rows != found[0] for rows in found):
        sys.exit(f"{name}: not the same numbers: {[rows[:2] for rows in found]}")
    return taken


def _plain(rows: Any) -> Rows:
    return [tuple(str(v)[:10] if isinstance(v, date | pd.Timestamp) else _number(v) for v in row) for row in rows]


def _number(value: Any) -> Any:
    return value if isinstance(value, str) else round(float(value), 1)


def _timed(ask: Callable[[], Rows]) -> tuple[Rows, float]:
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        rows = ask()
        taken.append((time.perf_counter() - started) * 1000)
    return rows, median(taken)


def _frames(home: Path) -> dict[str, pd.DataFrame]:
    with duckdb.connect(places.published(home), read_only=True) as connection:
        frames = {name: connection.sql(sql).df() for name, sql in TABLES.items()}
    for frame in frames.values():
        frame["day"] = pd.to_datetime(frame["day"])
    return frames


def _sqlite(home: Path) -> sqlite3.Connection:
    path = home / "peer.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    with duckdb.connect(places.published(home), read_only=True) as connection:
        for name, sql in TABLES.items():
            rows = connection.sql(sql).to_arrow_table()
            database.execute(f"CREATE TABLE {name} ({', '.join(rows.column_names)})")
            marks = ", ".join("?" * rows.num_columns)
            for some in rows.to_batches(100_000):
                columns = [column.to_pylist() for column in some.columns]
                database.executemany(f"INSERT INTO {name} VALUES ({marks})", zip(*columns, strict=True))
    for index in INDEXES:
        database.execute(index)
    database.execute("ANALYZE")
    database.commit()
    return database


if __name__ == "__main__":
    main()
