"""The records of a WARC file with their places, as far as they are sound.

Each record of a compressed WARC file is a gzip member with a checksum of its own, so that after a damaged one reading
goes on at the next.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from media_monitor.backfill.tally import Tally

LARGEST = 64 * 1024 * 1024  # bytes of an expanded record; larger ones are films
_MAGIC = b"\x1f\x8b\x08"
_BLOCK, _HEAD = 1 << 16, 4_096
_GZIP = zlib.MAX_WBITS | 16


def records(file: BinaryIO, name: str, tally: Tally) -> Iterator[tuple[int, ArcWarcRecord]]:
    """(byte offset, record) of each record, whose content has to be read before the next is asked for.

    What is damaged is a fault of the tally.

    Raises:
        OSError: the file cannot be read.
    """
    compressed = file.read(3) == _MAGIC
    file.seek(0)
    if not compressed:
        yield from _sound(file, name, 0, tally)
        return
    for offset, content in _members(file, name, tally):
        for _, record in _sound(BytesIO(content), name, offset, tally):
            yield offset, record


def _sound(file: BinaryIO, name: str, base: int, tally: Tally) -> Iterator[tuple[int, ArcWarcRecord]]:
    found = ArchiveIterator(file)
    offset = 0
    try:
        for record in found:
            offset = found.offset
            yield base + offset, record
    except (ArchiveLoadFailed, ValueError, EOFError) as error:
        told = str(error).partition(", first line:")[0]  # what follows there are bytes of the file
        tally.fault(f"{name}: byte {base + offset:,}", f"is no record: {told[:200]}")


def _members(file: BinaryIO, name: str, tally: Tally) -> Iterator[tuple[int, bytes]]:
    """(offset, content) of each sound gzip member."""
    place, buffer = 0, b""
    while buffer := buffer or file.read(_BLOCK):
        start, pieces, size = place, [], 0
        member = zlib.decompressobj(_GZIP)
        try:
            while not member.eof:
                buffer = buffer or file.read(_BLOCK)
                if not buffer:
                    raise EOFError("the file ends in the middle of it")
                piece = member.decompress(buffer)
                place += len(buffer) - len(member.unused_data)
                buffer = member.unused_data
                size += len(piece)
                pieces += [piece] if size <= LARGEST else []
        except (zlib.error, EOFError) as error:
            tally.fault(f"{name}: byte {start:,}", f"a damaged record is passed over: {error}")
            place, buffer = _next(file, start + 1), b""
            if place < 0:
                return
            file.seek(place)
            continue
        if size > LARGEST:
            tally.fault(f"{name}: byte {start:,}", f"a record of more than {LARGEST:,} bytes is passed over")
        else:
            yield start, b"".join(pieces)


def _next(file: BinaryIO, start: int) -> int:
    """The byte from `start` on at which the next gzip member begins that holds a WARC record; -1 without one."""
    file.seek(start)
    base, buffer = start, file.read(_BLOCK)
    while buffer:
        more = file.read(_BLOCK)
        whole = buffer + more[:_HEAD]
        found = whole.find(_MAGIC)
        while 0 <= found < len(buffer):
            if _begins_record(whole[found : found + _HEAD]):
                return base + found
            found = whole.find(_MAGIC, found + 1)
        base, buffer = base + len(buffer), more
    return -1


def _begins_record(head: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False
