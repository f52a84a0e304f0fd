"""Which version of the tables a lake is written in: `lake/schema.json`, `{"version": 2, "written_by": "0.1.0"}`.

A lake without the file is empty, or of version 0: from before there was one.
"""

import json
from pathlib import Path

from media_monitor import __version__, tables
from media_monitor.errors import CorruptFileError, StorageError
from media_monitor.warehouse import places
from media_monitor.warehouse.durable import make_folder, storing, write_text
from media_monitor.warehouse.schema.migrations import MIGRATIONS

VERSION = MIGRATIONS[-1].number
"""The version that this program reads and writes."""


def read(home: Path) -> int | None:
    """The version of the lake; None where nothing is stored yet.

    Raises:
        CorruptFileError: the file does not tell.
        StorageError: it cannot be read.
    """
    path = places.schema(home)
    try:
        with storing(path):
            return int(json.loads(path.read_text(encoding="utf-8"))["version"])
    except StorageError:
        if path.exists():
            raise
        return 0 if _is_stored(home) else None
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptFileError(path, f"does not tell the version of the tables: {error}") from error


def check(home: Path) -> None:
    """Refuses a lake that a later program wrote.

    Raises:
        StorageError: it is of a later version.
    """
    try:
        found = read(home)
    except CorruptFileError:
        return  # whoever writes next tells of it and writes the file anew
    if found is not None and found > VERSION:
        raise StorageError(
            places.schema(home),
            f"the tables are of version {found}, and media-monitor {__version__} knows them up to version {VERSION}; "
            "install the release that wrote them, or restore the backup from before the upgrade",
        )


def begin(home: Path) -> None:
    """Writes the present version of a lake in which nothing is stored yet.

    Raises:
        StorageError: it cannot be written.
    """
    path = places.schema(home)
    if not path.exists():
        make_folder(path.parent)
        write_text(path, written())


def written() -> str:
    """The content of the file for the present version."""
    return json.dumps({"version": VERSION, "written_by": __version__}) + "\n"


def _is_stored(home: Path) -> bool:
    return any(True for table in tables.TABLES for _ in places.partitions(home, table.name))
