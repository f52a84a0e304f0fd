"""Keeps every HTTP exchange in a WARC 1.1 file, the web-archive standard, so that a run can be replayed.

A chunk is one file, or several where that would grow too large: `0000.warc.gz`, `0000-001.warc.gz` and so on. What
was asked for one feed is never divided. Each record is a gzip member, so that it can be read by its offset. Files are
written as `….open`, flushed to disk and, when the chunk is complete, renamed, the first one last: where it has its
final name the whole chunk is there, and is never written again. A chunk that is written once more has a number in its
names: `0000.2.warc.gz`.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, TypeVar

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from media_monitor import __version__
from media_monitor.collect.warc import writing
from media_monitor.collect.web.exchange import Answer, Exchange
from media_monitor.errors import CorruptFileError, StorageError

ASKED = "urn:media-monitor:asked:"  # what a note is about where no server answered
LARGEST = 1_000_000_000
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_File = TypeVar("_File")
_NAME = re.compile(r"(?P<chunk>.+?)(?:-(?P<part>\d{3,}))?(?:\.(?P<attempt>\d+))?\.warc\.gz")


# What warcio and our own notes break with where bytes were lost or changed: any field may be missing or another's.
OF_DAMAGE = (
    ArchiveLoadFailed, ValueError, LookupError, EOFError, AttributeError, TypeError, RecursionError, ArithmeticError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Original:
    """The answer that a revisit stands for: the SHA-256 of its body, and where and when it came, as far as known."""

    sha256: str
    url: str | None = None
    at: datetime | None = None


class Archive:
    """WARC files being written, a next one from `largest` bytes on.

    `path` is the final name of the present file, the one that holds what was added last; it differs from the wish
    where the chunk was written before.

    Raises:
        StorageError: the file cannot be written (from the constructor, `add`, and both ends of the `with` block).
    """

    def __init__(self, wish: Path, largest: int = LARGEST) -> None:
        try:
            self._first, self._claim = writing.begin(wish)
        except OSError as error:
            raise _unwritable(wish, error) from error
        self._largest = largest
        self._paths: list[Path] = []
        self._is_between = False  # answers; only there may a file end
        self._open(self._first)

    @property
    def path(self) -> Path:
        return self._paths[-1]

    @property
    def _open_path(self) -> Path:
        return writing.unfinished(self.path)

    def _open(self, path: Path) -> None:
        self._paths.append(path)
        try:
            self._file: BinaryIO = self._open_path.open("wb")
        except OSError as error:
            raise _unwritable(self._open_path, error) from error
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")

    def __enter__(self) -> "Archive":
        try:
            self._introduce()
        except OSError as error:
            self._give_up()
            raise _unwritable(self._open_path, error) from error
        return self

    def _introduce(self) -> None:
        info = {
            "software": f"media-monitor/{__version__}",
            "format": "WARC File Format 1.1",
            "isPartOf": self.path.parent.name,
        }
        self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, info))

    def _go_on(self) -> None:
        """In a next file, where this one is large enough and nothing is torn apart."""
        if self._is_between and self._file.tell() >= self._largest:
            self._close()
            self._open(writing.part(self._first, len(self._paths)))
            self._introduce()
        self._is_between = False

    def add(self, exchange: Exchange, same_as: Original | None = None) -> int:
        """Byte offset of the answer's record in the file `path`.

        `same_as` is the answer archived before when this one brings nothing else: the record is then a `revisit`
        without the body.
        """
        try:
            self._go_on()
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
            if not answer.exchanges:
                self._go_on()
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
        self._is_between = True

    def _answer(self, exchange: Exchange, same_as: Original | None) -> ArcWarcRecord:
        sha256 = same_as.sha256 if same_as else hashlib.sha256(exchange.payload).hexdigest()
        facts = {"WARC-Date": _warc_date(exchange.at), "WARC-Payload-Digest": f"sha256:{sha256}"}
        kind = "response"
        if exchange.truncated:
            facts["WARC-Truncated"] = exchange.truncated
        if same_as:
            profile = "server-not-modified" if exchange.status == 304 else "identical-payload-digest"
            kind = "revisit"
            facts["WARC-Profile"] = _PROFILES + profile
            if same_as.url and same_as.at:
                facts["WARC-Refers-To-Target-URI"] = same_as.url
                facts["WARC-Refers-To-Date"] = _warc_date(same_as.at)
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
            self._close()
            for path in reversed(self._paths):
                writing.unfinished(path).rename(path)
            writing.force(self.path.parent)
        except OSError as fault:
            self._give_up()
            raise _unwritable(self._open_path, fault) from fault
        os.close(self._claim)

    def _close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _give_up(self) -> None:
        with suppress(OSError):  # closing writes what a full disk does not take
            self._file.close()
        for path in self._paths:
            with suppress(OSError):
                writing.unfinished(path).unlink(missing_ok=True)
        os.close(self._claim)


def finished(folder: Path) -> dict[str, list[Path]]:
    """The files of each chunk in the batch's folder by its name, in order: of a chunk that was written more than once
    those of the last time, whose rows took the place of all before."""
    return last_attempts({path.name: path for path in folder.glob("*.warc.gz")})


def last_attempts(files: Mapping[str, _File]) -> dict[str, list[_File]]:
    """As `finished`, of files by name, wherever they are."""
    chunks: dict[str, dict[int, dict[int, _File]]] = {}
    for file, content in files.items():
        if name := _NAME.fullmatch(file):
            attempts = chunks.setdefault(name["chunk"], {})
            attempts.setdefault(int(name["attempt"] or 1), {})[int(name["part"] or 0)] = content
    whole = {chunk: max((n for n in found if 0 in found[n]), default=0) for chunk, found in chunks.items()}
    last = {chunk: chunks[chunk][whole[chunk]] for chunk in sorted(chunks) if whole[chunk]}
    return {chunk: [found[part] for part in sorted(found)] for chunk, found in last.items()}


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
    except OF_DAMAGE as error:
        raise CorruptFileError(path, f"no record at byte {offset:,}: {error}") from error
    raise CorruptFileError(path, f"no answer is recorded at byte {offset:,}")


def _head(status: str, headers: tuple[tuple[str, str], ...]) -> StatusAndHeaders:
    return StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _unwritable(path: Path, error: OSError) -> StorageError:
    return StorageError(path, f"cannot be written: {error.strerror or error}")
