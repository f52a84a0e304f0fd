"""Old files beside the lake: stages of batches that were never loaded, and messages."""

import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from media_monitor.upkeep.removal import Removal
from media_monitor.warehouse import places
from media_monitor.warehouse.durable import storing


def batches(home: Path, days: int, now: datetime, *, rehearse: bool = False) -> Removal | None:
    """Removes the stages of batches in which nothing was written for that many days; what they had fetched was fetched
    again by later runs, for the fetch state moves on only with a load.

    Raises:
        StorageError: a folder cannot be removed.
    """
    folder, until = places.batches(home), now - timedelta(days=days)
    old = [path for path in sorted(folder.glob("*")) if written(path) < until]
    return gone("batches", old, 0, until.date(), f"retention_days batches={days}", now, rehearse)


def messages(home: Path, days: int, now: datetime, *, rehearse: bool = False) -> Removal | None:
    """Removes messages as they were sent before; the outbox keeps that they were.

    Raises:
        StorageError: a file cannot be removed.
    """
    until = now - timedelta(days=days)
    old = [path for path in sorted((home / "messages").glob("*")) if written(path) < until]
    return gone("messages", old, 0, until.date(), f"retention_days messages={days}", now, rehearse)


def gone(
    what: str, paths: Iterable[Path], kept: int, until: date, reason: str, now: datetime, rehearse: bool
) -> Removal | None:
    """Removes the files and folders; the record of it, None where there was none."""
    files = freed = 0
    for path in paths:
        inside = [found for found in (path.rglob("*") if path.is_dir() else [path]) if found.is_file()]
        files, freed = files + len(inside), freed + sum(found.stat().st_size for found in inside)
        if not rehearse:
            with storing(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return Removal(what, until, 0, kept, files, freed, reason, now) if files else None


def written(path: Path) -> datetime:
    """When anything was last written in it."""
    moments = [found.stat().st_mtime for found in (path, *(path.rglob("*") if path.is_dir() else ()))]
    return datetime.fromtimestamp(max(moments), UTC)
