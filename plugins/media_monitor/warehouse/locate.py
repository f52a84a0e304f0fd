"""Finds the partitions that hold rows of given owners: a row whose day has changed must leave its old partition.

The working DuckDB file knows it for the partitions that it has loaded in their present state; the others are read.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from media_monitor.columns import Table
from media_monitor.errors import MediaMonitorError, WarehouseBusyError
from media_monitor.warehouse import database, partition, places, repair
from media_monitor.warehouse.database import State


def days(home: Path, table: Table, owners: pa.Table, known: Collection[date]) -> set[date]:
    """Days, other than the `known` ones, with rows of an owner in `owners` (a table of the owner columns).

    The caller holds the writer's lock.

    Raises:
        WarehouseBusyError: another process has the working DuckDB file open for writing.
        StorageError: a partition cannot be read.
    """
    present = {day: path for day, path in places.partitions(home, table.name) if day not in known}
    if not present or not owners.num_rows:
        return set()
    indexed = _current(_state(places.working(home)), table, present)
    found = _ask(places.working(home), table, owners) & indexed if indexed else set()
    wanted = frozenset(keys(owners, table.owner))
    for day in present.keys() - indexed:
        rows = repair.sound_partition(home, table, day)
        if not wanted.isdisjoint(keys(rows, table.owner)):
            found.add(day)
    return found


def keys(rows: pa.Table, columns: Collection[str]) -> list[str]:
    """One text a row, equal where the columns are equal."""
    texts = [rows[name].cast(pa.string()) for name in columns]
    joined: list[str] = pc.binary_join_element_wise(*texts, "\x1f").to_pylist()
    return joined


def _state(path: Path) -> State | None:
    try:
        return database.state(path)
    except WarehouseBusyError:
        raise
    except MediaMonitorError:
        return None  # the next `index.sync` sets the file aside and says so


def _current(state: State | None, table: Table, present: dict[date, Path]) -> set[date]:
    if state is None:
        return set()
    return {d for d, p in present.items() if state.partitions.get((table.name, d)) == partition.fingerprint(p)}


def _ask(path: Path, table: Table, owners: pa.Table) -> set[date]:
    columns = ", ".join(f'"{name}"' for name in table.owner)
    with database.opened(path, read_only=True) as connection:
        connection.register("owners", owners)
        query = f'SELECT DISTINCT day FROM "{table.name}" SEMI JOIN owners USING ({columns})'
        return {day for (day,) in connection.execute(query).fetchall()}
