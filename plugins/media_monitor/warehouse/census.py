"""Questions about the lake's files as they lie there, and whether the index says the same. Nothing is repaired here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.opening import in_memory
from media_monitor.warehouse import database, rollup
from media_monitor.warehouse.index import Derived
from media_monitor.warehouse.search import stored

_LIMIT = 1_000  # findings of a kind: who has more has one fault, not a thousand


@dataclass(frozen=True, slots=True)
class Misfit:
    """Facts of one revision of an article, on one day, that are wrong in the same way."""

    table: str
    day: date
    article_id: str
    revision: int
    rows: int


class Lake:
    """The lake's files as tables, each looked at when it is first asked: that takes longer than most questions.

    `files`: the partitions of a table that can be read. `close` belongs after the last question, and before the first
    one after the files have changed.
    """

    def __init__(self, files: Callable[[str], Sequence[Path]]) -> None:
        self._files, self._known = files, dict[str, Sequence[Path]]()
        self._held = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    def close(self) -> None:
        self._known.clear()
        self._connection = None
        self._held.close()

    @contextmanager
    def asked(self, *names: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection in which each of these tables is what its files hold, in its present columns.

        Raises:
            CorruptFileError: a file turns out to be damaged; also from inside the block.
        """
        try:
            if self._connection is None:
                self._connection = self._held.enter_context(in_memory())
            for name in names:
                if name not in self._known:
                    self._known[name] = self._files(name)
                    _view(self._connection, tables.BY_NAME[name], self._known[name])
            yield self._connection
        except duckdb.Error as error:
            known = (path for paths in self._known.values() for path in paths)
            culprit = next((path for path in known if str(path) in str(error)), Path("lake"))
            with suppress(duckdb.Error):
                self.close()
            raise database.explained(culprit, error) from error


def _view(connection: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[Path]) -> None:
    connection.execute(table.ddl.replace(f'"{table.name}"', f'"_{table.name}"', 1)).fetchall()
    read = ""
    if paths:
        # With this, files of before a column was added lack it, and it is null.
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        read = f"UNION ALL BY NAME FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
    connection.execute(f'CREATE VIEW "{table.name}" AS FROM "_{table.name}" {read}').fetchall()


def repeated(lake: Lake, table: Table) -> list[tuple[tuple[Any, ...], list[date]]]:
    """(key, days) of each key that more than one row has."""
    key = ", ".join(f'"{name}"' for name in table.key)
    sql = f"""
        SELECT {key}, list(day ORDER BY day) FROM "{table.name}" GROUP BY {key} HAVING count(*) > 1
        ORDER BY ALL LIMIT {_LIMIT}
    """
    with lake.asked(table.name) as connection:
        return [(row[:-1], row[-1]) for row in connection.execute(sql).fetchall()]


def orphans(lake: Lake, table: Table) -> list[Misfit]:
    """Facts whose revision of an article is not stored on their day."""
    return _misfits(lake, table, "f ANTI JOIN articles AS a USING (article_id, revision, day)", "true")


def misplaced(lake: Lake, table: Table) -> list[Misfit]:
    """Facts whose span lies outside the text of their article, or holds other characters than they say."""
    text = "(a.title || chr(10) || coalesce(a.text, ''))"
    wrong = f"""
        f.start < 0 OR f."end" < f.start OR f."end" > length({text})
        OR substr({text}, f.start + 1, f."end" - f.start) <> f.surface
    """
    return _misfits(lake, table, "f JOIN articles AS a USING (article_id, revision, day)", wrong)


def _misfits(lake: Lake, table: Table, source: str, condition: str) -> list[Misfit]:
    sql = f"""
        SELECT f.day, f.article_id, f.revision, count(*) FROM "{table.name}" AS {source} WHERE {condition}
        GROUP BY ALL ORDER BY ALL LIMIT {_LIMIT}
    """
    with lake.asked("articles", table.name) as connection:
        return [Misfit(table.name, *row) for row in connection.execute(sql).fetchall()]


def beyond(lake: Lake, table: Table, column: str, limit: datetime) -> pa.Table:
    """The rows whose moment in that column is later than the limit."""
    sql = f'SELECT * FROM "{table.name}" WHERE "{column}" > $limit ORDER BY ALL'
    with lake.asked(table.name) as connection:
        return connection.sql(sql, params={"limit": limit}).to_arrow_table().cast(table.schema)


def archived(lake: Lake, table: Table) -> list[tuple[str, list[int]]]:
    """(file, bytes) of each archive file that rows of the table name."""
    sql = f"""
        SELECT warc_file, list(DISTINCT warc_offset) FROM "{table.name}"
        WHERE warc_file IS NOT NULL AND warc_offset IS NOT NULL GROUP BY warc_file ORDER BY warc_file
    """
    with lake.asked(table.name) as connection:
        return connection.execute(sql).fetchall()


def short(lake: Lake, after: date) -> list[tuple[str, str, str, int, int]]:
    """(batch, feed, archive file, new entries, articles) of each fetch after that day that brought more entries than
    there are articles which name its answer, or rows in quarantine: some may be lost, or were brought by another fetch
    too. Fetches that name no archive are left out."""
    with lake.asked("fetches", "articles", "quarantine") as connection:
        return connection.execute(_SHORT, {"after": after}).fetchall()


