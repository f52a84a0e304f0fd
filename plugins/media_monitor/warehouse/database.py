"""Opens DuckDB files, and says in our own errors what DuckDB found wrong.

Beside the tables and views, a file holds three small tables of its own: `_layout` (version of table
definitions and scripts), `_partitions` (which state of which lake partition it has loaded) and `_reference` (the
same of reference tables).
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor.errors import CorruptFileError, MediaMonitorError, MemoryLimitError, StorageError, WarehouseBusyError
from media_monitor.opening import attached

_REFUSALS = re.compile("|".join(re.escape(os.strerror(n)) for n in (EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS)))


@dataclass(frozen=True, slots=True)
class State:
    """What a DuckDB file has loaded. `partitions`: (table, day) -> fingerprint; `reference`: table -> fingerprint;
    `stale`: whether rollups and what else follows from what was loaded are behind it."""

    layout: str = ""
    partitions: dict[tuple[str, date], str] = field(default_factory=dict)
    reference: dict[str, str] = field(default_factory=dict)
    stale: bool = False


@contextmanager
def opened(path: Path, *, read_only: bool, memory_mb: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the file, closed at the end of the block. Times come out in UTC. `memory_mb`: as for `attached`.

    Raises:
        MemoryLimitError: `memory_mb`, or the machine, has not enough.
        WarehouseBusyError: another process has the file open.
        StorageError: the file cannot be read or written (permissions, full disk).
        CorruptFileError: the file is damaged, or was written by another version of DuckDB; also from inside the block.
    """
    try:
        with attached(path, read_only=read_only, memory_mb=memory_mb) as connection:
            yield connection
    except duckdb.Error as error:
        raise explained(path, error) from error


def explained(path: Path, error: duckdb.Error) -> MediaMonitorError:
    """The error in our terms: busy, refused by the file system, or damaged."""
    line = one_line(error)
    if "Could not set lock" in line:
        holder = re.search(r"\(PID (\d+)\)", line)
        return WarehouseBusyError(path, f"is open in another process{f' ({holder[1]})' if holder else ''}")
    if isinstance(error, duckdb.OutOfMemoryException):
        return MemoryLimitError(path, line)
    if isinstance(error, duckdb.InterruptException):
        return StorageError(path, line)
    refusal = _REFUSALS.search(line)
    if refusal:
        return StorageError(path, refusal[0])
    return CorruptFileError(path, f"DuckDB cannot use it: {line}")


def one_line(error: duckdb.Error) -> str:
    """DuckDB's message on one line, without the extract of the query that it draws below."""
    text = re.split(r"\n\s*\n?LINE \d+:", str(error))[0]
    return re.sub(r"\s+", " ", text).strip()


def state(path: Path) -> State | None:
    """What the file has loaded; None when there is no file.

    Raises:
        WarehouseBusyError, StorageError, CorruptFileError: as for `opened`.
    """
    if not path.exists():
        return None
    with opened(path, read_only=True) as connection:
        return loaded(connection)


def loaded(connection: duckdb.DuckDBPyConnection) -> State:
    """What the file of the connection has loaded."""
    layout = connection.execute("SELECT fingerprint FROM _layout").fetchall()
    partitions = connection.execute('SELECT "table", day, fingerprint FROM _partitions').fetchall()
    reference = connection.execute('SELECT "table", fingerprint FROM _reference').fetchall()
    stale = connection.execute("SELECT count(*) > 0 FROM _stale").fetchall()
    return State(
        layout=layout[0][0] if layout else "",
        partitions={(table, day): fingerprint for table, day, fingerprint in partitions},
        reference=dict(reference),
        stale=stale[0][0],
    )


def day_rows(path: Path, table: str, day: date) -> pa.Table | None:
    """The rows that the file has of the partition; None when it never loaded it, or is not there.

    Raises:
        WarehouseBusyError, StorageError, CorruptFileError: as for `opened`.
    """
    if not path.exists():
        return None
    with opened(path, read_only=True) as connection:
        loaded = connection.execute('SELECT 1 FROM _partitions WHERE "table" = ? AND day = ?', [table, day]).fetchall()
        if not loaded:
            return None
        return connection.sql(f'SELECT * FROM "{table}" WHERE day = ?', params=[day]).to_arrow_table()
