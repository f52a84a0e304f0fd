"""The published file of the warehouse, opened to be read and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

PUBLISHED = "warehouse.duckdb"
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextmanager
def connected(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published file, its times in UTC.

    Raises:
        duckdb.Error: there is no such file, or it is no DuckDB file.
    """
    with duckdb.connect(home / PUBLISHED, read_only=True, config=OFFLINE) as connection:
        connection.execute("SET TimeZone = 'UTC'").fetchall()
        yield connection
