"""Kills a piece of work before each of its file operations, every time in a forked child on a copy of a data folder."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.warehouse.killed import OPERATIONS, in_child


def watched(home: Path, work: Callable[[Path], object], last: int = 0) -> list[str]:
    """Does the work; the process dies before its file operation of that number. What it did, in order."""
    seen: list[str] = []

    def watch(operation: str, arguments: tuple[Any, ...]) -> None:
        if operation in OPERATIONS and str(home) in str(arguments[0]):
            seen.append(operation)
            if len(seen) == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    work(home)
    return seen


def attempts(
    home: Path,
    folder: Path,
    work: Callable[[Path], object],
    left: Callable[[Path], dict[str, Any]],
    moments: Callable[[list[str]], Iterable[int]] = lambda seen: range(1, len(seen) + 1),
) -> Iterator[dict[str, Any]]:
    """Of each attempt the signal that ended it, and what is `left`. `moments`: numbers of operations, of those seen in
    order, before which to die."""
    _, seen = in_child(lambda: watched(shutil.copytree(home, folder / "whole"), work))
    for number in moments(seen):
        here = shutil.copytree(home, folder / f"killed {number}")
        ended, _ = in_child(lambda here=here, last=number: watched(here, work, last))  # type: ignore[misc]
        _, found = in_child(lambda here=here: left(here))  # type: ignore[misc]
        yield {"ended": ended, **found}