_SHORT = f"""
    WITH
        stored AS (
            SELECT warc_file, warc_offset, feed_id, count(*) AS n FROM articles WHERE warc_file IS NOT NULL GROUP BY ALL
        ),
        kept_out AS (
            SELECT batch, "row" ->> 'feed_id' AS feed_id, count(DISTINCT row_id) AS n FROM quarantine
            WHERE "table" = 'articles' GROUP BY ALL
        )
    SELECT f.batch, f.feed_id, f.warc_file, f.new_entries, coalesce(s.n, 0) + coalesce(k.n, 0)
    FROM fetches AS f
    LEFT JOIN stored AS s USING (warc_file, warc_offset, feed_id)
    LEFT JOIN kept_out AS k USING (batch, feed_id)
    WHERE f.new_entries > coalesce(s.n, 0) + coalesce(k.n, 0) AND f.day > $after AND f.warc_file IS NOT NULL
    ORDER BY ALL LIMIT {_LIMIT}
"""


def unstored(lake: Lake, entries: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the entries (article id, hash of the content) that are no article, and no article in quarantine."""
    with lake.asked("articles", "quarantine") as connection:
        entry = "article_id VARCHAR, content_sha256 VARCHAR"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE entries ({entry})").fetchall()
        ids, hashes = [one for one, _ in entries], [other for _, other in entries]
        connection.execute("INSERT INTO entries SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])", [ids, hashes])
        return set(connection.execute(_UNSTORED).fetchall())


_UNSTORED = """
    SELECT DISTINCT article_id, content_sha256 FROM entries
    ANTI JOIN articles USING (article_id, content_sha256)
    ANTI JOIN (
        SELECT article_id, "row" ->> 'content_sha256' AS content_sha256 FROM quarantine WHERE "table" = 'articles'
    ) AS kept_out USING (article_id, content_sha256)
"""


def differing(lake: Lake, database_file: Path) -> list[tuple[str, date, int, int]]:
    """(table, day, rows in the lake, rows in the DuckDB file) of each day on which the two do not hold the same rows.

    Raises:
        CorruptFileError, StorageError: as for `database.opened`.
    """
    names = [table.name for table in tables.TABLES]
    with lake.asked(*names) as connection, _attached(connection, database_file):
        return [
            (name, *row) for name in names for row in connection.execute(_comparison(tables.BY_NAME[name])).fetchall()
        ]


def _comparison(table: Table) -> str:
    counted = f"SELECT day, count(*) AS n, bit_xor(hash({_columns(table)})) AS print FROM {{}} GROUP BY day"
    lake = counted.format(f'"{table.name}"')
    index = counted.format(f'published."{table.name}"')
    return f"""
        SELECT day, coalesce(l.n, 0), coalesce(i.n, 0) FROM ({lake}) AS l FULL JOIN ({index}) AS i USING (day)
        WHERE l.print IS DISTINCT FROM i.print OR l.n IS DISTINCT FROM i.n ORDER BY day LIMIT {_LIMIT}
    """


def _columns(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.names)


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    try:
        name = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{name}' AS published (READ_ONLY)").fetchall()
        yield
    except duckdb.Error as error:
        raise database.explained(path, error) from error
    finally:
        connection.execute("DETACH DATABASE IF EXISTS published").fetchall()


def outdated(path: Path, scripts: Sequence[str], derived: Derived) -> list[tuple[str, int]]:
    """(table, rows) of each table that the DuckDB file derives from others, and holds otherwise than if it were made
    anew: rollups, words of articles, and what `derived` fills.

    Raises:
        CorruptFileError, StorageError: as for `database.opened`.
    """
    with in_memory() as connection, _attached(connection, path):
        held = {name for (name,) in connection.execute(_TABLES).fetchall()}
        reference = {name for (name,) in connection.execute('SELECT "table" FROM published._reference').fetchall()}
        for name in sorted(reference | {table.name for table in tables.TABLES}):
            connection.execute(f'CREATE VIEW "{name}" AS FROM published."{name}"').fetchall()
        made = _made(connection, scripts, derived)
        return [(name, n) for name in sorted(made & held) if (n := _unequal(connection, name))]


_TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'"


def _made(connection: duckdb.DuckDBPyConnection, scripts: Sequence[str], derived: Derived) -> set[str]:
    """The derived tables, made in the connection; their names."""
    connection.execute(rollup.STALE_TABLE).fetchall()
    connection.execute("INSERT INTO _stale SELECT DISTINCT day FROM articles UNION SELECT day FROM fetches"
                       " UNION SELECT day FROM checks UNION SELECT day FROM judgements").fetchall()  # fmt: skip
    for name, select in rollup.selects().items():
        connection.execute(f'CREATE TABLE "{name}" AS {select}').fetchall()
    stored.create(connection)
    stored.refresh(connection)
    for script in filter(None, (*scripts, derived.whole)):
        connection.execute(script).fetchall()
    own = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
    found = connection.execute(own).fetchall()
    return {name for (name,) in found if not name.startswith("_")}


def _unequal(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """How many rows only one of the two has."""
    here, there = f'"{name}"', f'published."{name}"'
    sql = (
        f"SELECT count(*) FROM ((FROM {here} EXCEPT ALL FROM {there}) UNION ALL (FROM {there} EXCEPT ALL FROM {here}))"
    )
    ((rows,),) = connection.execute(sql).fetchall()
    return int(rows)
