"""Archive files of many batches in one file, such as `warc/2026-11-22/0000.warc.gz`.

Each stands there byte for byte, after a record of its own (type `warcinfo`, a gzip member as all others) that tells the
batch, the name that the file had in the folder of the batch, when the batch was loaded, and the length. So the parts
are found by reading one short record for each, whatever their size, and there is no list beside the file that could
get lost, or be of another state. Where such a record is damaged the next one is sought by its first bytes: what lies
between belongs to no batch that can be told.
"""

import gzip
import os
import re
import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from media_monitor import __version__
from media_monitor.collect.warc import writing
from media_monitor.errors import StorageError

_MAGIC = b"\x1f\x8b\x08"
_LARGEST_HEAD = 4_096
_BLOCK = 1 << 20
_FIELD = re.compile(r"^(isPartOf|source|loaded|length): ?(.*?)\r?$", re.M)
_FILENAME = re.compile(r"^WARC-Filename: ?(.*?)\r?$", re.M | re.I)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes `start` to `end` of the file `path`: an archive file of that name of the batch. Both are empty for what
    cannot be told any more. `loaded`: when the batch was; None where it was not, or parts of it are gone."""

    path: Path
    start: int
    end: int
    batch: str = ""
    name: str = ""
    loaded: datetime | None = None

    @property
    def size(self) -> int:
        return self.end - self.start


class Span:
    """A binary file up to a byte of it, from where it stands; places are those of the file."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file, self._end = file, end

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._end - self._file.tell())
        return self._file.read(left if size < 0 else min(size, left))

    def tell(self) -> int:
        return self._file.tell()


def write(target: Path, sources: Iterable[Piece]) -> list[Piece]:
    """Writes a file of the pieces, forced to disk before it gets its name; where each of them is then.

    Raises:
        StorageError: a file cannot be read or written; the target is not there then.
    """
    new = writing.unfinished(target)
    made = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            for one in sources:
                file.write(head(one.batch, one.name, one.size, one.loaded))
                start = file.tell()
                _copy(one, file)
                made.append(Piece(target, start, start + one.size, one.batch, one.name, one.loaded))
            file.flush()
            os.fsync(file.fileno())
        new.rename(target)
        writing.force(target.parent)
        writing.force(target.parent.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise StorageError(error.filename or target, f"cannot be written: {error.strerror or error}") from error
    return made


def read(path: Path) -> list[Piece]:
    """The pieces of the file, in order.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return list(pieces(file, path))
    except OSError as error:
        raise StorageError(path, f"cannot be read: {error.strerror or error}") from error


def pieces(file: BinaryIO, path: Path) -> Iterator[Piece]:
    """As `read`, of an open file; whoever asks may read it meanwhile.

    Raises:
        OSError: it cannot be read.
    """
    size, at = file.seek(0, os.SEEK_END), 0
    while at < size:
        found = _head_at(file, at)
        if found is None:
            following = _next_head(file, at + 1, size)
            yield Piece(path, at, following)
            at = following
        else:
            told, start, length = found
            end = min(start + length, size)
            yield Piece(path, start, end, told.batch, told.name, told.loaded)
            at = end


def is_joined(file: BinaryIO) -> bool:
    """Whether the open file begins as a joined one does.

    Raises:
        OSError: it cannot be read.
    """
    return _head_at(file, 0) is not None


def head(batch: str, name: str, length: int, loaded: datetime | None) -> bytes:
    """The record before a piece, as a gzip member: the same for the same piece."""
    stamp = _STAMP.match(batch)
    at = "-".join(stamp.groups()[:3]) + "T" + ":".join(stamp.groups()[3:]) if stamp else "1970-01-01T00:00:00"
    told = {
        "software": f"media-monitor/{__version__}",
        "format": "WARC File Format 1.1",
        "isPartOf": batch,
        "source": name,
        "loaded": loaded.isoformat() if loaded else "",
        "length": length,
    }
    fields = "".join(f"{key}: {value}\r\n" for key, value in told.items()).encode()
    lines = (
        "WARC/1.1",
        "WARC-Type: warcinfo",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'{batch}/{name}/{length}')}>",
        f"WARC-Date: {at}Z",
        f"WARC-Block-Digest: sha1:{b32encode(sha1(fields, usedforsecurity=False).digest()).decode()}",
        "Content-Type: application/warc-fields",
        f"Content-Length: {len(fields)}",
    )
    return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + fields + b"\r\n\r\n", mtime=0)


def told_by(record: bytes) -> tuple[Piece, int] | None:
    """(what the piece that follows is, its length) by the record before it; None for another record."""
    top, _, fields = record.partition(b"\r\n\r\n")
    if b"WARC-Type: warcinfo" not in top:
        return None
    found = dict(_FIELD.findall(fields.decode("utf-8", "replace")))
    if not found.get("length", "").isdecimal() or "source" not in found:
        return None
    loaded = datetime.fromisoformat(found["loaded"]) if found.get("loaded") else None
    return Piece(Path(), 0, 0, found.get("isPartOf", ""), found["source"], loaded), int(found["length"])


def own_name(record: bytes) -> tuple[str, str]:
    """(batch, name) of a file by the record that it begins with itself; empty where that does not tell."""
    top, _, fields = record.partition(b"\r\n\r\n")
    name = _FILENAME.search(top.decode("utf-8", "replace"))
    batch = dict(_FIELD.findall(fields.decode("utf-8", "replace"))).get("isPartOf", "")
    return (batch, name[1]) if name and batch else ("", "")


def _head_at(file: BinaryIO, at: int) -> tuple[Piece, int, int] | None:
    """(what it tells, byte at which the piece begins, its length); None where no such record begins there."""
    file.seek(at)
    content = file.read(_LARGEST_HEAD)
    if not content.startswith(_MAGIC):
        return None
    member = zlib.decompressobj(wbits=31)
    try:
        record = member.decompress(content, _LARGEST_HEAD)
        found = told_by(record) if member.eof else None
    except (zlib.error, ValueError):
        return None
    return (found[0], at + len(content) - len(member.unused_data), found[1]) if found else None


def _next_head(file: BinaryIO, start: int, size: int) -> int:
    """The byte from `start` on at which such a record begins; `size` without one."""
    while start < size:
        file.seek(start)
        content = file.read(_BLOCK)
        found = content.find(_MAGIC)
        while found >= 0:
            if _head_at(file, start + found) is not None:
                return start + found
            found = content.find(_MAGIC, found + 1)
        start += max(1, len(content) - len(_MAGIC) + 1)
    return size


def _copy(one: Piece, target: BinaryIO) -> None:
    with one.path.open("rb") as source:
        source.seek(one.start)
        span, left = Span(source, one.end), one.size
        while content := span.read(_BLOCK):
            left -= target.write(content)
    if left:
        raise OSError(5, f"{left:,} bytes are missing", str(one.path))


def same(one: Piece, other: Piece) -> bool:
    """Whether both are the same bytes.

    Raises:
        StorageError: a file cannot be read.
    """
    if one.size != other.size:
        return False
    try:
        with one.path.open("rb") as first, other.path.open("rb") as second:
            first.seek(one.start)
            second.seek(other.start)
            here, there = Span(first, one.end), Span(second, other.end)
            while content := here.read(_BLOCK):
                if content != there.read(_BLOCK):
                    return False
    except OSError as error:
        raise StorageError(error.filename or one.path, f"cannot be read: {error.strerror or error}") from error
    return True
