"""How long domains want to be left alone that told an article page so (429, 503), kept from run to run.

What a feed was told stands in its row of `fetches`; a page's row has no successor to read it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from media_monitor.collect.politeness.schedule import LONGEST_WAIT
from media_monitor.errors import StorageError


def blocked(home: Path, now: datetime) -> dict[str, datetime]:
    """Until when by registrable domain, for those whose time has not come; nothing where the file is damaged."""
    try:
        told = json.loads(_file(home).read_text(encoding="utf-8"))
        known = {str(domain): datetime.fromisoformat(until) for domain, until in told.items()}
        return {domain: until for domain, until in known.items() if now < until}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember(home: Path, until: Mapping[str, datetime], now: datetime) -> None:
    """Keeps the moments that lie ahead, a day at most.

    Raises:
        StorageError: the folder cannot be written.
    """
    ahead = {domain: min(moment, now + LONGEST_WAIT) for domain, moment in until.items() if now < moment}
    path = _file(home)
    text = json.dumps({domain: moment.isoformat() for domain, moment in sorted(ahead.items())})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise StorageError(path, f"cannot be written: {error.strerror or error}") from error


def _file(home: Path) -> Path:
    return home / "politeness" / "patience.json"
