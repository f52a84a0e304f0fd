"""Old files beside the lake: stages of batches that were never loaded, messages, the archive."""

import re
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from media_monitor import tables
from media_monitor.upkeep import evidence
from media_monitor.upkeep.removal import Removal
from media_monitor.warehouse import lake, places, query
from media_monitor.warehouse.durable import storing

WARC, LOADED = "warc", "loaded"
REFERRING = (tables.FETCHES, tables.ARTICLES, tables.PAGES)  # tables that tell where an answer is archived
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T\d{6}Z-")


def batches(home: Path, days: int, now: datetime, *, rehearse: bool = False) -> Removal | None:
    """Removes the stages of batches in which nothing was written for that many days; what they had fetched was fetched
    again by later runs, for the fetch state moves on only with a load.

    Raises:
        StorageError: a folder cannot be removed.
    """
    folder, until = places.batches(home), now - timedelta(days=days)
    old = [path for path in sorted(folder.glob("*")) if _written(path) < until]
    return _gone("batches", old, 0, until.date(), f"retention_days batches={days}", now, rehearse)


def messages(home: Path, days: int, now: datetime, *, rehearse: bool = False) -> Removal | None:
    """Removes messages as they were sent before; the outbox keeps that they were.

    Raises:
        StorageError: a file cannot be removed.
    """
    until = now - timedelta(days=days)
    old = [path for path in sorted((home / "messages").glob("*")) if _written(path) < until]
    return _gone("messages", old, 0, until.date(), f"retention_days messages={days}", now, rehearse)


def archive(home: Path, days: int, now: datetime, *, rehearse: bool = False) -> Removal | None:
    """Removes files of the archive of batches that old, but for those that hold evidence, and lets the tables point at
    them no more. A batch of which anything is removed is not replayed any more.

    The tables change first: where this is interrupted, the files are removed by the next time.

    Raises:
        StorageError: a file cannot be removed, or the lake not be written.
    """
    until = now.date() - timedelta(days=days + 1)
    old = [path for path in sorted((home / WARC).glob("*/")) if _day(path) <= until]
    files = [file for folder in old for file in sorted(folder.iterdir()) if file.is_file()]
    staying = evidence.archives(home) if files else set()
    gone = [file for file in files if file.name != LOADED and file.relative_to(home).as_posix() not in staying]
    touched = {file.parent for file in gone}
    kept = sum(file.name != LOADED for file in files) - len(gone)
    marks = [folder / LOADED for folder in sorted(touched) if (folder / LOADED).exists()]
    if gone and not rehearse:
        _forget(home, [file.relative_to(home).as_posix() for file in gone])
    done = _gone("warc", [*marks, *gone], kept, until, f"retention_days warc={days}", now, rehearse)
    if not rehearse:
        for folder in touched:
            if not any(folder.iterdir()):
                folder.rmdir()
    return done


def _forget(home: Path, files: list[str]) -> None:
    """Rows that point at the files point nowhere."""
    wanted = {"files": files}
    changed = {}
    for table in REFERRING:
        sql = f'SELECT * FROM "{table.name}" WHERE warc_file IN (SELECT unnest($files::VARCHAR[]))'
        rows = query.run(home, sql, wanted).cast(table.schema)
        if rows.num_rows:
            for name in ("warc_file", "warc_offset"):
                column = pa.nulls(rows.num_rows, table.schema.field(name).type)
                rows = rows.set_column(rows.column_names.index(name), table.schema.field(name), column)
            changed[table.name] = rows
    lake.merge(home, changed)


def _gone(
    what: str, paths: Iterable[Path], kept: int, until: date, reason: str, now: datetime, rehearse: bool
) -> Removal | None:
    files = freed = 0
    for path in paths:
        inside = [found for found in (path.rglob("*") if path.is_dir() else [path]) if found.is_file()]
        files, freed = files + len(inside), freed + sum(found.stat().st_size for found in inside)
        if not rehearse:
            with storing(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return Removal(what, until, 0, kept, files, freed, reason, now) if files else None


def _day(folder: Path) -> date:
    """The day of the batch by its name, else by the clock of the file system."""
    found = _STAMP.match(folder.name)
    return date(*map(int, found.groups())) if found else _written(folder).date()


def _written(path: Path) -> datetime:
    """When anything was last written in it."""
    moments = [found.stat().st_mtime for found in (path, *(path.rglob("*") if path.is_dir() else ()))]
    return datetime.fromtimestamp(max(moments), UTC)
