"""Parts: what is read by one process at once, and what is done or not done as a whole."""

from dataclasses import dataclass, fields
from typing import Any, Literal

import pyarrow as pa

from media_monitor.model import stable_id

Reader = Literal["jsonl", "parquet", "pages", "runs"]
"""Who reads it: lines, row groups, WARC files of article pages, the archive of our own runs."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files, or of one file the stretch from `start` up to before `stop`: bytes of lines, row groups of Parquet.

    `stop` -1 is the end. `size` is about how many bytes are read, `version` what changes when a file does, `rows` how
    many there are, 0 where nobody knows.
    """

    reader: Reader
    files: tuple[str, ...]
    start: int = 0
    stop: int = -1
    size: int = 0
    version: str = ""
    rows: int = 0

    @property
    def key(self) -> str:
        """The same while the files are: what is done of it need not be done again."""
        return stable_id(self.reader, *self.files, self.start, self.stop, self.version)

    @property
    def name(self) -> str:
        """For people."""
        first = self.files[0]
        more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
        unit = "row group" if self.reader == "parquet" else "byte"
        return f"{first}{more}" + (f", from {unit} {self.start:,}" if self.start else "")

    def batch(self) -> pa.RecordBatch:
        """The part as a record batch of one row, as engines take it."""
        row = {f.name: getattr(self, f.name) for f in fields(self)}
        return pa.RecordBatch.from_pylist([row | {"files": list(self.files)}], schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("reader", pa.string()),
        ("files", pa.list_(pa.string())),
        ("start", pa.int64()),
        ("stop", pa.int64()),
        ("size", pa.int64()),
        ("version", pa.string()),
        ("rows", pa.int64()),
    ]
)


def of(batch: pa.RecordBatch) -> list[Part]:
    """The parts of the batch."""
    return [_part(row) for row in batch.to_pylist()]


def _part(row: dict[str, Any]) -> Part:
    return Part(**{**row, "files": tuple(row["files"])})
