"""A program for `test_releasing.py`: kills a release before chosen file operations, and says what is left.

    killed_release.py HOME FOLDER ROW…

It dies before the renames of its merge, between them, and after them. Every attempt is a forked child on a copy of the
data folder. Prints one JSON line an attempt: what is stored after recovery, and after the release was asked for again.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from tests.test_releasing import NOW
from tests.warehouse.killed import OPERATIONS, in_child

from media_monitor import releasing
from media_monitor.config import Settings
from media_monitor.warehouse import lake, query


def settings(home: Path) -> Settings:
    return Settings(home=home, as_of=NOW, semantic="off")


def release(home: Path, rows: list[str]) -> None:
    releasing.release(settings(home), rows, "why", "ed")


def watched(home: Path, rows: list[str], last: int = 0) -> list[str]:
    """Releases; the process dies before its file operation of that number. What it did, in order."""
    seen: list[str] = []

    def watch(operation: str, arguments: tuple[Any, ...]) -> None:
        if operation in OPERATIONS and str(home) in str(arguments[0]):
            seen.append(f"{operation} {arguments[0]}")
            if len(seen) == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    release(home, rows)
    return seen


def stored(home: Path) -> list[list[str]]:
    """Statements of the article, and decisions, as the lake has them."""
    lake.recover(home)
    statements = [row["statement_id"] for row in lake.read(home, "statements").to_pylist()]
    decisions = [row["quarantine_id"] for row in lake.read(home, "quarantine_decisions").to_pylist()]
    return [sorted(statements), sorted(decisions)]


def again(home: Path, rows: list[str]) -> list[Any]:
    release(home, rows)
    published = query.rows(home, "SELECT count(*) AS n FROM statements")[0]["n"]
    return [*stored(home), published]


def moments(seen: list[str]) -> list[int]:
    """Numbers of the operations before which to die: around the journal's appearance and between the renames."""
    renames = [number for number, told in enumerate(seen, 1) if told.startswith("os.rename")]
    journal = next(number for number in renames if "journal" in seen[number - 1])
    after = [number for number in renames if number > journal]
    return [journal, after[0], after[-1]]


def main(home: Path, folder: Path, rows: list[str]) -> None:
    _, before = in_child(lambda: stored(shutil.copytree(home, folder / "before")))
    _, seen = in_child(lambda: watched(shutil.copytree(home, folder / "whole"), rows))
    _, after = in_child(lambda: stored(folder / "whole"))
    for number in moments(seen):
        work = shutil.copytree(home, folder / f"killed {number}")
        ended, _ = in_child(lambda home=work, last=number: watched(home, rows, last))  # type: ignore[misc]
        _, left = in_child(lambda home=work: stored(home))  # type: ignore[misc]
        _, final = in_child(lambda home=work: again(home, rows))  # type: ignore[misc]
        state = "before" if left == before else "after" if left == after else "other"
        right = final == [*after, len(after[0])]
        print(json.dumps({"ended": ended, "state": state, "right": right}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
