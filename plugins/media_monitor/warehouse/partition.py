"""Reads one partition file and checks that it is what it claims to be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from media_monitor.columns import Table
from media_monitor.errors import CorruptFileError, StorageError

# Bytes. Handing a smaller file about takes a third of what reading it takes.
_LARGE = 1024 * 1024


def read(path: Path, table: Table, day: date) -> pa.Table:
    """The rows of the file, in the table's schema. Columns added to the table since, if they may be null, are null.

    Raises:
        CorruptFileError: the file is damaged, or has other columns, or rows of another day.
        StorageError: the file cannot be read for another reason.
    """
    rows = of_any_day(path, table)
    if not pc.all(pc.equal(rows["day"], pa.scalar(day)), min_count=0).as_py():
        raise CorruptFileError(path, "holds rows of another day")
    return rows


def of_any_day(path: Path, table: Table) -> pa.Table:
    """As `read`, whatever days the rows are of."""
    return conform(path, load(path), table)


def columns(path: Path, table: Table) -> int:
    """How many rows the file says that it has, where its columns are those of the table: cheap, for no row is read.

    Raises: as for `read`.
    """
    with _loading(path):
        file = parquet.ParquetFile(path)
    conform(path, file.schema_arrow.empty_table(), table)
    return int(file.metadata.num_rows)


def fingerprint(path: Path) -> str:
    """A text that differs when the file was written again: every write makes a new inode."""
    found = path.stat()
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ino}"


def conform(path: Path, rows: pa.Table, table: Table) -> pa.Table:
    """The rows cast to the table's schema, where that loses nothing.

    Raises:
        CorruptFileError: a column is unknown, missing though it may not be null, or of a type that does not fit.
    """
    if rows.schema.equals(table.schema):
        return pa.Table.from_arrays(rows.columns, schema=table.schema)
    unknown = [name for name in rows.column_names if name not in table.names]
    missing = [c.name for c in table.columns if c.name not in rows.column_names and not c.null]
    if unknown or missing:
        found = [*(f"column {n!r} is unknown" for n in unknown), *(f"column {n!r} is missing" for n in missing)]
        raise CorruptFileError(path, f"is no file of table {table.name}: {'; '.join(found)}")
    columns = [rows[c.name] if c.name in rows.column_names else pa.nulls(rows.num_rows, c.type) for c in table.columns]
    try:
        return pa.table(columns, names=list(table.names)).cast(table.schema)
    except (pa.ArrowException, ValueError) as error:
        raise CorruptFileError(path, f"is no file of table {table.name}: {_line(error)}") from error


def load(path: Path) -> pa.Table:
    """The rows of the file with the columns that it has.

    Raises:
        CorruptFileError: the file is damaged.
        StorageError: it cannot be read for another reason.
    """
    with _loading(path):
        threads = path.stat().st_size > _LARGE
        file = parquet.ParquetFile(path, page_checksum_verification=True, pre_buffer=threads)
        return file.read(use_threads=threads)


@contextmanager
def _loading(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise StorageError(path, error.strerror or str(error)) from error
        raise CorruptFileError(path, f"cannot be read: {_line(error)}") from error


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
