"""Loads into a DuckDB file what has changed in the lake and in the reference tables since it was last filled."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.warehouse import database, partition, places, repair, rollup
from media_monitor.warehouse.database import State

TRANSACTION_ROWS = 200_000  # rows held in memory and loaded in one transaction: about 200 MB of articles


@dataclass(frozen=True, slots=True)
class _Part:
    """A partition as it is now in the lake; `fingerprint` is None for one that is not there any more."""

    table: Table
    day: date
    fingerprint: str | None
    rows: pa.Table


def load(home: Path, path: Path, state: State, memory_mb: int | None = None) -> None:
    """Loads the partitions of the lake that differ from those that the file has loaded, `state`.

    `memory_mb`: what DuckDB may hold of a large file at once (`opening.attached`).

    Raises:
        WarehouseBusyError: another process has the file open.
        StorageError: a file cannot be read or written.
        CorruptFileError: the DuckDB file is damaged.
        MemoryLimitError: `memory_mb` is too little; what was loaded before is kept.
    """
    for parts in _transactions(_changed(home, state)):
        with database.opened(path, read_only=False, memory_mb=memory_mb) as connection:
            _load(connection, parts)
            parts.clear()  # closing the file takes memory too


def follow(
    path: Path, state: State, reference: Mapping[str, pa.Table], changes: str = "", memory_mb: int | None = None
) -> None:
    """Replaces reference tables that differ, and makes rollups and what else follows from the days loaded up to date.

    All in one transaction: where it is interrupted, the days stay stale, and the reference tables the old ones.

    Raises: as for `load`.
    """
    prints = {name: _fingerprint(rows) for name, rows in reference.items()}
    with database.opened(path, read_only=False, memory_mb=memory_mb) as connection:
        stale = rollup.is_stale(connection)
        if not stale and prints == state.reference:
            return
        connection.begin()
        if prints != state.reference:
            _replace_reference(connection, state.reference, reference, prints)
        rollup.widen(connection)
        if changes:
            connection.execute(changes).fetchall()
        if stale:
            rollup.refresh(connection)
        rollup.settle(connection)
        connection.commit()


def _changed(home: Path, state: State) -> Iterator[_Part]:
    retired: dict[str, date] | None = None  # read where a partition is missing
    for table in tables.TABLES:
        present = dict(places.partitions(home, table.name))
        for day, path in present.items():
            if state.partitions.get((table.name, day)) != partition.fingerprint(path):
                rows = repair.sound_partition(home, table, day)  # which may replace or remove a damaged file
                yield _Part(table, day, partition.fingerprint(path) if path.exists() else None, rows)
        for name, day in state.partitions:
            if name == table.name and day not in present:
                if day > (retired := _retired(home) if retired is None else retired).get(name, date.min):
                    gone = places.partition(home, name, day)
                    repair.note(home, f"{gone}: is not in the lake any more; its rows were taken out of the warehouse")
                yield _Part(table, day, None, table.empty())


def _retired(home: Path) -> dict[str, date]:
    """By table, the last day of which upkeep removed partitions: nobody needs to be told that they are not there."""
    parts = [repair.sound_partition(home, tables.REMOVALS, day) for day, _ in places.partitions(home, "removals")]
    until: dict[str, date] = {}
    for row in pa.concat_tables(parts).to_pylist() if parts else []:
        until[row["what"]] = max(until.get(row["what"], date.min), row["until"] or date.min)
    return until


def _transactions(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    waiting: list[_Part] = []
    rows = 0
    for part in parts:
        waiting.append(part)
        rows += part.rows.num_rows
        if rows >= TRANSACTION_ROWS:
            yield waiting
            waiting, rows = [], 0
    if waiting:
        yield waiting


def _load(connection: duckdb.DuckDBPyConnection, parts: list[_Part]) -> None:
    connection.begin()
    for name, group in groupby(parts, key=lambda part: part.table.name):
        found = list(group)
        days = [part.day for part in found]
        for statement in (
            f'DELETE FROM "{name}" WHERE day IN (SELECT unnest(?::DATE[]))',
            f"DELETE FROM _partitions WHERE \"table\" = '{name}' AND day IN (SELECT unnest(?::DATE[]))",
        ):
            connection.execute(statement, [days]).fetchall()
        rollup.mark(connection, name, days)
        _insert(connection, name, pa.concat_tables([part.rows for part in found]))
        present = [part for part in found if part.fingerprint is not None]
        loaded = {"table": [name] * len(present), "day": [p.day for p in present]}
        _insert(connection, "_partitions", pa.table(loaded | {"fingerprint": [p.fingerprint for p in present]}))
    connection.commit()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    if rows.num_rows:
        connection.register("incoming", rows)
        connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming').fetchall()
        connection.unregister("incoming")


def _replace_reference(
    connection: duckdb.DuckDBPyConnection,
    old: Iterable[str],
    reference: Mapping[str, pa.Table],
    prints: Mapping[str, str],
) -> None:
    for name in old:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"').fetchall()
    connection.execute("DELETE FROM _reference").fetchall()
    for name, rows in reference.items():
        connection.register("incoming", rows)
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming').fetchall()
        connection.unregister("incoming")
        connection.execute("INSERT INTO _reference VALUES (?, ?)", [name, prints[name]]).fetchall()


def _fingerprint(rows: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    return hashlib.blake2b(sink.getvalue(), digest_size=16).hexdigest()
