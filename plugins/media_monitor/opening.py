"""How DuckDB files are opened: attached to an instance in memory, which is used again for the next opening.

Making an instance takes twice as long as attaching one of our files to it (some 14 and 6 ms, most of that to read its
views) and longer than most of our queries, and a run opens files dozens of times. An instance has one user at a time:
no two of a process share what they set or attach.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Settings of every instance: no extension is fetched."""
# Of every connection. In notebooks and under `python -c` DuckDB would draw its progress over what is printed.
CONNECTED = "SET TimeZone = 'UTC'; SET enable_progress_bar = false"

_KEPT = 4  # idle instances of a process, of some megabytes each
# Threads share a table by the 122,880 rows, and the tables of a smaller file have fewer: handing work about is then a
# tenth of what a load takes.
_SMALL = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the settings of an instance depend on."""

    path: Path | None = None
    sealed: bool = False
    small: bool = False
    memory_mb: int | None = None


_lock = threading.Lock()
_idle: list[tuple[_Kind, duckdb.DuckDBPyConnection]] = []
_of_parent: list[object] = []  # closing what a parent process made would wait for its threads


def _forget() -> None:
    global _lock  # whoever held it is not in this process
    _lock = threading.Lock()
    _of_parent.extend(_idle)
    _idle.clear()


os.register_at_fork(after_in_child=_forget)


@contextmanager
def attached(path: Path, *, read_only: bool, memory_mb: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the file is the current database, let go at the end of the block. Times come out in UTC.

    Read only, it reaches no other file and no network. Of a file above 32 MB no more than `memory_mb` is held at once,
    with all that is worked out; without it, up to four fifths of the machine's memory.

    Raises:
        duckdb.OutOfMemoryException: `memory_mb` is too little, also at the end of the block; what is committed is kept.
        duckdb.Error: the file cannot be opened, or is no DuckDB file; also from inside the block.
    """
    name = path.name.partition(".")[0]
    small = _is_small(path)
    with _lent(_Kind(path, read_only, small, None if small else memory_mb)) as own:
        own.execute(f'ATTACH {_quoted(path)} AS "{name}" ({"READ_ONLY" if read_only else "READ_WRITE"})').fetchall()
        with own.cursor() as cursor:
            cursor.execute(f'USE "{name}"; {CONNECTED}').fetchall()
            yield cursor
        own.execute(f'DETACH "{name}"').fetchall()


def _is_small(path: Path) -> bool:
    """Also where there is no such file, or it cannot be seen: DuckDB says so when it is attached."""
    try:
        return path.stat().st_size < _SMALL
    except OSError:
        return True


@contextmanager
def in_memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose current database, "scratch", is empty and in memory; it may read files. Times come out in UTC,
    rows in no order but that of ORDER BY: so large files take less memory.

    Raises:
        duckdb.Error: from inside the block.
    """
    with _lent(_Kind()) as own:
        own.execute("ATTACH ':memory:' AS scratch").fetchall()
        with own.cursor() as cursor:
            cursor.execute(f"USE scratch; {CONNECTED}").fetchall()
            yield cursor
        own.execute("DETACH scratch").fetchall()


@contextmanager
def _lent(kind: _Kind) -> Iterator[duckdb.DuckDBPyConnection]:
    """An instance for the block alone, which is kept for others where the block ends without an error. One of a large
    file is not: it would hold on to hundreds of megabytes."""
    with _lock:
        place = next((n for n, (known, _) in enumerate(_idle) if known == kind), None)
        own = None if place is None else _idle.pop(place)[1]
    if own is None:
        own = instance(kind.path, sealed=kind.sealed)
        if kind.small:
            own.execute("SET threads = 1").fetchall()
        if kind.memory_mb:
            own.execute(f"SET memory_limit = '{kind.memory_mb}MB'").fetchall()
    try:
        yield own
    except BaseException:
        own.close()
        raise
    if kind.path and not kind.small:
        own.close()
        return
    with _lock:
        _idle.append((kind, own))
        surplus = _idle[:-_KEPT]
        del _idle[:-_KEPT]
    for _, one in surplus:
        one.close()


def instance(path: Path | None, *, sealed: bool) -> duckdb.DuckDBPyConnection:
    """A new instance, for the file of that path where one is given; sealed, it reaches no other file and no network."""
    made = duckdb.connect(":memory:", config=OFFLINE)
    spilled = f"{path}.tmp" if path else f"{tempfile.gettempdir()}/media-monitor-{os.getpid()}.tmp"
    made.execute(CONNECTED).fetchall()
    made.execute(f"SET temp_directory = {_quoted(spilled)}").fetchall()
    if path is None:
        made.execute("SET preserve_insertion_order = false").fetchall()
    if sealed:
        allowed = f"[{_quoted(f'{path}')}, {_quoted(f'{path}.wal')}]"
        made.execute(f"SET allowed_paths = {allowed}; SET enable_external_access = false").fetchall()
    return made


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"
