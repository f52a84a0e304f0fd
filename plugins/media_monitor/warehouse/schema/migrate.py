"""Brings a lake of an earlier version to the present one: all partitions that change, and the version, in one change.

An interruption leaves the lake in its old version or, from the journal on, is finished by the next writer. Partitions
are read and written one at a time, so that memory does not grow with the lake; on disk the new files stand beside the
old ones until all are there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.errors import CorruptFileError
from media_monitor.warehouse import journal, lock, partition, places, repair
from media_monitor.warehouse.schema import version
from media_monitor.warehouse.schema.migrations import MIGRATIONS, Migration


@dataclass(frozen=True, slots=True)
class Pending:
    """What a migration would do: from which version, by which steps, to which tables with how many files."""

    found: int
    steps: tuple[Migration, ...]
    files: dict[str, int]


def pending(home: Path) -> Pending | None:
    """What there is to do; None where the lake is of the present version, or empty.

    Raises:
        StorageError: the lake is of a later version.
        CorruptFileError: the file of the version is damaged.
    """
    version.check(home)
    found = version.read(home)
    if found is None or found == version.VERSION:
        return None
    steps = tuple(step for step in MIGRATIONS if step.number > found)
    changed = {name for step in steps for name in step.rows}
    return Pending(found, steps, {n: sum(1 for _ in places.partitions(home, n)) for n in sorted(changed)})


def ensure(home: Path, progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Brings the lake to the present version; returns a message where there was anything to do.

    Raises:
        StorageError: the lake is of a later version, or cannot be written; nothing was changed.
        CorruptFileError: rows of a partition do not fit the present tables; nothing was changed.
        WarehouseBusyError: another process is writing.
    """
    version.check(home)
    if _is_present(home):
        return []
    with lock.writing(home):
        for message in journal.finish(home):
            repair.note(home, message)
        told = _settled(home)
        wanted = pending(home)
        return told if wanted is None else [*told, _migrate(home, wanted, progress)]


def _is_present(home: Path) -> bool:
    try:
        return version.read(home) in (None, version.VERSION)
    except CorruptFileError:
        return False


def _settled(home: Path) -> list[str]:
    """Sets a damaged file of the version aside, and takes the lake for one of before there were versions: what is as
    wanted already stays as it is."""
    try:
        version.read(home)
    except CorruptFileError as damage:
        kept = repair.set_aside(places.schema(home), places.lake(home) / places.DAMAGED)
        return [f"{damage}; set aside as {kept}, and all migrations are made again"]
    return []


def _migrate(home: Path, wanted: Pending, progress: Callable[[str], None]) -> str:
    change = journal.Change(home)
    done = 0
    try:
        for name, files in wanted.files.items():
            for number, (day, path) in enumerate(list(places.partitions(home, name)), 1):
                progress(f"{name} {number}/{files}")
                done += _changed(home, tables.BY_NAME[name], day, path, wanted.steps, change)
        change.stage_text(places.schema(home), version.written())
    except BaseException:
        change.abandon()
        raise
    change.commit()
    steps = "; ".join(f"{step.number}: {step.what}" for step in wanted.steps)
    return f"tables brought from version {wanted.found} to {version.VERSION} ({steps}); {done} files written anew"


def _changed(
    home: Path, table: Table, day: date, path: Path, steps: tuple[Migration, ...], change: journal.Change
) -> bool:
    before = _stored(home, table, day, path)
    after = before
    for step in steps:
        if table.name in step.rows:
            after = step.rows[table.name](after)
    if after.equals(before):
        return False
    fitting = partition.conform(path, after, table).sort_by([(name, "ascending") for name in table.key])
    change.stage(path, fitting)
    return True


def _stored(home: Path, table: Table, day: date, path: Path) -> pa.Table:
    """The rows as they were written; those of a damaged file as the index has them."""
    try:
        return partition.load(path)
    except CorruptFileError as damage:
        return repair.restored(home, table, day, damage)
