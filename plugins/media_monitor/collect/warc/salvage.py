"""What of an archive file can still be read, and a new file of that.

Each record is a gzip member, so that damage takes only the members that it touches: after it, the next one is sought by
its first bytes. An answer is the records up to its note; it counts as whole or not at all.
"""

import json
import os
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

from media_monitor.collect.warc import joined
from media_monitor.errors import StorageError

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1 << 20
_TYPE = re.compile(rb"^WARC-Type: *(\w+)", re.M | re.I)


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member from byte `start` up to `end`. `kind`: the type of its record; empty for bytes that are none."""

    start: int
    end: int
    kind: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Scan:
    """Bytes at which the record of an answer starts, and from where up to where nothing can be read."""

    answers: frozenset[int]
    damage: tuple[tuple[int, int], ...]


def scan(path: Path) -> Scan:
    """What the file holds.

    Raises:
        StorageError: it cannot be opened.
    """
    members = list(_members(path))
    damage = [(one.start, one.end) for one in members if not one.kind]
    return Scan(frozenset(one.start for one in members if one.kind in ("response", "revisit")), tuple(damage))


def salvage(path: Path, target: Path) -> dict[int, int]:
    """Writes a new file of the whole answers; where each of their records stands there, by where it stood. Of a joined
    file each piece is a piece there, under the name that it had, or that its own first record tells.

    Raises:
        StorageError: a file cannot be read or written.
    """
    moved: dict[int, int] = {}
    new = target.with_name(target.name + ".open")
    try:
        with path.open("rb") as old, new.open("wb") as file:
            for head, kept in _parts(path):
                file.write(head)
                for one in kept:
                    moved[one.start] = file.tell()
                    old.seek(one.start)
                    file.write(old.read(one.end - one.start))
            file.flush()
            os.fsync(file.fileno())
        new.rename(target)
    except OSError as error:
        raise StorageError(error.filename or target, error.strerror or str(error)) from error
    return moved


def _parts(path: Path) -> Iterator[tuple[bytes, list[Member]]]:
    """(record before it, records) of each piece; of a file that is not joined all, without a record before."""
    told: tuple[joined.Piece, int] | None = None
    kept: list[Member] = []
    is_joined, end = False, 0
    for group in _answers(path):
        here = joined.told_by(group[0].content) if group[0].kind == "warcinfo" else None
        is_joined = is_joined or here is not None
        if here or (told and group[0].start >= end):  # what comes after the end has lost its record
            if kept or told:
                yield _headed(told, kept), kept
            told, kept, end = here, [], group[0].end + (here[1] if here else sys.maxsize)
        kept += [] if here else group
    if kept or told:
        yield _headed(told, kept) if is_joined else b"", kept


def _headed(told: tuple[joined.Piece, int] | None, kept: list[Member]) -> bytes:
    length = sum(one.end - one.start for one in kept)
    if told:
        return joined.head(told[0].batch, told[0].name, length, told[0].loaded)
    batch, name = joined.own_name(kept[0].content) if kept[0].kind == "warcinfo" else ("", "")
    return joined.head(batch, name, length, None)


def _answers(path: Path) -> Iterator[list[Member]]:
    """The records of each whole answer, and of what introduces the file."""
    group: list[Member] = []
    whole = True
    for one in _members(path):
        if one.kind == "warcinfo":  # what came before it and has no note is no whole answer
            yield [one]
            group, whole = [], True
            continue
        group.append(one)
        whole = whole and bool(one.kind)
        if one.kind == "metadata":
            if whole and _is_complete(group):
                yield group
            group, whole = [], True


def _is_complete(group: list[Member]) -> bool:
    """Whether all exchanges are there that the note at the end tells of."""
    answers = sum(one.kind in ("response", "revisit") for one in group)
    note = group[-1].content.partition(b"\r\n\r\n")[2]
    try:
        return int(json.loads(note)["exchanges"]) == answers == sum(one.kind == "request" for one in group)
    except (ValueError, KeyError, TypeError):
        return False


def _members(path: Path) -> Iterator[Member]:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size:
                with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
                    yield from _found(content)
    except OSError as error:
        raise StorageError(path, f"cannot be read: {error.strerror or error}") from error


def _found(content: mmap) -> Iterator[Member]:
    start, bad = 0, -1
    while start < len(content):
        member = _member(content, start)
        if member is None:
            bad = start if bad < 0 else bad
            following = content.find(_MAGIC, start + 1)
            start = len(content) if following < 0 else following
            continue
        if bad >= 0:
            yield Member(bad, start, "")
            bad = -1
        yield member
        start = member.end
    if bad >= 0:
        yield Member(bad, len(content), "")


def _member(content: mmap, start: int) -> Member | None:
    """The member that starts there; None where none can be read whole, by its own checksum."""
    reader = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    position = start
    try:
        while not reader.eof and position < len(content):
            parts.append(reader.decompress(content[position : position + _PIECE]))
            position += _PIECE
    except zlib.error:
        return None
    if not reader.eof:
        return None
    record = b"".join(parts)
    found = _TYPE.search(record.partition(b"\r\n\r\n")[0])
    end = min(position, len(content)) - len(reader.unused_data)
    return Member(start, end, found[1].decode().lower(), _note(record, found[1])) if found else None


def _note(record: bytes, kind: bytes) -> bytes:
    """The record, where it is a note or tells of the file: the bodies of answers are not kept in memory."""
    return record if kind.lower() in (b"metadata", b"warcinfo") else b""
