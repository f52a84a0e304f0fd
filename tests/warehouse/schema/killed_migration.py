"""A program for `test_migrate.py`: kills a migration before each of its file operations, and says what is left.

    killed_migration.py HOME FOLDER

Every attempt is a forked child on a copy of the data folder. Prints one JSON line an attempt.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from tests.warehouse import rows
from tests.warehouse.killed import OPERATIONS, in_child

from media_monitor.warehouse import lake, places
from media_monitor.warehouse.schema import version


def migrated(home: Path, last: int = 0) -> list[str]:
    """Migrates; the process dies before its file operation of that number. What it did, in order."""
    seen: list[str] = []

    def watch(operation: str, arguments: tuple[Any, ...]) -> None:
        if operation in OPERATIONS and str(home) in str(arguments[0]):
            seen.append(operation)
            if len(seen) == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    lake.recover(home)
    return seen


def left(home: Path) -> dict[str, Any]:
    """What the killed one left, and what the next writer makes of it."""
    found = {"version": version.read(home), "journal": (places.merge_folder(home) / "journal.json").exists()}
    lake.recover(home)
    kinds = rows.ids(lake.read(home, "alerts"), "kind")
    return found | {"then": version.read(home), "kinds": kinds, "leftovers": places.merge_folder(home).exists()}


def main(home: Path, folder: Path) -> None:
    _, seen = in_child(lambda: migrated(shutil.copytree(home, folder / "whole")))
    for number in range(1, len(seen) + 1):
        work = shutil.copytree(home, folder / f"killed {number}")
        ended, _ = in_child(lambda work=work, last=number: migrated(work, last))  # type: ignore[misc]
        _, found = in_child(lambda work=work: left(work))  # type: ignore[misc]
        print(json.dumps({"ended": ended, **found}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
