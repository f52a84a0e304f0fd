"""Sets damaged files aside, and gets a partition's rows back from DuckDB.

Nothing damaged is deleted: it moves to `lake/.damaged/` (partitions) or `.damaged/` (DuckDB files). What was done
is logged at once and noted in a file, so that the run's report tells it even if the process ends in between.
"""

import logging
import os
from datetime import date
from pathlib import Path

import pyarrow as pa

from media_monitor.columns import Table
from media_monitor.errors import CorruptFileError, MediaMonitorError, WarehouseBusyError
from media_monitor.warehouse import database, partition, places
from media_monitor.warehouse.durable import NEW, copy, make_folder, move, storing, write_parquet

NOTES = "notes.txt"
log = logging.getLogger(__name__)


def sound_partition(home: Path, table: Table, day: date) -> pa.Table:
    """The rows of the partition (none if there is no such file). A damaged file is set aside and restored first.

    The caller holds the writer's lock.

    Raises:
        StorageError: a file cannot be read or written.
    """
    path = places.partition(home, table.name, day)
    if not path.exists():
        return table.empty()
    try:
        return partition.read(path, table, day)
    except CorruptFileError as damage:
        return restored(home, table, day, damage)


def set_aside(path: Path, folder: Path) -> Path:
    """Moves the file into the folder under a free name `<name>.<n>`, and returns that.

    Raises:
        StorageError: it cannot be moved.
    """
    target = free(path, folder)
    with storing(path):
        move(path, target)
    return target


def note(home: Path, message: str) -> None:
    """Logs the message and keeps it for the next `notes`."""
    log.warning(message)
    path = places.lake(home) / places.DAMAGED / NOTES
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(message + "\n")
    except OSError as error:
        log.warning("%s: the message above could not be kept: %s", path, error.strerror)


def notes(home: Path) -> list[str]:
    """What was noted since the last call, oldest first.

    Raises:
        StorageError: the notes cannot be read or removed.
    """
    path = places.lake(home) / places.DAMAGED / NOTES
    with storing(path):
        if not path.exists():
            return []
        found = path.read_text(encoding="utf-8").splitlines()
        path.unlink()
    return found


def restored(home: Path, table: Table, day: date, damage: CorruptFileError) -> pa.Table:
    """The rows of the partition as a DuckDB file has them, which take the place of the damaged file; none where no
    DuckDB file has them.

    Raises:
        StorageError: a file cannot be read or written.
    """
    path = places.partition(home, table.name, day)
    aside = places.lake(home) / places.DAMAGED / table.name / path.parent.name
    source, rows = indexed(home, table, day)
    if source is None:
        kept = set_aside(path, aside)
        note(
            home,
            f"{damage}; set aside as {kept}; no DuckDB file has its rows, so they are missing until it is replaced",
        )
        return rows
    # The damaged file keeps its place until the restored one takes it: a crash in between loses nothing.
    new = aside / (path.name + NEW)
    kept = free(path, aside)
    copy(path, kept)
    write_parquet(new, rows)
    with storing(path):
        move(new, path)
    note(home, f"{damage}; set aside as {kept}; its {rows.num_rows} rows were restored from {source.name}")
    return rows


def indexed(home: Path, table: Table, day: date) -> tuple[Path | None, pa.Table]:
    """(file, rows) of the first DuckDB file that has loaded the partition; (None, no rows) if none has."""
    for path in (places.working(home), places.published(home)):
        try:
            rows = database.day_rows(path, table.name, day)
            if rows is not None:
                return path, partition.conform(path, rows, table)
        except WarehouseBusyError:
            raise
        except MediaMonitorError as error:
            log.warning("%s", error)
    return None, table.empty()


def free(path: Path, folder: Path) -> Path:
    """A path in the folder, which is made, that no file has: `<name>.<n>`."""
    make_folder(folder)
    numbers = (n for n in range(1, 1 << 30) if not os.path.lexists(folder / f"{path.name}.{n}"))
    return folder / f"{path.name}.{next(numbers)}"
