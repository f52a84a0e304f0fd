"""A fault in a file of a beat, and how the line of an entry is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from media_monitor.errors import MediaMonitorError


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about an entry. `where` is "file:line"; a `note` is worth knowing, a `fault` must be mended."""

    where: str
    told: str
    grade: Literal["fault", "note"] = "fault"


def line_of(path: Path, text: str) -> str:
    """ "file:line" of the first line that holds the text; line 1 where none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return f"{path}:{next((n for n, line in enumerate(lines, 1) if text in line), 1)}"


def refused(error: MediaMonitorError) -> Fault:
    """The fault that an error of a reader tells of."""
    where, _, told = str(error).partition(": ")
    return Fault(where if where.rpartition(":")[2].isdigit() else f"{where}:1", told)


def first(faults: Iterator[Fault]) -> Iterator[Fault]:
    """The faults, and, where a reader refuses a file, its reason as the last."""
    try:
        yield from faults
    except MediaMonitorError as error:
        yield refused(error)
