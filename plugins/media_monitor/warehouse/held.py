"""The published file held open between queries, for a server or a replay: opening it costs more than a small query, and
what was read of it once stays in memory. It is opened anew once a load has replaced it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import duckdb

from media_monitor import opening
from media_monitor.warehouse import database

_asked: ContextVar[bool] = ContextVar("asked", default=False)
_lock = threading.Lock()
_files: dict[Path, tuple[tuple[int, int, int], duckdb.DuckDBPyConnection]] = {}


@contextmanager
def open_afterwards() -> Iterator[None]:
    """Files that are read within the block, in threads that it starts too, stay open after it."""
    token = _asked.set(True)
    try:
        yield
    finally:
        _asked.reset(token)


def let_go(path: Path) -> None:
    """Closes the file, once the queries that are under way have ended."""
    with _lock:
        _files.pop(path, None)


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the file as it is now, as `database.opened` gives one for reading.

    Raises:
        StorageError, CorruptFileError: as for `database.opened`.
    """
    if not _asked.get():
        with database.opened(path, read_only=True) as connection:
            yield connection
        return
    try:
        with _file(path).cursor() as cursor:
            cursor.execute(f"USE published; {opening.CONNECTED}").fetchall()
            yield cursor
    except duckdb.Error as error:
        raise database.explained(path, error) from error


def version(path: Path) -> tuple[int, int, int]:
    """What tells a published file from those before and after it.

    Raises:
        FileNotFoundError: there is none.
    """
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _file(path: Path) -> duckdb.DuckDBPyConnection:
    """Queries that are under way keep the file that they began with; it is let go when the last has ended."""
    with _lock:
        now = version(path)
        if path not in _files or _files[path][0] != now:
            _files[path] = (now, _attached(path))
        return _files[path][1]


def _attached(path: Path) -> duckdb.DuckDBPyConnection:
    """Attached to a database of its own: connections straight to a path share what the first of them has opened, which
    may be the file before this one."""
    connection = opening.instance(path, sealed=True)
    name = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{name}' AS published (READ_ONLY)").fetchall()
    return connection
