"""Old rows leave the lake: all tables and the record of it in one change, whole partitions or what may go of them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from media_monitor import tables
from media_monitor.upkeep import evidence, limits, removal
from media_monitor.upkeep.removal import Removal
from media_monitor.warehouse import journal, lake, lock, partition, places, repair
from media_monitor.warehouse.locate import keys


def retain(home: Path, wanted: Mapping[str, int | None], now: datetime, *, rehearse: bool = False) -> list[Removal]:
    """Removes the rows that are older than their limit and that nothing rests on; returns a removal for each table with
    any. The warehouse must be up to the lake, and be brought up to it afterwards. With `rehearse` nothing is changed.

    Raises:
        WarehouseBusyError: another process is writing.
        StorageError: the lake cannot be written; nothing was changed.
    """
    with lock.writing(home):
        if not rehearse:
            lake.ready(home)
        change = journal.Change(home)
        try:
            found = [one for name in limits.TABLES if (one := _of_table(home, name, wanted, now, change, rehearse))]
            if found and not rehearse:
                lake.add(home, tables.REMOVALS, removal.table(found), change)
        except BaseException:
            change.abandon()
            raise
        if rehearse:
            change.abandon()
        else:
            change.commit()
        return found


def _of_table(
    home: Path, name: str, wanted: Mapping[str, int | None], now: datetime, change: journal.Change, rehearse: bool
) -> Removal | None:
    days = _days(name, wanted)
    if days is None:
        return None
    until = now.date() - timedelta(days=days + 1)
    old = [(day, path) for day, path in places.partitions(home, name) if day <= until]
    if not old:
        return None
    table, last = tables.BY_NAME[name], date.min
    columns = tuple(evidence.STAYING[name][0].split())
    staying = frozenset(keys(evidence.staying(home, name), columns))
    rows = kept = files = freed = 0
    for day, path in old:
        stored = partition.read(path, table, day) if rehearse else repair.sound_partition(home, table, day)
        stays = stored.filter(pa.array([key in staying for key in keys(stored, columns)], pa.bool_()))
        kept += stays.num_rows
        if stays.num_rows == stored.num_rows > 0:
            continue
        last, rows, files = day, rows + stored.num_rows - stays.num_rows, files + 1
        freed += path.stat().st_size - _staged(path, stays, change, rehearse)
    if not files:
        return None
    return Removal(name, last, rows, kept, files, freed, f"retention_days {name}={days}", now)


def _staged(path: Path, stays: pa.Table, change: journal.Change, rehearse: bool) -> int:
    """Bytes of the file as it will be."""
    if not stays.num_rows:
        change.remove(path)
        return 0
    return change.stage(path, stays) if not rehearse else 0


def _days(name: str, wanted: Mapping[str, int | None]) -> int | None:
    """The limit of the table; facts go with their articles at the latest."""
    found = [wanted[name], wanted["articles"]] if name in ("mentions", "events") else [wanted[name]]
    return min((days for days in found if days is not None), default=None)
