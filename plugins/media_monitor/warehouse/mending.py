"""Puts partitions right, always with what was there kept in `lake/.damaged/`. The caller holds the writer's lock."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.warehouse import journal, partition, places, repair
from media_monitor.warehouse.durable import copy, make_folder
from media_monitor.warehouse.locate import keys


def disorder(rows: pa.Table, table: Table) -> str | None:
    """What is wrong with the order of a partition's rows: not sorted by key, or a key twice; None where nothing is."""
    found = keys(rows, table.key)
    if len(set(found)) < len(found):
        return f"{len(found) - len(set(found))} rows have a key that another row has"
    key = rows.select(list(table.key))
    return None if key.equals(key.sort_by([(name, "ascending") for name in table.key])) else "is not sorted by key"


def in_order(rows: pa.Table, table: Table) -> pa.Table:
    """The rows sorted by key, of those with one key the last."""
    last = {text: number for number, text in enumerate(keys(rows, table.key))}
    kept = rows.take(pa.array(sorted(last.values()), pa.int64()))
    return kept.sort_by([(name, "ascending") for name in table.key])


def rewrite(home: Path, parts: Mapping[tuple[str, date], pa.Table]) -> None:
    """Replaces those partitions, all or none; the files that were there are kept.

    Raises:
        StorageError: a file cannot be written; nothing was replaced.
    """
    change = journal.Change(home)
    try:
        for (name, day), rows in parts.items():
            path = places.partition(home, name, day)
            if path.exists():
                aside = places.lake(home) / places.DAMAGED / name / path.parent.name
                make_folder(aside)
                copy(path, repair.free(path, aside))
            change.stage(path, rows)
    except BaseException:
        change.abandon()
        raise
    change.commit()


def indexed(home: Path, name: str, day: date) -> pa.Table | None:
    """The rows that a DuckDB file has loaded of the partition; None where none has."""
    source, rows = repair.indexed(home, tables.BY_NAME[name], day)
    return None if source is None else rows


def without(home: Path, name: str, day: date, gone: set[str]) -> pa.Table:
    """The rows of the partition but those whose key (as `locate.keys` writes it) is `gone`."""
    table = tables.BY_NAME[name]
    rows = partition.read(places.partition(home, name, day), table, day)
    return rows.filter(pa.array([text not in gone for text in keys(rows, table.key)], pa.bool_()))
