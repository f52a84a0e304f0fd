"""Backfills of archives of ten thousand to a million articles (`years.news`): how fast, in how much memory and disk,
and whether both grow as they should: `make scale`, an hour or two.

An archive counts only where every article and revision of it is stored once. Memory is what all processes of a command
held together at the worst moment; processor time is that of all of them. `MEDIA_MONITOR_SEMANTIC=off` measures without
the encoder, where it is installed.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from live.memory import Memory
from media_monitor.config import Settings
from media_monitor.extract.semantic.model import used
from media_monitor.warehouse import places
from years import archive, news, truth

SIZES = (10_000, 100_000, 1_000_000)
YEAR = 365 / news.DAYS  # of what is made
STEADY = 1.25  # times the smallest archive's processor time an article, and memory, that the largest may take


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backfill took: seconds, megabytes, bytes."""

    articles: int
    wall: float
    processor: float
    memory: float
    archived: int
    lake: int
    published: int
    rebuild: float
    found: truth.Found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, help="where archives and data folders are made and removed")
    given = parser.parse_args()
    taken = []
    Console().print(f"Extraction by {used(Settings.load().semantic)}.")
    for count in sorted(given.articles):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            taken.append(_taken(Path(folder), count))
        _show(taken)
    first, last = taken[0], taken[-1]
    faults = [f"{one.articles:,} articles: {lost}" for one in taken for lost in one.found.lost]
    if last.processor / last.articles > STEADY * first.processor / first.articles:
        faults.append("processor time an article grows")
    if last.memory > STEADY * first.memory:
        faults.append("memory grows")
    if faults:
        sys.exit("; ".join(faults))


def _taken(folder: Path, count: int) -> Taken:
    size = archive.write(folder / "archive", count)
    home, memory = folder / "home", Memory()
    memory.start()
    wall, processor = _run("--home", str(home), "backfill", str(folder / "archive"), "--json")
    memory.done.set()
    rebuild, _ = _run("--home", str(home), "rebuild")
    lake = sum(path.stat().st_size for path in places.lake(home).rglob("*.parquet"))
    published = places.published(home).stat().st_size
    return Taken(count, wall, processor, memory.total, size, lake, published, rebuild, truth.compared(home, count))


def _run(*words: str) -> tuple[float, float]:
    """Seconds on the clock, and of processor time, that the command takes."""
    started, before = time.monotonic(), _processor()
    command = [sys.executable, "-c", "from media_monitor.cli import main; main()", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}\n{done.stdout[-2000:]}")
    if "--json" in words:
        json.loads(done.stdout)
    return time.monotonic() - started, _processor() - before


def _processor() -> float:
    """Of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show(taken: list[Taken]) -> None:
    table = Table("articles", *(f"{one.articles:,}" for one in taken), box=None)
    for name, figure in (
        ("articles a second", lambda one: f"{one.articles / one.wall:,.0f}"),
        ("minutes", lambda one: f"{one.wall / 60:,.1f}"),
        ("processor ms an article", lambda one: f"{one.processor / one.articles * 1e3:.2f}"),
        ("memory of all processes, MB", lambda one: f"{one.memory:,.0f}"),
        ("bytes an article: archive", lambda one: f"{one.archived / one.articles:,.0f}"),
        ("bytes an article: lake", lambda one: f"{one.lake / one.articles:,.0f}"),
        ("bytes an article: DuckDB file", lambda one: f"{one.published / one.articles:,.0f}"),
        ("core hours for a million", lambda one: f"{one.processor / one.articles * 1e6 / 3600:.2f}"),
        ("a year of it: core hours", lambda one: f"{one.processor / 3600 * YEAR:.2f}"),
        ("a year of it: GB of lake and DuckDB files", lambda one: f"{(one.lake + 2 * one.published) / 1e9 * YEAR:.2f}"),
        ("rebuild, s", lambda one: f"{one.rebuild:,.1f}"),
        ("on the beat: precision, recall", lambda one: _both(one.found.relevant)),
        ("statements: precision, recall", lambda one: _both(one.found.statements)),
    ):
        table.add_row(name, *map(figure, taken))
    Console(width=110).print(table)


def _both(score: truth.Score) -> str:
    return f"{score.precision:.3f}, {score.recall:.3f}"


if __name__ == "__main__":
    main()
