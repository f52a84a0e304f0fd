"""Keeps every HTTP exchange in a WARC 1.1 file, the web-archive standard, so that a run can be replayed.

One file a chunk, gzip per record, so that a record can be read by its offset. It is written as `….open`, flushed to
disk and then renamed: a file with its final name is whole, and is never written again.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from media_monitor import __version__
from media_monitor.collect.exchange import Answer, Exchange
from media_monitor.errors import CorruptFileError, StorageError

ASKED = "urn:media-monitor:asked:"  # what a note is about where no server answered
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"


class Archive:
    """A WARC file being written. `path` is its final name, which differs from the wish where that file exists.

    Raises:
        StorageError: the file cannot be written (from the constructor, `add`, and both ends of the `with` block).
    """

    def __init__(self, wish: Path) -> None:
        self.path = _free(wish)
        self._open_path = self.path.with_name(self.path.name + ".open")
        try:
            self._open_path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = self._open_path.open("wb")
        except OSError as error:
            raise _unwritable(self._open_path, error) from error
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")

    def __enter__(self) -> "Archive":
        info = {"software": f"media-monitor/{__version__}", "format": "WARC File Format 1.1"}
        try:
            self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, info))
        except OSError as error:
            self._give_up()
            raise _unwritable(self._open_path, error) from error
        return self

    def add(self, exchange: Exchange, same_as: str | None = None) -> int:
        """Byte offset of the answer's record.

        `same_as` is the SHA-256 of the body archived before when this answer brings nothing else: the record is
        then a `revisit` without the body.
        """
        try:
            offset = self._file.tell()
            answer = self._answer(exchange, same_as)
            self._writer.write_request_response_pair(self._request(exchange), answer)
        except OSError as error:
            raise _unwritable(self._open_path, error) from error
        return offset

    def note(self, subject: Mapping[str, Any], answer: Answer) -> None:
        """Keeps beside the exchanges of the answer, which are added before, what they do not tell: whom it was asked
        for, and what came of it where no server answered."""
        told = {
            "subject": dict(subject),
            "exchanges": len(answer.exchanges),
            "at": answer.at.isoformat(),
            "elapsed_ms": answer.elapsed_ms,
            "error": answer.error,
            "weight": answer.weight,
            "retry_after": answer.retry_after.total_seconds() if answer.retry_after is not None else None,
            "bytes": answer.bytes,
            "sha256": answer.sha256,
        }
        payload = json.dumps(told, ensure_ascii=False).encode()
        try:
            record = self._writer.create_warc_record(
                answer.last.url if answer.last else f"{ASKED}{subject.get('feed_id') or subject.get('article_id', '')}",
                "metadata",
                payload=BytesIO(payload),
                length=len(payload),
                warc_content_type="application/json",
                warc_headers_dict={"WARC-Date": _warc_date(answer.at)},
            )
            self._writer.write_record(record)
        except OSError as error:
            raise _unwritable(self._open_path, error) from error

    def _answer(self, exchange: Exchange, same_as: str | None) -> ArcWarcRecord:
        kind, facts = "response", {"WARC-Date": _warc_date(exchange.at)}
        if exchange.truncated:
            facts["WARC-Truncated"] = exchange.truncated
        if same_as:
            profile = "server-not-modified" if exchange.status == 304 else "identical-payload-digest"
            kind = "revisit"
            facts |= {"WARC-Profile": _PROFILES + profile, "WARC-Payload-Digest": f"sha256:{same_as}"}
        payload = b"" if same_as else exchange.payload
        return self._writer.create_warc_record(
            exchange.url,
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            warc_headers_dict=facts,
            http_headers=_head(f"{exchange.status} {exchange.reason}".rstrip(), exchange.headers),
        )

    def _request(self, exchange: Exchange) -> ArcWarcRecord:
        target = exchange.url.split("/", 3)[3:]
        head = StatusAndHeaders(f"GET /{''.join(target)} HTTP/1.1", list(exchange.request), is_http_request=True)
        return self._writer.create_warc_record(exchange.url, "request", http_headers=head)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._give_up()
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._open_path.rename(self.path)
            _sync_folder(self.path.parent)
        except OSError as fault:
            self._give_up()
            raise _unwritable(self._open_path, fault) from fault

    def _give_up(self) -> None:
        with suppress(OSError):  # closing writes what a full disk does not take
            self._file.close()
        with suppress(OSError):
            self._open_path.unlink(missing_ok=True)


def read_body(path: Path, offset: int) -> bytes:
    """The body of the answer whose record starts at that byte; empty for a revisit.

    Raises:
        CorruptFileError: there is no readable record at that byte.
        StorageError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)), None)
            # The library takes any line of five words, and so chance bytes, for the head of a record of the older ARC.
            if record is not None and record.format == "warc" and record.rec_type in ("response", "revisit"):
                return bytes(record.raw_stream.read())
    except OSError as error:
        raise StorageError(path, f"cannot be read: {error.strerror or error}") from error
    except (ArchiveLoadFailed, ValueError, EOFError) as error:
        raise CorruptFileError(path, f"no record at byte {offset:,}: {error}") from error
    raise CorruptFileError(path, f"no answer is recorded at byte {offset:,}")


def _head(status: str, headers: tuple[tuple[str, str], ...]) -> StatusAndHeaders:
    return StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _free(wish: Path) -> Path:
    """The wished path, or the next free one: rows that are stored point into the file that has it."""
    path, number = wish, 2
    while path.exists():
        path = wish.with_name(wish.name.replace(".warc", f".{number}.warc", 1))
        number += 1
    return path


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> StorageError:
    return StorageError(path, f"cannot be written: {error.strerror or error}")
