"""The lake: Parquet partitions by day, the truth that everything else is made from.

A partition is sorted by key and holds each key once, so the same content is the same bytes. A merge changes all its
tables and partitions or none; a partition whose content stays is not written.
"""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from media_monitor import columns, tables
from media_monitor.columns import Table
from media_monitor.warehouse import journal, locate, lock, partition, places, repair
from media_monitor.warehouse.locate import keys
from media_monitor.warehouse.schema import migrate, version


def merge(
    home: Path, batch: Mapping[str, pa.Table], gone: Mapping[str, pa.Table] = MappingProxyType({})
) -> dict[str, int]:
    """Merges the rows of each table into the lake, and returns how many of them were new or different, by table.

    New rows replace all stored rows of the same owner (see `columns.Table`), wherever those are. For a table of
    facts that is given, also when it is empty, the owners are those of the batch's articles too: extraction that
    finds nothing any more takes the old facts away. Of rows with one key the last counts. `gone` has, by table, owners
    (their columns) whose stored rows go, but for those that the batch has of them. Takes the writer's lock.

    Raises:
        WarehouseBusyError: another process is writing.
        StorageError: the folder cannot be written (full, read-only); nothing was changed.
    """
    with lock.writing(home):
        ready(home)
        version.begin(home)
        change = journal.Change(home)
        try:
            with locate.index(home) as index:
                counts = {
                    name: _merge_table(index, tables.BY_NAME[name], batch.get(name), _others(name, batch, gone), change)
                    for name in {**batch, **gone}
                }
        except BaseException:
            change.abandon()
            raise
        change.commit()
    return counts


def recover(home: Path) -> list[str]:
    """Ends a merge that was interrupted, forward or back, and brings the lake to the present version; returns these and
    other repairs as messages for people.

    Raises:
        WarehouseBusyError: another process is writing.
        StorageError: the folder cannot be written.
    """
    with lock.writing(home):
        ready(home)
        return repair.notes(home)


def ready(home: Path) -> None:
    """Ends a merge that was interrupted and brings the lake to the present version; the writer's lock is held.

    Raises:
        StorageError: the lake is of a later version, or cannot be written.
    """
    version.check(home)
    for message in (*journal.finish(home), *migrate.ensure(home)):
        repair.note(home, message)


def read(home: Path, table: str) -> pa.Table:
    """All rows of the table, by day and key. A damaged partition is set aside and restored first.

    Raises:
        WarehouseBusyError: another process is writing.
        StorageError: a partition cannot be read.
    """
    wanted = tables.BY_NAME[table]
    with lock.writing(home):
        ready(home)
        days = [day for day, _ in places.partitions(home, table)]
        return columns.concat(wanted, [repair.sound_partition(home, wanted, day) for day in days])


def seen(home: Path, table: str) -> pa.Table:
    """As `read`, of a data folder that is not ours to write: without its lock, and without repairs.

    Raises:
        StorageError: a partition cannot be read, or a later program wrote it; CorruptFileError where it is damaged.
    """
    version.check(home)
    wanted = tables.BY_NAME[table]
    found = places.partitions(home, table)
    return columns.concat(wanted, [partition.read(path, wanted, day) for day, path in found])


def add(home: Path, table: Table, rows: pa.Table, change: journal.Change) -> None:
    """Adds rows with new keys to the change, which is the caller's, as is the writer's lock.

    Raises:
        StorageError: a partition cannot be read, or the change not be written.
    """
    for day in sorted(set(rows["day"].to_pylist())):
        added = rows.filter(pc.equal(rows["day"], pa.scalar(day)))
        merged = pa.concat_tables([repair.sound_partition(home, table, day), added.cast(table.schema)])
        change.stage(places.partition(home, table.name, day), merged.sort_by([(k, "ascending") for k in table.key]))


def _merge_table(
    index: locate.Index, table: Table, rows: pa.Table | None, others: list[pa.Table], change: journal.Change
) -> int:
    given = table.empty() if rows is None else rows.cast(table.schema)
    fresh = _last_of_each(given, table.key).combine_chunks()
    of_rows = fresh.select(table.owner)
    owners = pa.concat_tables([of_rows, *(o.select(table.owner).cast(of_rows.schema) for o in others)])
    replaced = frozenset(keys(owners, table.owner))
    by_day: dict[date, list[int]] = {}
    for number, day in enumerate(fresh["day"].to_pylist()):
        by_day.setdefault(day, []).append(number)
    touched = by_day.keys() | index.days(table, owners, by_day.keys())
    added = {day: fresh.take(pa.array(by_day.get(day, []), pa.int64())) for day in touched}
    return sum(_merge_day(index.home, table, day, added[day], replaced, change) for day in sorted(touched))


def _others(name: str, batch: Mapping[str, pa.Table], gone: Mapping[str, pa.Table]) -> list[pa.Table]:
    """Tables with the owners that are replaced besides those of the rows: of facts those of the articles too."""
    articles = batch.get(tables.ARTICLES.name) if tables.BY_NAME[name] in tables.FACTS and name in batch else None
    return [part for part in (articles, gone.get(name)) if part is not None]


def _merge_day(
    home: Path, table: Table, day: date, added: pa.Table, replaced: Collection[str], change: journal.Change
) -> int:
    stored = repair.sound_partition(home, table, day)
    kept = stored.filter(pa.array([owner not in replaced for owner in keys(stored, table.owner)], pa.bool_()))
    merged = _last_of_each(pa.concat_tables([kept, added]), table.key)
    merged = merged.sort_by([(name, "ascending") for name in table.key])
    if merged.equals(stored):
        return 0
    change.stage(places.partition(home, table.name, day), merged)
    return _differing(added, stored, table.key)


def _last_of_each(rows: pa.Table, key: Collection[str]) -> pa.Table:
    last = {text: number for number, text in enumerate(keys(rows, key))}
    return rows if len(last) == rows.num_rows else rows.take(pa.array(sorted(last.values()), pa.int64()))


def _differing(added: pa.Table, stored: pa.Table, key: Collection[str]) -> int:
    """How many rows of `added` are not in `stored` as they are."""
    if not stored.num_rows:
        return len(added)  # a backfill is mostly new days, and the comparison below is the dear part
    wanted = frozenset(keys(added, key))
    common = stored.filter(pa.array([text in wanted for text in keys(stored, key)], pa.bool_()))
    before = dict(zip(keys(common, key), common.to_pylist(), strict=True))
    after = zip(keys(added, key), added.to_pylist(), strict=True)
    return sum(row != before.get(text) for text, row in after)
