"""Where the archive of a batch is: in its own folder, or among those of its day, which upkeep has joined.

    warc/20261122T101500Z-3f2a9c01/0000.warc.gz   of one chunk of a batch; `loaded` beside it once the batch is
    warc/2026-11-22/0000.warc.gz                  of all batches of the day, the files one after the other

A batch that was collected again, after its day was joined, has a file of the same name again: the last counts.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from media_monitor.collect.warc import archive, joined
from media_monitor.collect.warc.joined import Piece

LOADED = "loaded"  # an empty file beside the archive of a batch that was loaded: one that was killed is not replayed
SUFFIX = ".warc.gz"
_BATCH = re.compile(r"(\d{4})(\d\d)(\d\d)T\d{6}Z-")
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?\.warc\.gz")


def day_of(batch: str) -> date | None:
    """The day of the batch by its name; None where that tells none."""
    found = _BATCH.match(batch)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def joined_day(folder: Path) -> date | None:
    """The day whose batches are joined in that folder; None for the folder of a batch."""
    try:
        return date.fromisoformat(folder.name) if len(folder.name) == len("2026-11-22") else None
    except ValueError:
        return None


def joined_files(warc: Path, day: date) -> list[Path]:
    """The joined files of the day, in the order in which they were made."""
    numbers = {path: _NUMBER.fullmatch(path.name) for path in (warc / day.isoformat()).glob(f"*{SUFFIX}")}
    return sorted((p for p, found in numbers.items() if found), key=lambda p: _order(numbers[p]))


def _order(found: re.Match[str] | None) -> tuple[int, int]:
    assert found
    return int(found[1]), int(found[2] or 1)


def next_joined(folder: Path) -> Path:
    """The name of a further joined file in the folder of a day."""
    found = (_NUMBER.fullmatch(path.name) for path in folder.glob(f"*{SUFFIX}"))
    return folder / f"{max((int(one[1]) for one in found if one), default=-1) + 1:04}{SUFFIX}"


def days(warc: Path) -> list[date]:
    """The days that have joined files."""
    found = (joined_day(path) for path in warc.glob("????-??-??"))
    return sorted(day for day in found if day is not None)


def pieces(warc: Path, day: date) -> dict[tuple[str, str], Piece]:
    """What the joined files of the day hold, by batch and name.

    Raises:
        StorageError: a file cannot be read.
    """
    found = (one for path in joined_files(warc, day) for one in joined.read(path))
    return {(one.batch, one.name): one for one in found if one.batch}


def files(warc: Path, batch: str) -> dict[str, Piece]:
    """Where each archive file of the batch is, by name, in order.

    Raises:
        StorageError: a file cannot be read.
    """
    day = day_of(batch)
    found = {name: one for (of, name), one in (pieces(warc, day) if day else {}).items() if of == batch}
    found |= {path.name: whole(path) for path in (warc / batch).glob(f"*{SUFFIX}")}
    return dict(sorted(found.items()))


def whole(path: Path) -> Piece:
    """A file in the folder of its batch, as a piece."""
    mark = path.parent / LOADED
    loaded = datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.exists() else None
    return Piece(path, 0, path.stat().st_size, path.parent.name, path.name, loaded)


def finished(warc: Path, batch: str) -> dict[str, list[Piece]]:
    """The pieces of each chunk of the batch, as `archive.finished` has its files."""
    return archive.last_attempts(files(warc, batch))


def loaded_at(warc: Path, batch: str) -> datetime | None:
    """When the batch was loaded; None where it was not, or has no archive any more."""
    mark = warc / batch / LOADED
    if mark.is_file():
        return datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    return max((one.loaded for one in files(warc, batch).values() if one.loaded), default=None)


def loaded(warc: Path, since: date | None = None, until: date | None = None) -> list[str]:
    """The batches that were loaded and whose archive is whole, in order of time; of the days from `since` to `until`
    where these are given, and then those whose name tells a day alone."""
    marked = (path.parent.name for path in warc.glob(f"*/{LOADED}"))
    found = {batch for batch in marked if _within(day_of(batch), since, until)}
    for day in days(warc):
        if _within(day, since, until):
            found |= {one.batch for one in pieces(warc, day).values() if one.loaded}
    return sorted(found)


def newest(warc: Path) -> str:
    """The last batch that was loaded, by name and so by time; empty where there is none."""
    marked = [path.parent.name for path in warc.glob(f"*/{LOADED}")]
    last = days(warc)[-1:]
    return max([*marked, *(one.batch for day in last for one in pieces(warc, day).values())], default="")


def unjoined(warc: Path) -> Iterator[Path]:
    """The folders of single batches, in order."""
    for path in sorted(warc.glob("*/")):
        if joined_day(path) is None:
            yield path


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or since <= day) and (until is None or day <= until)
