"""Names of archive files, and whose they are while they are written: a lock on the first file of a chunk, which ends
with its process. Two processes that archive the same chunk of the same batch so write two files."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


def begin(wish: Path) -> tuple[Path, int]:
    """(name, claim): the wished name, or the next one of which no file is there and that nobody writes. `claim` is an
    open descriptor; nobody else gets the name before it is closed.

    Raises:
        OSError: the folder cannot be written.
    """
    wish.parent.mkdir(parents=True, exist_ok=True)
    for path in _names(wish):
        if _is_taken(path):
            continue
        claim = _claimed(unfinished(path))
        if claim is None:
            continue
        if not _is_taken(path):  # by a process that ended in between
            return path, claim
        unfinished(path).unlink(missing_ok=True)
        os.close(claim)
    raise AssertionError("there are more numbers than files")


def part(first: Path, number: int) -> Path:
    """`0000-001.2.warc.gz` for `0000.2.warc.gz`."""
    chunk, dot, rest = first.name.partition(".")
    return first.with_name(f"{chunk}-{number:03}{dot}{rest}")


def unfinished(path: Path) -> Path:
    """The name of the file as long as it is written."""
    return path.with_name(path.name + ".open")


def is_being_written(folder: Path) -> bool:
    """Whether a process writes an archive in the folder of a batch now; one that was killed does not."""
    return any(_is_locked(path) for path in folder.glob("*.open"))


def _names(wish: Path) -> Iterator[Path]:
    yield wish
    for number in range(2, 1 << 30):
        yield wish.with_name(wish.name.replace(".warc", f".{number}.warc", 1))


def _is_taken(path: Path) -> bool:
    """Whether any part is there: rows that are stored point into it."""
    return path.exists() or part(path, 1).exists()


def _claimed(path: Path) -> int | None:
    """The file, which is made where there is none, locked; None where another has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino:
            return descriptor
    except BlockingIOError:
        pass
    os.close(descriptor)
    return None


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False  # it was finished just now
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def force(folder: Path) -> None:
    """Forces the entries of the folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
