"""Finds the partitions that hold rows of given owners: a row whose day has changed must leave its old partition.

The working DuckDB file knows it for the partitions that it has loaded in their present state; the others are read.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from media_monitor.columns import Table
from media_monitor.errors import MediaMonitorError, WarehouseBusyError
from media_monitor.warehouse import database, partition, places, repair
from media_monitor.warehouse.database import State


class Index:
    """The working DuckDB file while a merge asks it."""

    def __init__(self, home: Path, held: ExitStack) -> None:
        self.home, self._held = home, held

    def days(self, table: Table, owners: pa.Table, known: Collection[date]) -> set[date]:
        """Days, other than the `known` ones, with rows of an owner in `owners` (a table of the owner columns).

        Raises:
            WarehouseBusyError: another process has the working DuckDB file open for writing.
            StorageError: a partition cannot be read.
        """
        present = {day: path for day, path in places.partitions(self.home, table.name) if day not in known}
        if not present or not owners.num_rows:
            return set()
        found, indexed = self._asked(table, owners, present)
        wanted = frozenset(keys(owners, table.owner))
        for day in present.keys() - indexed:
            rows = repair.sound_partition(self.home, table, day)
            if not wanted.isdisjoint(keys(rows, table.owner)):
                found.add(day)
        return found

    @cached_property
    def _file(self) -> tuple[duckdb.DuckDBPyConnection, State] | None:
        """None where it is missing, or damaged: the next `index.sync` sets it aside and says so."""
        path = places.working(self.home)
        if not path.exists():
            return None
        try:
            with ExitStack() as opening:
                connection = opening.enter_context(database.opened(path, read_only=True))
                state = database.loaded(connection)
                self._held.push(opening.pop_all())
                return connection, state
        except WarehouseBusyError:
            raise
        except MediaMonitorError:
            return None

    def _asked(self, table: Table, owners: pa.Table, present: Mapping[date, Path]) -> tuple[set[date], set[date]]:
        """Of the days that are loaded in their present state: those with rows of an owner, and all."""
        if self._file is None:
            return set(), set()
        connection, state = self._file
        indexed = {d for d, p in present.items() if state.partitions.get((table.name, d)) == partition.fingerprint(p)}
        if not indexed:
            return set(), set()
        columns = ", ".join(f'"{name}"' for name in table.owner)
        connection.register("owners", owners)
        query = f'SELECT DISTINCT day FROM "{table.name}" SEMI JOIN owners USING ({columns})'
        found = {day for (day,) in connection.execute(query).fetchall()}
        connection.unregister("owners")
        return found & indexed, indexed


@contextmanager
def index(home: Path) -> Iterator[Index]:
    """The working DuckDB file of the data folder, opened where it is first asked, and only once. The caller holds the
    writer's lock."""
    with ExitStack() as held:
        yield Index(home, held)


def keys(rows: pa.Table, columns: Collection[str]) -> list[str]:
    """One text a row, equal where the columns are equal."""
    texts = [rows[name].cast(pa.string()) for name in columns]
    joined: list[str] = pc.binary_join_element_wise(*texts, "\x1f").to_pylist()
    return joined
