"""A program for `test_compaction.py`: kills the joining of an archive before each of its file operations.

    killed_compaction.py HOME FOLDER

Prints one JSON line an attempt: what stands at the places that rows name, then and once upkeep was done again, and
what archive and rows are at last.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.upkeep import archived
from tests.warehouse.attempts import attempts

from media_monitor import tables
from media_monitor.collect.warc.archive import read_body
from media_monitor.upkeep import compaction
from media_monitor.upkeep.repoint import NAMING
from media_monitor.warehouse import lake, lock, places

CHANGES = ("os.rename", "os.remove", "os.rmdir", "shutil.rmtree")
LARGEST = 9_000  # bytes of a joined file, so that a day makes more than one


def compact(home: Path) -> None:
    with lock.writing(home):
        for day, folders in compaction.due(home, 7, archived.NOW).items():
            compaction.join(home, folders, day, LARGEST)


def left(home: Path) -> dict[str, Any]:
    lake.recover(home)
    found = answers(home)
    compact(home)
    leftovers = [str(path) for path in (places.merge_folder(home), *home.glob("warc/*/*.open")) if path.exists()]
    empty = [str(path) for path in (home / "warc").iterdir() if not any(path.iterdir())]
    return {"answers": found, "again": answers(home), "state": state(home), "leftovers": [*leftovers, *empty]}


def answers(home: Path) -> str:
    """A hash of what stands where rows say, without the places."""
    told = hashlib.sha256()
    for table in NAMING:
        for row in lake.read(home, table.name).to_pylist():
            if row["warc_file"]:
                key = [str(row[name]) for name in table.key]
                told.update(repr((table.name, key, read_body(home / row["warc_file"], row["warc_offset"]))).encode())
    return told.hexdigest()


def state(home: Path) -> str:
    """A hash of the archive's files and of the rows that tell where answers are."""
    files = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(archived.tree(home).items())}
    rows = [lake.read(home, table.name).to_pylist() for table in (*NAMING, tables.QUARANTINE)]
    return hashlib.sha256(repr((files, rows)).encode()).hexdigest()


def moments(seen: list[str]) -> list[int]:
    """Before each change of a name up to the journal, and before every fifth of the many that follow."""
    found = [number for number, name in enumerate(seen, 1) if name in CHANGES]
    journal = seen.index("shutil.rmtree")
    return sorted({*found[:7], journal, journal + 1, *found[7::5], len(seen)})


if __name__ == "__main__":
    for attempt in attempts(Path(sys.argv[1]), Path(sys.argv[2]), compact, left, moments):
        print(json.dumps(attempt), flush=True)
