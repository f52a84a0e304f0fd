"""A program for `test_killed.py`: kills a merge and a sync again and again, and checks what is left.

    killed.py FOLDER steps     kills before each single file operation, first to last
    killed.py FOLDER moments   kills at moments spread over the time that it takes (DuckDB writes out of Python's sight)

Every attempt is a forked child, so that imports are paid for once. Prints one JSON line an attempt.
"""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
from tests.warehouse import rows

from media_monitor import tables
from media_monitor.warehouse import index, lake, places

OPERATIONS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "os.truncate"}
ONE, TWO = rows.article("one", "2025-04-28"), rows.article("two", "2025-04-26")
FIRST = rows.batch(ONE, TWO, rows.mention(ONE, "russia"), rows.fetch("courier", "run1", "2025-04-28"))
SECOND = rows.batch(
    rows.article("one", "2025-04-29"),  # moves to another day
    rows.article("two", "2025-04-26", revision=2),
    rows.article("three", "2025-04-30"),
    rows.mention(TWO, "ukraine"),
    rows.statement(TWO, "RU", "confirm", "troops_deployed"),
    rows.fetch("courier", "run2", "2025-04-29"),
)
VIEWS = ["CREATE OR REPLACE VIEW titles AS SELECT title FROM articles"]
State = dict[str, list[str]]
LASTING = (places.PART, "schema.json")  # names of files that a lake has when nothing is under way


def load(home: Path) -> None:
    lake.merge(home, SECOND)
    index.sync(home, VIEWS, {})


def stored(home: Path) -> State:
    return {
        t.name: sorted(json.dumps(r, default=str) for r in lake.read(home, t.name).to_pylist()) for t in tables.TABLES
    }


def published(home: Path) -> State:
    with duckdb.connect(places.published(home), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'").fetchall()
        found = {t.name: connection.sql(f"FROM {t.name}").to_arrow_table().cast(t.schema) for t in tables.TABLES}
    return {name: sorted(json.dumps(r, default=str) for r in part.to_pylist()) for name, part in found.items()}


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """(signal that ended the child or 0, what `work` returned there)."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "w") as out:
            json.dump(work(), out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as source:
        text = source.read()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("a child failed")
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), (json.loads(text) if text else None)


def killed_before(home: Path, number: int) -> None:
    """Loads; the process dies before its file operation of that number."""
    count = 0

    def watch(operation: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if operation in OPERATIONS and str(home) in str(arguments[0]):
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    load(home)


def killed_after(home: Path, seconds: float) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the default action ends the process at once, like SIGKILL
    signal.setitimer(signal.ITIMER_REAL, seconds)
    load(home)
    signal.setitimer(signal.ITIMER_REAL, 0)


def left_by(home: Path) -> dict[str, Any]:
    """What readers see, what recovery makes of it, and what the repeated load ends in."""
    seen = published(home)
    messages = [*lake.recover(home), *index.sync(home, VIEWS, {})]
    recovered, recovered_published = stored(home), published(home)
    load(home)
    return {
        "seen": seen, "messages": messages, "recovered": recovered, "recovered_published": recovered_published,
        "again": stored(home), "again_published": published(home),
        "leftovers": sorted(p.name for p in places.lake(home).rglob("*") if p.is_file() and p.name not in LASTING),
    }  # fmt: skip


def attempts(folder: Path, mode: str) -> Iterator[tuple[int, dict[str, Any]]]:
    first, work = folder / "first", folder / "work"
    in_child(lambda: (lake.merge(first, FIRST), index.sync(first, VIEWS, {})))
    started = time.monotonic()
    shutil.copytree(first, folder / "timed")
    in_child(lambda: load(folder / "timed"))
    whole = time.monotonic() - started
    for number in range(1, 1000 if mode == "steps" else 13):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(first, work)
        if mode == "steps":
            ended, _ = in_child(lambda n=number: killed_before(work, n))  # type: ignore[misc]
        else:
            ended, _ = in_child(lambda n=number: killed_after(work, whole * n / 12))  # type: ignore[misc]
        _, left = in_child(lambda: left_by(work))
        yield ended, left
        if mode == "steps" and not ended:
            return


def main(folder: Path, mode: str) -> None:
    undisturbed = folder / "undisturbed"
    _, before = in_child(lambda: (lake.merge(undisturbed, FIRST), stored(undisturbed))[1])
    _, after = in_child(lambda: (lake.merge(undisturbed, SECOND), stored(undisturbed))[1])
    for ended, left in attempts(folder, mode):
        states = {name: "before" if left[name] == before else "after" if left[name] == after else "other"
                  for name in ("seen", "recovered", "recovered_published", "again", "again_published")}  # fmt: skip
        print(
            json.dumps({"ended": ended, "messages": left["messages"], "leftovers": left["leftovers"], **states}),
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
