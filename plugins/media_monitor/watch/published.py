"""The published file of the warehouse, opened to be read and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from media_monitor.opening import attached

PUBLISHED = "warehouse.duckdb"


@contextmanager
def connected(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published file, its times in UTC.

    Raises:
        duckdb.Error: there is no such file, or it is no DuckDB file.
    """
    with attached(home / PUBLISHED, read_only=True) as connection:
        yield connection
