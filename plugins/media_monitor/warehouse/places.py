"""Where the warehouse keeps its files inside the data folder.

lake/<table>/day=YYYY-MM-DD/part.parquet   the truth, one file a partition
lake/.merge/                               a merge that is under way
lake/.damaged/, .damaged/                  what was found damaged, never deleted
lake/schema.json                           which version of the tables the lake is written in
batches/<batch>/<stage>/<table>.parquet    what a stage hands to the next
working.duckdb                             the writer's own index of the lake
warehouse.duckdb                           its published copy, for everybody who reads
writer.lock                                held by the process that writes
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

PART = "part.parquet"
DAMAGED = ".damaged"


def lake(home: Path) -> Path:
    return home / "lake"


def partition(home: Path, table: str, day: date) -> Path:
    return lake(home) / table / f"day={day.isoformat()}" / PART


def schema(home: Path) -> Path:
    return lake(home) / "schema.json"


def merge_folder(home: Path) -> Path:
    return lake(home) / ".merge"


def batches(home: Path) -> Path:
    return home / "batches"


def working(home: Path) -> Path:
    return home / "working.duckdb"


def published(home: Path) -> Path:
    return home / "warehouse.duckdb"


def lock(home: Path) -> Path:
    return home / "writer.lock"


def partitions(home: Path, table: str) -> Iterator[tuple[date, Path]]:
    """(day, file) of each partition that the lake has of the table, oldest first."""
    for path in sorted((lake(home) / table).glob(f"day=????-??-??/{PART}")):
        day = day_of(path.parent.name)
        if day is not None:
            yield day, path


def day_of(name: str) -> date | None:
    """The day of a partition's folder by its name; None for a name that no partition has."""
    try:
        return date.fromisoformat(name.removeprefix("day=")) if name.startswith("day=") else None
    except ValueError:
        return None
