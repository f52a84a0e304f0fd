"""Old answers of servers leave the archive, but for those in which evidence came: file by file where each batch has a
folder, and of a joined file those of its pieces, which are such files, that hold none.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from media_monitor.collect.warc import batches, joined
from media_monitor.collect.warc.joined import Piece
from media_monitor.upkeep import evidence, folders
from media_monitor.upkeep.removal import Removal
from media_monitor.upkeep.repoint import Move, repoint

WARC = "warc"
Evidence = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A joined file, its pieces that go, and those that stay as they are to be from now on."""

    path: Path
    gone: tuple[Piece, ...]
    kept: tuple[Piece, ...]


def remove(home: Path, days: int, now: datetime, *, rehearse: bool = False) -> Removal | None:
    """Removes files of the archive of batches that old, but for those that hold evidence, and lets the tables point at
    them no more; joined files of days that old are written anew with what stays. A batch of which anything is removed
    is not replayed any more.

    The tables change before files go: where this is interrupted, they go by the next time.

    Raises:
        StorageError: a file cannot be removed, or the lake not be written.
    """
    until = now.date() - timedelta(days=days + 1)
    old = [path for path in batches.unjoined(home / WARC) if _day(path) <= until]
    files = [file for folder in old for file in sorted(folder.iterdir()) if file.is_file()]
    joined_days = [day for day in batches.days(home / WARC) if day <= until]
    staying = evidence.archives(home) if files or joined_days else {}
    gone = [file for file in files if file.name != batches.LOADED and _name(home, file) not in staying]
    cuts = [cut for day in joined_days for cut in _cuts(home, batches.joined_files(home / WARC, day), staying)]
    marks = sorted({mark for file in gone if (mark := file.parent / batches.LOADED).exists()})
    paths = [*marks, *gone, *(cut.path for cut in cuts)]
    shared = sum(len(batches.joined_files(home / WARC, day)) for day in joined_days)
    kept = sum(file.name != batches.LOADED for file in files) - len(gone) + shared - sum(not cut.kept for cut in cuts)
    anew = 0 if rehearse or not paths else _forget(home, gone, cuts)
    done = folders.gone("warc", paths, kept, until, f"retention_days warc={days}", now, rehearse)
    if not rehearse:
        for folder in {path.parent for path in paths}:
            if not any(folder.iterdir()):
                folder.rmdir()
    anew = anew or sum(piece.size for cut in cuts for piece in cut.kept)
    return replace(done, bytes=max(0, done.bytes - anew)) if done else None


def _cuts(home: Path, paths: Sequence[Path], staying: Evidence) -> list[Cut]:
    """What is to be done with the joined files of a day; those that stay as they are are left out."""
    found = {path: joined.read(path) for path in paths}
    kept = {path: [one for one in found[path] if _holds(one, staying.get(_name(home, path), ()))] for path in paths}
    there = {(one.batch, one.name) for path in paths for one in kept[path]}
    # A piece that an interruption left twice is gone once, and its batch is whole all the same.
    torn = {one.batch for path in paths for one in found[path] if (one.batch, one.name) not in there}
    cuts = []
    for path in paths:
        stays = tuple(replace(one, loaded=None) if one.batch in torn else one for one in kept[path])
        if stays != tuple(found[path]):
            cuts.append(Cut(path, tuple(one for one in found[path] if one not in kept[path]), stays))
    return cuts


def _holds(piece: Piece, evidence_at: Sequence[int]) -> bool:
    number = bisect_left(evidence_at, piece.start)
    return number < len(evidence_at) and evidence_at[number] < piece.end


def _name(home: Path, path: Path) -> str:
    return path.relative_to(home).as_posix()


def _day(folder: Path) -> date:
    """The day of the batch by its name, else by the clock of the file system."""
    return batches.day_of(folder.name) or folders.written(folder).date()


def _forget(home: Path, gone: Sequence[Path], cuts: Sequence[Cut]) -> int:
    """Rows that point at what goes point nowhere, and those at what stays of a joined file at a new one; the bytes that
    new ones take."""
    moves, size = [Move(_name(home, file)) for file in gone], 0
    for cut in cuts:
        file = _name(home, cut.path)
        moves += [Move(file, one.start, one.end) for one in cut.gone]
        if cut.kept:
            target = batches.next_joined(cut.path.parent)
            made = joined.write(target, cut.kept)
            size += target.stat().st_size
            moves += [
                Move(file, old.start, old.end, _name(home, target), new.start)
                for old, new in zip(cut.kept, made, strict=True)
            ]
    repoint(home, moves)
    return size
