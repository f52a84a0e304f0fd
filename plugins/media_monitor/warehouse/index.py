"""The DuckDB file: an index of the lake that can be made again from it at any time.

The writer keeps `working.duckdb` and publishes a copy of it, `warehouse.duckdb`, by rename. Readers open only the
copy: they never wait for the writer, nor the writer for them, and a query sees one state of everything.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor import tables
from media_monitor.errors import CorruptFileError, MemoryLimitError, QueryError, WarehouseBusyError
from media_monitor.warehouse import database, fill, lake, lock, places, repair, rollup
from media_monitor.warehouse.durable import NEW, copy, move, storing
from media_monitor.warehouse.search import stored

_OWN_TABLES = (
    "CREATE TABLE _layout (fingerprint VARCHAR NOT NULL)",
    'CREATE TABLE _partitions ("table" VARCHAR NOT NULL, day DATE NOT NULL, fingerprint VARCHAR NOT NULL)',
    'CREATE TABLE _reference ("table" VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL)',
)
# What DuckDB may hold while a large working file follows the lake. At a million articles it would take 350 MB for ten
# thousand new ones, and more where closing the file drops deleted rows; those that were tried, among the last of a
# backfill of a million, fit into 200.
MEMORY_MB = 200
_TABLES = (*_OWN_TABLES, *(table.ddl for table in tables.TABLES))


@dataclass(frozen=True, slots=True)
class Derived:
    """SQL that fills the tables that the scripts make: `whole` from nothing, `changes` where `_stale` has the days that
    were loaded since, and reference tables may be others."""

    whole: str = ""
    changes: str = ""


NOTHING = Derived()


def sync(
    home: Path, scripts: Sequence[str], reference: Mapping[str, pa.Table], derived: Derived = NOTHING
) -> list[str]:
    """Brings the warehouse up to the lake and publishes it; returns messages on what had to be repaired.

    Only partitions that changed are loaded. When table definitions or scripts changed, or the file is damaged, it
    is made again. Reference tables are replaced whole, and what is derived follows. Takes the writer's lock.

    Raises:
        WarehouseBusyError: another process is writing, or has the working file open.
        StorageError: a file cannot be read or written.
        QueryError: a script cannot be run; the message starts with its first line.
    """
    with lock.writing(home):
        messages = lake.recover(home)
        held = _filled(home, layout(scripts, derived), reference, derived)
        if held is None:
            held = _build(home, scripts, reference, derived)
        if not _is_published(home, held):
            publish(home)
        return [*messages, *repair.notes(home)]


def rebuild(
    home: Path, scripts: Sequence[str], reference: Mapping[str, pa.Table], derived: Derived = NOTHING
) -> list[str]:
    """Makes the warehouse again from the lake alone and publishes it; returns messages on what was repaired.

    Takes the writer's lock. The old files stay until the new ones take their places.

    Raises:
        WarehouseBusyError, StorageError, QueryError: as for `sync`.
    """
    with lock.writing(home):
        messages = lake.recover(home)
        _build(home, scripts, reference, derived)
        publish(home)
        return [*messages, *repair.notes(home)]


def _filled(home: Path, wanted: str, reference: Mapping[str, pa.Table], derived: Derived) -> database.State | None:
    """What the working file has loaded once it was brought up to the lake; None where it has to be made again, for a
    damaged one is set aside.

    What a day brings fits into little memory, whatever has gathered in the file. A change that does not gets all.
    """
    working = places.working(home)
    try:
        try:
            return _followed(home, wanted, reference, derived, MEMORY_MB)
        except MemoryLimitError:
            return _followed(home, wanted, reference, derived, None)
    except CorruptFileError as damage:
        _retire(home, working, damage)
        return None


def _followed(
    home: Path, wanted: str, reference: Mapping[str, pa.Table], derived: Derived, memory_mb: int | None
) -> database.State | None:
    """What the working file has loaded once it was brought up to the lake; None where there is none of that layout."""
    working = places.working(home)
    state = database.state(working)
    if state is None or state.layout != wanted:
        return None
    with fill.Filling(working, state, memory_mb) as filling:
        filling.load(home)
        filling.follow(reference, derived.changes)
        return filling.state()


def _build(home: Path, scripts: Sequence[str], reference: Mapping[str, pa.Table], derived: Derived) -> database.State:
    """What the working file has loaded, which was made from nothing."""
    working = places.working(home)
    new = working.with_name(working.name + NEW)
    with storing(new):
        new.unlink(missing_ok=True)
        _log_of(new).unlink(missing_ok=True)
    with database.opened(new, read_only=False) as connection:
        for statement in _TABLES:
            connection.execute(statement).fetchall()
        rollup.create(connection)
    with fill.Filling(new, database.State()) as filling:
        filling.load(home)
        filling.follow(reference)
    with database.opened(new, read_only=False) as connection:
        for script in filter(None, (*scripts, derived.whole)):
            _run(connection, script)
        connection.execute("INSERT INTO _layout VALUES (?)", [layout(scripts, derived)]).fetchall()
        held = database.loaded(connection)
        # Closing does this too, but in silence where the disk is full; the log is not renamed with the file.
        connection.execute("CHECKPOINT").fetchall()
    with storing(working):
        _log_of(working).unlink(missing_ok=True)
        move(new, working)
    return held


def _run(connection: duckdb.DuckDBPyConnection, script: str) -> None:
    try:
        connection.execute(script).fetchall()
    except duckdb.ProgrammingError as error:
        raise QueryError(f"script {script.strip().splitlines()[0]!r}", database.one_line(error)) from error


def _is_published(home: Path, held: database.State) -> bool:
    """Whether the published file holds what the working file holds; a damaged one is set aside."""
    published = places.published(home)
    try:
        return database.state(published) == held
    except CorruptFileError as damage:
        _retire(home, published, damage)
    except WarehouseBusyError:
        pass  # somebody opened the published file for writing: replacing it by rename does not need their leave
    return False


def publish(home: Path) -> None:
    working, published = places.working(home), places.published(home)
    if _log_of(working).exists():  # a killed run left changes in it, or a disk was full when the file was closed
        with database.opened(working, read_only=False) as connection:
            connection.execute("CHECKPOINT").fetchall()
    copy(working, published)
    with storing(published):
        _log_of(published).unlink(missing_ok=True)


def _retire(home: Path, path: Path, damage: CorruptFileError) -> None:
    kept = [repair.set_aside(file, home / places.DAMAGED) for file in (path, _log_of(path)) if file.exists()]
    repair.note(home, f"{damage}; set aside as {kept[0]} and made again from the lake")


def _log_of(path: Path) -> Path:
    """DuckDB's write-ahead log of the file."""
    return path.with_name(path.name + ".wal")


def layout(scripts: Sequence[str], derived: Derived = NOTHING) -> str:
    """What table `_layout` holds of a file that was made by these scripts and the present definitions of tables."""
    made_by = [*_TABLES, *rollup.selects().values(), stored.LAYOUT, *scripts, derived.whole, derived.changes]
    return hashlib.blake2b("\x1f".join(made_by).encode(), digest_size=16).hexdigest()
