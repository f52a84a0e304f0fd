"""Articles of lines and row groups."""

import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast

import pyarrow as pa
import zstandard
from pyarrow import parquet

from media_monitor.backfill import rows
from media_monitor.backfill.parts import Part
from media_monitor.backfill.sources import opened
from media_monitor.backfill.tally import Tally
from media_monitor.errors import DocumentError, TransientError
from media_monitor.model import Article

_LONGEST_LINE = 32 * 1024 * 1024
_DAMAGE = (pa.ArrowException, ValueError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
_BLOCK = 1 << 20
_AT_ONCE = 256  # rows of Parquet in memory


def lines(part: Part, now: datetime, tally: Tally) -> Iterator[Article]:
    """The articles of the part's lines. A line belongs to the part in which it begins.

    Raises:
        TransientError: reading failed for a reason that may pass.
    """
    url = part.files[0]
    try:
        with opened(url, "infer") as raw, _buffered(raw, url) as file:
            for place, line in _lines(file, part, tally):
                where = f"{url}: byte {place:,}"
                if line.strip() and (made := _made(partial(rows.of_line, line, where), where, now, tally)):
                    yield made
    except Exception as error:
        _give_up(url, error, tally)


def _buffered(file: BinaryIO, url: str) -> BinaryIO:
    """The file as one that knows a longest line, which those of object storage do not. What expands does, and would
    lose in a buffer what it has before it breaks off."""
    if url.lower().endswith((".gz", ".bz2", ".xz")):
        return file
    return cast(BinaryIO, BufferedReader(cast(RawIOBase, file), _BLOCK))


def _lines(file: BinaryIO, part: Part, tally: Tally) -> Iterator[tuple[int, bytes]]:
    place = part.start
    if place:
        file.seek(place - 1)
        place += len(file.readline()) - 1  # the rest of a line that began before
    while part.stop < 0 or place < part.stop:
        line = file.readline(_LONGEST_LINE)
        if not line:
            return
        start, place = place, place + len(line)
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            tally.fault(f"{part.files[0]}: byte {start:,}", f"is longer than {_LONGEST_LINE:,} bytes")
            while line and not line.endswith(b"\n"):
                line = file.readline(_LONGEST_LINE)
                place += len(line)
            continue
        yield start, line.removeprefix(b"\xef\xbb\xbf") if start == 0 else line


def groups(part: Part, now: datetime, tally: Tally) -> Iterator[Article]:
    """The articles of the part's row groups; of one that is damaged, those before the damage.

    Raises:
        TransientError: reading failed for a reason that may pass.
    """
    url = part.files[0]
    try:
        with opened(url) as file:
            whole = parquet.ParquetFile(file, pre_buffer=False)
            first = sum(whole.metadata.row_group(n).num_rows for n in range(part.start))
            for number in range(part.start, part.stop):
                yield from _group(whole, number, first, now, tally, url)
                first += whole.metadata.row_group(number).num_rows
    except Exception as error:
        _give_up(url, error, tally)


def _group(
    whole: parquet.ParquetFile, number: int, first: int, now: datetime, tally: Tally, url: str
) -> Iterator[Article]:
    wanted = [name for name in whole.schema_arrow.names if name in rows.NAMES]
    place = first
    try:
        for batch in whole.iter_batches(_AT_ONCE, row_groups=[number], columns=wanted):
            for row in _plain(batch):
                if made := _made(partial(dict, row), f"{url}: row {place:,}", now, tally):
                    yield made
                place += 1
    except (pa.ArrowException, OSError, ValueError) as error:
        if _may_pass(error):
            raise
        rest = first + whole.metadata.row_group(number).num_rows - place
        tally.fault(f"{url}: row {place:,}", f"cannot be read, nor the {rest - 1:,} rows after it: {_line(error)}")


def _made(row: Callable[[], Mapping[str, Any]], where: str, now: datetime, tally: Tally) -> Article | None:
    try:
        return rows.article(row(), where, now)
    except DocumentError as error:
        tally.fault(error.culprit, error.reason)
    except Exception as error:  # what nobody thought of is this row's misfortune, not the file's
        tally.fault(where, f"cannot be read: {type(error).__name__}: {_line(error)}")
    return None


def _plain(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows as Python values; times with more digits than Python's are cut."""
    fields = [
        pa.field(f.name, pa.timestamp("us", f.type.tz)) if pa.types.is_timestamp(f.type) else f for f in batch.schema
    ]
    return list(pa.Table.from_batches([batch]).cast(pa.schema(fields), safe=False).to_pylist())


def _give_up(url: str, error: Exception, tally: Tally) -> None:
    if isinstance(error, TransientError):
        raise error
    if _may_pass(error):
        raise TransientError(url, f"could not be read: {_line(error)}") from error
    tally.fault(url, f"cannot be read any further: {_line(error)}")


def _may_pass(error: Exception) -> bool:
    """Whether it is about reaching the bytes, and not about what they are."""
    if isinstance(error, OSError):
        return error.errno is not None
    return not isinstance(error, _DAMAGE)


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
