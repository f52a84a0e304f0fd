"""Small files of the archive: those of all batches of a day joined into one, which rows name then.

The joined file is written whole before any row names it, and the files that it is made of go last. Whatever ends that
in between, rows name what is there; the next time takes the file that it finds, where that holds the same bytes.
"""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from media_monitor.collect.warc import batches, joined, writing
from media_monitor.collect.warc.joined import Piece
from media_monitor.errors import StorageError
from media_monitor.upkeep.repoint import Move, repoint
from media_monitor.warehouse.durable import storing

WARC = "warc"
LEAST_BYTES = 64_000_000  # left free beside the joined file: for the partitions that are written anew
AGAIN_SECONDS = 86_400  # what was collected again after the load may be loaded again this long


@dataclass(frozen=True, slots=True)
class Joined:
    """What was joined: files of that many days and bytes into so many, and rows that name another place since."""

    days: int = 0
    files: int = 0
    into: int = 0
    bytes: int = 0
    rows: int = 0

    def __add__(self, other: "Joined") -> "Joined":
        return Joined(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def due(home: Path, days: int, now: datetime) -> dict[date, list[Path]]:
    """The folders of batches that are to be joined, by day: of batches that were loaded, as many days ago or more.
    A day with one archive file stays as it is."""
    until, found = now.date() - timedelta(days=days), dict[date, list[Path]]()
    for folder in batches.unjoined(home / WARC):
        day = batches.day_of(folder.name)
        if day is not None and day < until and _is_settled(folder):
            found.setdefault(day, []).append(folder)
    return {day: folders for day, folders in sorted(found.items()) if _is_worth(home, day, folders)}


def _is_settled(folder: Path) -> bool:
    """Whether no run will load what is in the folder any more; true of one that an interruption left empty."""
    with os.scandir(folder) as entries:
        written = {entry.name: entry.stat().st_mtime for entry in entries}
    loaded = written.get(batches.LOADED)
    if loaded is None:
        return not written
    latest = max(written.values())
    if latest > loaded and time.time() - latest < AGAIN_SECONDS:
        return False
    return not any(name.endswith(".open") for name in written) or not writing.is_being_written(folder)


def _is_worth(home: Path, day: date, folders: Sequence[Path]) -> bool:
    files = sum(1 for folder in folders for _ in folder.glob(f"*{batches.SUFFIX}"))
    return files != 1 or bool(batches.joined_files(home / WARC, day))


def rehearsed(home: Path, folders: Sequence[Path], day: date, largest: int) -> Joined:
    """What `join` would do with a day; rows are not counted."""
    _, new = _divided(home, folders, day)
    found = [batches.whole(path) for path in _files(folders)]
    return Joined(int(bool(found)), len(found), len(list(_groups(new, largest))), sum(one.size for one in found))


def join(home: Path, folders: Sequence[Path], day: date, largest: int) -> Joined:
    """Joins the files of a day, in a next file from `largest` bytes on. The writer's lock is held, and the warehouse
    was up to the lake before the first day.

    Raises:
        StorageError: a file cannot be read or written, or the disk has no room; rows name what is there.
    """
    placed, new = _divided(home, folders, day)
    groups = list(_groups(new, largest))
    _ask_for_room(home, day, new)
    for left in (home / WARC / day.isoformat()).glob("*.open"):
        with storing(left):
            left.unlink()
    for group in groups:
        made = joined.write(batches.next_joined(home / WARC / day.isoformat()), group)
        placed += zip(group, made, strict=True)
    rows = repoint(home, [_move(home, old, made) for old, made in placed]) if placed else 0
    for old, _ in placed:
        with storing(old.path):
            old.path.unlink()
    for folder in folders:
        _remove(folder)
    return Joined(int(bool(placed)), len(placed), len(groups), sum(one.size for one, _ in placed), rows)


def _divided(home: Path, folders: Sequence[Path], day: date) -> tuple[list[tuple[Piece, Piece]], list[Piece]]:
    """(files that a joined file holds already, each with its place there; those that are to be joined)."""
    there = batches.pieces(home / WARC, day)
    placed, new = [], []
    for path in _files(folders):
        one = batches.whole(path)
        known = there.get((one.batch, one.name))
        if known is not None and joined.same(one, known):
            placed.append((one, known))
        else:
            new.append(one)
    return placed, new


def _files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob(f"*{batches.SUFFIX}"))]


def _groups(new: Sequence[Piece], largest: int) -> Iterator[list[Piece]]:
    """The pieces of each file; one is never divided."""
    group: list[Piece] = []
    size = 0
    for one in new:
        if size >= largest:
            yield group
            group, size = [], 0
        group.append(one)
        size += one.size
    if group:
        yield group


def _ask_for_room(home: Path, day: date, new: Sequence[Piece]) -> None:
    needed = sum(one.size for one in new) + LEAST_BYTES
    free = shutil.disk_usage(home).free
    if new and free < needed:
        raise StorageError(
            home / WARC / day.isoformat(),
            f"the files of the day cannot be joined: both copies take {needed / 1e6:,.0f} MB more for a moment, and "
            f"{free / 1e6:,.0f} MB are free",
        )


def _move(home: Path, old: Piece, made: Piece) -> Move:
    file, into = (one.path.relative_to(home).as_posix() for one in (old, made))
    return Move(file, into=into, at=made.start)


def _remove(folder: Path) -> None:
    """The mark that it was loaded, and the folder, where nothing else is in it."""
    if all(path.name == batches.LOADED for path in folder.iterdir()):
        with suppress(OSError):
            (folder / batches.LOADED).unlink(missing_ok=True)
            folder.rmdir()
