"""Reads the answers of servers back from the archive, as they were when they came."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from media_monitor.collect.warc.archive import OF_DAMAGE
from media_monitor.collect.warc.joined import Piece, Span
from media_monitor.collect.web.exchange import Answer, Exchange, Headers
from media_monitor.errors import CorruptFileError, StorageError


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer, whom it was asked for, and the byte offset of its last exchange (None where no server answered)."""

    subject: Mapping[str, Any]
    answer: Answer
    offset: int | None


def across(pieces: Iterable[Piece]) -> Iterator[tuple[Path, Recorded]]:
    """The answers of an archive of several files, each with the file that it is in. Raises as `read` does."""
    for piece in pieces:
        for one in read(piece.path, piece.start, piece.end):
            yield piece.path, one


def read(path: Path, start: int = 0, end: int | None = None) -> Iterator[Recorded]:
    """The answers of an archive file, or of those bytes of it, in the order in which they were kept.

    Raises:
        CorruptFileError: the file is damaged; the answers before that place have come out by then.
        StorageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(start)
            yield from answers(file if end is None else Span(file, end), path)
    except OSError as error:
        raise StorageError(path, f"cannot be read: {error.strerror or error}") from error


def answers(file: BinaryIO | Span, name: object) -> Iterator[Recorded]:
    """As `read`, of an open file of that name.

    Raises:
        CorruptFileError: the file is damaged; the answers before that place have come out by then.
        OSError: it cannot be read.
    """
    try:
        yield from _answers(ArchiveIterator(file), name)
    except OF_DAMAGE as error:
        told = str(error).partition(", first line:")[0]  # what follows there are bytes of the file
        raise CorruptFileError(name, f"is no archive of answers: {told}") from error


def _answers(records: ArchiveIterator, name: object) -> Iterator[Recorded]:
    exchanges: list[Exchange] = []
    offset = None
    answered: tuple[int, ArcWarcRecord, bytes] | None = None
    for record in records:
        if record.rec_type in ("response", "revisit"):
            payload = record.raw_stream.read()  # before the offset: asking for that runs over the record
            answered = records.get_record_offset(), record, payload
        elif record.rec_type == "request" and answered is not None:
            offset = answered[0]
            exchanges.append(_exchange(answered[1], answered[2], _headers(record)))
        elif record.rec_type == "metadata":
            told = json.loads(record.raw_stream.read())
            if told["exchanges"] != len(exchanges):
                raise CorruptFileError(
                    name, f"lacks an exchange of {told['subject'].get('feed_id') or told['subject'].get('article_id')}"
                )
            yield Recorded(told["subject"], _answer(told, exchanges), offset)
            exchanges, offset = [], None


def _exchange(record: ArcWarcRecord, payload: bytes, request: Headers) -> Exchange:
    status, _, reason = record.http_headers.statusline.partition(" ")
    facts = record.rec_headers
    return Exchange(
        url=facts.get_header("WARC-Target-URI"),
        at=_moment(facts.get_header("WARC-Date")),
        request=request,
        status=int(status),
        reason=reason,
        headers=_headers(record),
        payload=payload,
        truncated=facts.get_header("WARC-Truncated"),
    )


def _answer(told: Mapping[str, Any], exchanges: list[Exchange]) -> Answer:
    wait = told["retry_after"]
    last = exchanges[-1] if exchanges else None
    return Answer(
        at=_moment(told["at"]),
        exchanges=tuple(exchanges),
        elapsed_ms=told["elapsed_ms"],
        body=last.readable if last else b"",
        error=told["error"],
        weight=told["weight"],
        retry_after=None if wait is None else timedelta(seconds=wait),
        known_sha256=told["sha256"],
        known_bytes=told["bytes"],
    )


def _headers(record: ArcWarcRecord) -> Headers:
    return tuple((name, value) for name, value in record.http_headers.headers)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
