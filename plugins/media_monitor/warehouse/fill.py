"""Loads into a DuckDB file what has changed in the lake and in the reference tables since it was last filled."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.warehouse import database, partition, places, repair, rollup
from media_monitor.warehouse.database import State

TRANSACTION_ROWS = 200_000  # rows held in memory and loaded in one transaction: about 200 MB of articles
# Up to so many, some hours of news, the file stays open for what follows from them: to close it between takes longer
# than to load them. After more it is closed first, so that DuckDB need not hold them beside what follows.
_FEW_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class _Part:
    """A partition as it is now in the lake; `fingerprint` is None for one that is not there any more."""

    table: Table
    day: date
    fingerprint: str | None
    rows: pa.Table


class Filling:
    """A DuckDB file that is brought up to the lake and to reference tables, from `state`, which it has loaded.

    It is opened where something differs, and closed at the end of the `with` block: a file is written through when it
    is closed. `memory_mb`: what DuckDB may hold of a large file at once (`opening.attached`).

    Raises, also at the end of the block:
        WarehouseBusyError: another process has the file open.
        StorageError: a file cannot be read or written.
        CorruptFileError: the DuckDB file is damaged.
        MemoryLimitError: `memory_mb` is too little; what was loaded before is kept.
    """

    def __init__(self, path: Path, state: State, memory_mb: int | None = None) -> None:
        self._path, self._before, self._memory_mb = path, state, memory_mb
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._open = ExitStack()
        self._stale = state.stale
        self._changed = False

    def __enter__(self) -> "Filling":
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)

    def load(self, home: Path) -> None:
        """Loads the partitions of the lake that differ."""
        for parts in _transactions(_differing(home, self._before)):
            few = sum(part.rows.num_rows for part in parts) <= _FEW_ROWS
            _load(self._opened(), parts)
            parts.clear()  # closing the file takes memory too
            self._changed = self._stale = True
            if not few:
                self._close()

    def follow(self, reference: Mapping[str, pa.Table], changes: str = "") -> None:
        """Replaces reference tables that differ, and makes rollups and what else follows from the days loaded up to
        date.

        All in one transaction: where it is interrupted, the days stay stale, and the reference tables the old ones.
        """
        prints = {name: _fingerprint(rows) for name, rows in reference.items()}
        others = prints != self._before.reference
        if not self._stale and not others:
            return
        connection = self._opened()
        stale = rollup.is_stale(connection)
        if not stale and not others:
            return
        connection.begin()
        if others:
            _replace_reference(connection, self._before.reference, reference, prints)
        rollup.widen(connection)
        if changes:
            connection.execute(changes).fetchall()
        if stale:
            rollup.refresh(connection)
        rollup.settle(connection)
        connection.commit()
        self._changed = True

    def state(self) -> State:
        """What the file has loaded now."""
        return database.loaded(self._opened()) if self._changed else self._before

    def _opened(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            opened = database.opened(self._path, read_only=False, memory_mb=self._memory_mb)
            self._connection = self._open.enter_context(opened)
        return self._connection

    def _close(self) -> None:
        self._connection = None
        self._open.close()


def _differing(home: Path, state: State) -> Iterator[_Part]:
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
