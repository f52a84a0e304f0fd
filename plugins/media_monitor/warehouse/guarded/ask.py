"""Runs a query in a process of its own and gives what came out, or one line that says why not."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_monitor.config import PACKAGE
from media_monitor.errors import QueryError, WarehouseBusyError
from media_monitor.warehouse import places

AT_ONCE = 4  # queries with a time limit: they must not take all threads of a server
_PATIENCE = 5.0  # seconds, for the process to start, and to wait for a place
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take; None is without limit. `seconds` counts from when the process is up."""

    seconds: float | None = None
    rows: int | None = None
    memory_mb: int | None = None
    longest_cell: int | None = None
    most_characters: int | None = None
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """`more`: there are rows beyond the limit. `cut`: cells that were cut. `seconds`: how long it took."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[list[Any]]
    more: bool
    cut: int
    seconds: float

    def records(self) -> list[dict[str, Any]]:
        """A dictionary a row; columns of one name are told apart by a number."""
        names = [n if self.columns.index(n) == i else f"{n}_{i + 1}" for i, n in enumerate(self.columns)]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def run(home: Path, sql: str, parameters: Mapping[str, str] | None = None, limits: Limits | None = None) -> Answer:
    """The result of one SELECT on the published warehouse. `parameters` fill `$name`; an empty one is NULL.

    Raises:
        QueryError: it may not run, cannot run, or took more than it may; on one line, with the place in the query.
        WarehouseBusyError: as many queries as may run at once are under way.
    """
    limits = limits or Limits()
    path = places.published(home)
    if not path.exists():
        raise QueryError(home, "has no warehouse yet: run `media-monitor run` first")
    request = {"path": str(path.absolute()), "sql": sql, "parameters": _typed(parameters or {}), **_asked(limits)}
    started = time.monotonic()
    with _place(limits):
        answer = _answer(request, limits)
    if "error" in answer:
        raise QueryError("SQL", _where(sql, answer["position"]) + answer["error"])
    found = {name: tuple(answer[name]) for name in ("columns", "types")}
    return Answer(
        **found, rows=answer["rows"], more=answer["more"], cut=answer["cut"], seconds=time.monotonic() - started
    )


def _asked(limits: Limits) -> dict[str, Any]:
    return {name: getattr(limits, name) for name in Limits.__dataclass_fields__}


def _typed(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Whole numbers as such, so that LIMIT takes them; DuckDB makes days of texts where it wants days."""
    return {name: _value(text.strip()) for name, text in parameters.items()}


def _value(text: str) -> str | int | None:
    if not text:
        return None
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else text


@contextmanager
def _place(limits: Limits) -> Iterator[None]:
    if limits.seconds is None:
        yield
        return
    if not _places.acquire(timeout=_PATIENCE):
        raise WarehouseBusyError("SQL", f"{AT_ONCE} queries are under way; try again in some seconds")
    try:
        yield
    finally:
        _places.release()


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    process = subprocess.Popen(
        [sys.executable, "-m", "media_monitor.warehouse.guarded.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), *filter(None, sys.path)]), "LANG": "C.UTF-8"},
    )
    with process:
        try:
            out, _ = process.communicate(json.dumps(request).encode(), limits.seconds and limits.seconds + _PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return _ended(-signal.SIGALRM, limits)
        except BaseException:  # Ctrl-C, or the server stops: the query goes with it
            process.kill()
            raise
    if process.returncode != 0:
        return _ended(process.returncode, limits)
    answer: dict[str, Any] = json.loads(out)
    return answer


def _ended(code: int, limits: Limits) -> dict[str, Any]:
    if code == -signal.SIGALRM:
        return {"error": f"was stopped: it took longer than {limits.seconds:g} s", "position": None}
    return {"error": "was stopped: it needs more memory, or nests deeper, than a query may", "position": None}


def _where(sql: str, position: int | None) -> str:
    """ "line 2, column 5: "; `position` in bytes."""
    if position is None:
        return ""
    before = sql.encode()[:position].decode("utf-8", "ignore")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"line {line}, column {column}: "
