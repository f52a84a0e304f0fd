"""Queries on the published DuckDB file: read-only, without access to files or the network."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from media_monitor import columns
from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.sources import AHEAD, FetchState
from media_monitor.warehouse import database, held, places
from media_monitor.warehouse.schema import version

MOST_ORIGINS, MOST_TEXT = 10_000, 5_000  # rows and characters, for some 200 MB at the very most

MOST_COMPARED = 20_000  # characters of a text
# `enable_external_access = false` leaves the file that is open open to COPY, which may replace it.
_DAMAGE = ("Corrupt database file", "Could not read enough bytes")
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


def run(home: Path, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> pa.Table:
    """The result of the last statement of `sql`. Parameters fill `?` (a sequence) or `$name` (a mapping).

    Raises:
        QueryError: DuckDB cannot run it, or nothing is published yet; the message says which, on one line.
        CorruptFileError: the published file is damaged.
    """
    with _reading(_existing(home)) as connection:
        return _result(connection, sql, parameters, of_strangers=True)


def rows(home: Path, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The result of `run`, a dictionary a row."""
    return list(run(home, sql, parameters).to_pylist())


def answers(home: Path, asked: Mapping[str, str], parameters: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each query by its name, all of one state of the file; each takes what it names of the parameters.

    Opening the file costs more than a small query: several at once are cheaper than each alone.

    Raises:
        QueryError, CorruptFileError: as for `run`.
    """
    path = _existing(home)
    found: dict[str, list[dict[str, Any]]] = {}
    with _reading(path) as connection:
        for name, sql in asked.items():
            given = {key: value for key, value in parameters.items() if re.search(rf"\${key}\b", sql)}
            found[name] = list(_result(connection, sql, given).to_pylist())
    return found


def remembered(home: Path, sql: str, parameters: Mapping[str, Hashable] | None = None) -> list[dict[str, Any]]:
    """As `rows`, asked once of each published file and then remembered, for pages that are opened often: that file is
    replaced by a load and never changed. A list among the parameters is given as a tuple."""
    try:
        file = held.version(places.published(home))
    except FileNotFoundError:
        file = None
    found = _remembered(home, file, sql, tuple(sorted((parameters or {}).items())))
    return [dict(row) for row in found]


@lru_cache(maxsize=64)
def _remembered(
    home: Path, _: tuple[int, int, int] | None, sql: str, parameters: tuple[tuple[str, Hashable], ...]
) -> tuple[dict[str, Any], ...]:
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
    return tuple(rows(home, sql, given or None))


def known_revisions(home: Path, article_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """article_id -> {content_sha256: revision} of the given articles; those that are not stored are left out."""
    if not places.published(home).exists():
        return {}
    sql = """
        SELECT article_id, content_sha256, max(revision) AS revision
        FROM articles WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY ALL
    """
    known: dict[str, dict[str, int]] = {}
    for row in run(home, sql, {"ids": sorted(set(article_ids))}).to_pylist():
        known.setdefault(row["article_id"], {})[row["content_sha256"]] = row["revision"]
    return known


def last_contents(home: Path, article_ids: Iterable[str]) -> dict[str, tuple[str, str | None, str | None]]:
    """article_id -> (title, beginning of the text, text_source) of the last revision of the given articles."""
    if not places.published(home).exists():
        return {}
    sql = f"""
        SELECT article_id, title, left(text, {MOST_COMPARED}) AS text, text_source FROM articles
        WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
    """
    found = run(home, sql, {"ids": sorted(set(article_ids))}).to_pylist()
    return {row["article_id"]: (row["title"], row["text"], row["text_source"]) for row in found}


def origins(home: Path, first: date, last: date) -> pa.Table:
    """The relevant articles of those days, in their latest revision, that are no copy of another.

    Columns article_id, publisher, language, printed_at, title, text. At most `MOST_ORIGINS`, the latest, and the
    beginnings of their texts.
    """
    if not places.published(home).exists():
        return pa.table({})
    sql = f"""
        SELECT article_id, publisher, language, coalesce(published_at, fetched_at) AS printed_at, title,
            left(text, {MOST_TEXT}) AS text
        FROM articles WHERE day BETWEEN $first AND $last AND relevant
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1 AND copy_of IS NULL
        ORDER BY printed_at DESC, article_id LIMIT {MOST_ORIGINS}
    """
    return run(home, sql, {"first": first, "last": last})


def fetch_states(home: Path, now: datetime | None = None) -> dict[str, FetchState]:
    """The state of each feed that was ever fetched: its latest fetch. What a wrong clock put into the future of `now`,
    aware, does not count: the feed would not be due again before that."""
    if not places.published(home).exists():
        return {}
    latest = datetime.max.replace(tzinfo=UTC) if now is None else now + AHEAD
    # All fetches of the last day may be from the future; those of the day before are not then.
    sql = """
        WITH last AS (
            SELECT feed_id, day FROM feed_days WHERE day <= CAST($latest AS DATE)
            QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY day DESC) <= 2
        )
        SELECT f.* FROM fetches AS f JOIN last USING (feed_id, day) WHERE f.fetched_at <= $latest
        QUALIFY row_number() OVER (PARTITION BY f.feed_id ORDER BY f.fetched_at DESC, f.batch DESC) = 1
    """
    return {state.feed_id: state for state in columns.instances(FetchState, run(home, sql, {"latest": latest}))}


def loaded_batches(home: Path, batches: Iterable[str]) -> list[str]:
    """Those of the given batches that are loaded, in order; one in which no feed was due is told by its checks."""
    if not places.published(home).exists():
        return []
    sql = """
        WITH asked AS (SELECT unnest($batches::VARCHAR[]) AS batch)
        SELECT batch FROM asked SEMI JOIN fetches USING (batch)
        UNION
        SELECT batch FROM asked JOIN checks USING (batch)
        GROUP BY batch HAVING bool_and(success OR scope = 'row' OR severity <> 'critical')
        ORDER BY batch
    """
    found: list[str] = run(home, sql, {"batches": list(batches)})["batch"].to_pylist()
    return found


def _existing(home: Path) -> Path:
    version.check(home)
    path = places.published(home)
    if not path.exists():
        raise QueryError(home, "has no warehouse yet: run `media-monitor run` first")
    return path


@contextmanager
def _reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with held.reading(path) as connection:
            yield connection
    except CorruptFileError as damage:
        raise CorruptFileError(path, f"{damage.reason}; `media-monitor rebuild` makes it again") from damage


def _result(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Sequence[Any] | Mapping[str, Any] | None,
    of_strangers: bool = False,
) -> pa.Table:
    try:
        if of_strangers and any(statement.type not in _READING for statement in connection.extract_statements(sql)):
            raise QueryError(_shown(sql), "only SELECT is allowed")
        relation = connection.sql(sql, params=parameters)
        return pa.table({}) if relation is None else relation.to_arrow_table()
    except duckdb.Error as error:
        if any(sign in str(error) for sign in _DAMAGE):
            raise
        raise QueryError(_shown(sql), database.one_line(error)) from error


def _shown(sql: str) -> str:
    line = " ".join(sql.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
