"""Rollups: tables in the DuckDB file that hold, day by day, what the trend views count.

Each is a SELECT in `rollups/NN_name.sql` with a column `day`; its rows of a day depend on nothing but the partitions
of that day, on the other revisions of its articles, and on the articles that they copy. `_stale` holds the days whose
partitions were loaded since: only these are made again, in one transaction (`fill.Filling`). An interruption leaves
them in `_stale`.
The words of articles (`search.stored`) are kept up with them.
"""

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

import duckdb

from media_monitor import tables
from media_monitor.warehouse.search import stored

_FOLDER = Path(__file__).parent / "rollups"
STALE_TABLE = "CREATE TABLE _stale (day DATE NOT NULL)"
SOURCES = frozenset(
    table.name
    for table in (
        tables.ARTICLES, tables.MENTIONS, tables.EVENTS, tables.STATEMENTS, tables.FETCHES, tables.CHECKS,
        tables.JUDGEMENTS,
    )
)  # fmt: skip


def selects() -> dict[str, str]:
    """The SELECT of each rollup by its name, in the order in which they are made."""
    return {re.sub(r"^\d+_", "", p.stem): p.read_text(encoding="utf-8") for p in sorted(_FOLDER.glob("*.sql"))}


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the rollups, empty."""
    connection.execute(STALE_TABLE).fetchall()
    for name, select in selects().items():
        connection.execute(f'CREATE TABLE "{name}" AS {select} LIMIT 0').fetchall()
    stored.create(connection)


def mark(connection: duckdb.DuckDBPyConnection, table: str, days: Collection[date]) -> None:
    """Notes that partitions of the table were loaded; belongs into the transaction that loads them."""
    if table in SOURCES:
        connection.execute("INSERT INTO _stale SELECT unnest(?::DATE[])", [list(days)]).fetchall()


def is_stale(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether any days were loaded since the rollups were made."""
    return connection.execute("SELECT count(*) > 0 FROM _stale").fetchall() == [(True,)]


def widen(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds to the stale days those of other revisions of their articles; belongs before `refresh`."""
    connection.execute(_OTHER_REVISIONS).fetchall()


def refresh(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the rows of stale days again, and adds to these the days of copies of their articles."""
    connection.execute(_RETOLD).fetchall()
    for name, select in selects().items():
        connection.execute(f'DELETE FROM "{name}" WHERE day IN (SELECT day FROM _stale)').fetchall()
        connection.execute(f'INSERT INTO "{name}" {select} ORDER BY day').fetchall()
    stored.refresh(connection)


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Notes that nothing is stale; belongs into the transaction that made it so."""
    connection.execute("DELETE FROM _stale").fetchall()


# An article of a stale day that has or had a later revision: its other revisions may be or no longer be the latest.
_OTHER_REVISIONS = """
    INSERT INTO _stale
    SELECT DISTINCT day FROM articles
    WHERE article_id IN (
        SELECT article_id FROM articles WHERE revision > 1 AND day IN (SELECT day FROM _stale)
        UNION
        SELECT article_id FROM current_articles WHERE revision > 1 AND day IN (SELECT day FROM _stale)
    )
"""
# An article of another day that has a story and copies one of a stale day, or was first printed on one.
_RETOLD = """
    INSERT INTO _stale
    SELECT day FROM storied_articles
    WHERE origin_day IN (SELECT day FROM _stale) OR first_day IN (SELECT day FROM _stale)
    UNION
    SELECT day FROM articles
    WHERE copy_of IN (SELECT article_id FROM articles WHERE day IN (SELECT day FROM _stale))
    UNION
    SELECT day FROM articles
    WHERE revision > 1 AND article_id IN (SELECT article_id FROM articles WHERE day IN (SELECT day FROM _stale))
"""
