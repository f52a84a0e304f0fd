"""A program for `test_killed.py`: kills the removal of old rows before each of its file operations.

    killed_retention.py HOME FOLDER

Prints one JSON line an attempt: rows that are left after recovery, of checks, articles and removals.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.upkeep import years
from tests.warehouse.attempts import attempts

from media_monitor.upkeep import limits, rows
from media_monitor.warehouse import lake, places

LIMITS = limits.limits(("articles=300",))


def retain(home: Path) -> None:
    rows.retain(home, LIMITS, years.NOW)


def left(home: Path) -> dict[str, Any]:
    """Rows by table as the next writer finds them, and once upkeep was done again."""
    lake.recover(home)
    first = _rows(home)
    leftovers = places.merge_folder(home).exists() or any(not any(f.iterdir()) for f in home.glob("lake/checks/day=*"))
    retain(home)
    return {"rows": first, "again": _rows(home), "leftovers": leftovers}


def _rows(home: Path) -> dict[str, int]:
    return {name: lake.read(home, name).num_rows for name in ("checks", "articles", "removals")}


def moments(seen: list[str]) -> list[int]:
    """In the middle of writing, around the appearance of the journal, and between what is done after it."""
    journal = seen.index("os.rename") + 1
    emptied = [number for number, told in enumerate(seen, 1) if told == "os.rmdir" and number > journal]
    return sorted({journal // 2, journal, journal + 1, *emptied, len(seen)})


if __name__ == "__main__":
    for attempt in attempts(Path(sys.argv[1]), Path(sys.argv[2]), retain, left, moments):
        print(json.dumps(attempt), flush=True)
