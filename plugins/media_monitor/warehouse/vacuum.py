"""Gives space back that DuckDB files hold and do not use."""

from dataclasses import dataclass
from pathlib import Path

from media_monitor.warehouse import database, index, lock, places
from media_monitor.warehouse.durable import NEW, move, storing

LEAST_BYTES, LEAST_SHARE = 64_000_000, 0.25  # of free space in the file that make it worth the while


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes of the working file, and of them those that hold nothing."""

    size: int
    free: int

    @property
    def worth(self) -> bool:
        return self.free >= LEAST_BYTES and self.free >= LEAST_SHARE * self.size


def space(home: Path) -> Space:
    """What the working file takes.

    Raises:
        WarehouseBusyError, CorruptFileError, StorageError: as for `database.opened`.
    """
    path = places.working(home)
    if not path.exists():
        return Space(0, 0)
    with database.opened(path, read_only=True) as connection:
        sql = "SELECT block_size * used_blocks FROM pragma_database_size() WHERE database_name = current_database()"
        ((used,),) = connection.execute(sql).fetchall()
    size = path.stat().st_size
    return Space(size, max(0, size - used))  # free blocks at its end, which DuckDB counts too, are cut off already


def vacuum(home: Path) -> int:
    """Writes the working file anew without what it does not use, and publishes it; returns the bytes that this freed of
    each of the two. The old file stays until the new one takes its place.

    Raises:
        WarehouseBusyError: another process is writing.
        StorageError: a file cannot be written; the old one stays.
    """
    with lock.writing(home):
        working = places.working(home)
        new = working.with_name(working.name + NEW)
        before = working.stat().st_size
        with storing(new):
            new.unlink(missing_ok=True)
        with database.opened(working, read_only=False) as connection:
            connection.execute("CHECKPOINT").fetchall()
            name = connection.execute("SELECT current_database()").fetchall()[0][0]
            connection.execute(f"ATTACH '{str(new).replace(chr(39), chr(39) * 2)}' AS compact").fetchall()
            connection.execute(f'COPY FROM DATABASE "{name}" TO compact').fetchall()
            connection.execute("DETACH compact").fetchall()
        move(new, working)
        index.publish(home)
        return before - working.stat().st_size
