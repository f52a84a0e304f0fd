"""Writes that survive a crash: data is forced to disk before a rename makes it visible."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from media_monitor.errors import StorageError

NEW = ".new"  # suffix of a file or folder that is being written
# Bytes of rows as a message of Arrow. Up to here zstd made a partition of the samples a sixth smaller at most, one of
# few rows larger, and took three times as long for writing and for reading, for it begins anew in each column.
_FEW = 16 * 1024


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turns a refusal of the file system (full, read-only, not allowed) into a `StorageError` that names the path."""
    try:
        yield
    except OSError as error:
        raise StorageError(error.filename or path, error.strerror or str(error)) from error


def write_parquet(path: Path, rows: pa.Table) -> None:
    """Writes the rows as one file, forced to disk: few with Snappy, more with zstd. The same rows give the same bytes.

    Raises:
        StorageError: the file cannot be written; nothing of it stays.
    """
    rows = rows.combine_chunks()
    # Unlike the bytes in memory, the same for the same rows: no bitmap of nulls where there are none.
    size = sum(map(pa.ipc.get_record_batch_size, rows.to_batches()))
    compression = "snappy" if size <= _FEW else "zstd"
    try:
        with storing(path), path.open("wb") as file:
            parquet.write_table(rows, file, compression=compression, write_page_checksum=True)
            force(file.fileno())
    except StorageError:
        path.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """As `write_bytes`, in UTF-8."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Replaces the file by one rename.

    Raises:
        StorageError: the file cannot be written; the old one stays.
    """
    new = path.with_name(path.name + NEW)
    with storing(path):
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            force(file.fileno())
        move(new, path)


def copy(source: Path, target: Path) -> None:
    """Replaces the target by a copy of the source, by one rename.

    Raises:
        StorageError: the copy cannot be written; the old target stays.
    """
    new = target.with_name(target.name + NEW)
    try:
        with storing(target):
            with source.open("rb") as read, new.open("wb") as write:
                shutil.copyfileobj(read, write, 1 << 20)
                write.flush()
                force(write.fileno())
            move(new, target)
    except StorageError:
        new.unlink(missing_ok=True)
        raise


def move(source: Path, target: Path) -> None:
    """Renames, replacing the target, and forces both folders to disk."""
    source.replace(target)
    force_folder(target.parent)
    if source.parent != target.parent:
        force_folder(source.parent)


def make_folder(path: Path) -> None:
    """Makes the folder and its parents.

    Raises:
        StorageError: it cannot be made.
    """
    with storing(path):
        path.mkdir(parents=True, exist_ok=True)


def force(descriptor: int) -> None:
    os.fsync(descriptor)


def force_folder(path: Path) -> None:
    """Forces the folder's list of names to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        force(descriptor)
    finally:
        os.close(descriptor)
