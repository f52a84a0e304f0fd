"""How long domains want to be left alone that said so (429, 503), for all processes that share a data folder.

What a feed was told stands in its row of `fetches` too, but that is read only once the batch is loaded: by then the
other chunks of the run have asked. What a page was told stands nowhere else.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from media_monitor.collect.politeness.schedule import LONGEST_WAIT
from media_monitor.errors import StorageError


def blocked(home: Path, now: datetime) -> dict[str, datetime]:
    """Until when by registrable domain, for those whose time has not come; nothing where the file is damaged. What is
    more than a day ahead was noted by a clock that was wrong."""
    try:
        told = json.loads(_file(home).read_text(encoding="utf-8"))
        known = {str(domain): datetime.fromisoformat(until) for domain, until in told.items()}
        return {domain: until for domain, until in known.items() if now < until <= now + LONGEST_WAIT}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember(home: Path, until: Mapping[str, datetime], now: datetime) -> None:
    """Keeps these moments beside those known, of two the later; at most a day ahead.

    Raises:
        StorageError: the folder cannot be written.
    """
    path = _file(home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            _write(path, _later(blocked(home, now), until, now))
        finally:
            os.close(handle)
    except OSError as error:
        raise StorageError(path, f"cannot be written: {error.strerror or error}") from error


def _later(known: Mapping[str, datetime], told: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    ahead = {domain: min(moment, now + LONGEST_WAIT) for domain, moment in told.items() if now < moment}
    return {domain: max(both[domain] for both in (known, ahead) if domain in both) for domain in {**known, **ahead}}


def _write(path: Path, until: Mapping[str, datetime]) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps({domain: at.isoformat() for domain, at in sorted(until.items())}), encoding="utf-8")
    part.replace(path)


def _file(home: Path) -> Path:
    return home / "politeness" / "patience.json"
