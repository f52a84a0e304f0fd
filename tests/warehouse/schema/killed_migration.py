"""A program for `test_migrate.py`: kills a migration before each of its file operations, and says what is left.

    killed_migration.py HOME FOLDER

Prints one JSON line an attempt.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.warehouse import rows
from tests.warehouse.attempts import attempts

from media_monitor.warehouse import lake, places
from media_monitor.warehouse.schema import version


def left(home: Path) -> dict[str, Any]:
    """What the killed one left, and what the next writer makes of it."""
    found = {"version": version.read(home), "journal": (places.merge_folder(home) / "journal.json").exists()}
    lake.recover(home)
    kinds = rows.ids(lake.read(home, "alerts"), "kind")
    return found | {"then": version.read(home), "kinds": kinds, "leftovers": places.merge_folder(home).exists()}


if __name__ == "__main__":
    for attempt in attempts(Path(sys.argv[1]), Path(sys.argv[2]), lake.recover, left):
        print(json.dumps(attempt), flush=True)
