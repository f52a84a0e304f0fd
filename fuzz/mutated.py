"""`python -m fuzz.mutated [FOLDER] [--number 10000]`: feeds as published, mutated, through the reader of real feeds.

FOLDER holds feeds, at any depth (without it: the sample feeds of the beats). Each mutated feed goes to the sandbox, a
process with an end to its time and memory, and must come back as articles or as a reason that we declare: a parser that
breaks down, takes more than five seconds of processor time or too much memory is a failure, and so are articles that
could not be stored. Seeds are numbers and file names, so that a failure can be had again: `--only NUMBER --save FILE`.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import local

from rich.console import Console
from rich.progress import track
from rich.table import Table

from fuzz.mutations import mutated
from fuzz.timed import Timed, TimedDocument
from media_monitor.collect.reading import Document, Reading
from media_monitor.collect.sandbox import BROKEN_DOWN, TOO_MUCH, TOO_SLOW, Sandbox
from media_monitor.config import PACKAGE
from media_monitor.sources import Feed

FEED = Feed("f", "https://harbour.example/rss", "Harbour News", "harbour.example")
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
SECONDS, PATIENCE = 5.0, 30.0  # of the processor for a feed; of the clock, on a machine that has other work too
KINDS = {".xml", ".json", ".rss", ".rdf", ".atom", ".html"}
_STRIDE = 7919  # a prime, so that any run of numbers has files of all folders
_FAILED = (BROKEN_DOWN, TOO_MUCH, TOO_SLOW)


@dataclass(frozen=True, slots=True)
class Case:
    """A mutated feed: the `number` of its seed, the file that it was, how it was mutated, and itself."""

    number: int
    path: Path
    mutations: tuple[str, ...]
    body: bytes


@dataclass(slots=True)
class Outcome:
    """How many feeds ended how, by mutation; the failures; seconds, also of the slowest; most memory of a reader."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    seconds: float = 0.0
    megabytes: float = 0.0


def sources(folder: Path | None) -> list[Path]:
    """The files that are feeds by their names, in order."""
    roots = [folder] if folder else sorted((PACKAGE / "beats").glob("*/samples"))
    return sorted(path for root in roots for path in root.rglob("*") if path.suffix in KINDS)


def cases(paths: Sequence[Path], numbers: Sequence[int]) -> Iterator[Case]:
    """A case a number; the files take turns."""
    for number in numbers:
        path = paths[number * _STRIDE % len(paths)]
        body, names = mutated(path.read_bytes(), f"{number}:{path.name}")
        yield Case(number, path, names, body)


def run(found: Iterator[Case], workers: int) -> Outcome:
    """What becomes of the cases, in as many sandboxes as there are workers."""
    outcome, own, open_ones = Outcome(), local(), []

    def judge(case: Case) -> tuple[Case, Timed]:
        if not hasattr(own, "sandbox"):
            own.sandbox = Sandbox(PATIENCE)
            open_ones.append(own.sandbox)
        return case, own.sandbox.read(TimedDocument(Document(FEED, case.body, "", FEED.url, NOON)))

    start = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        while batch := list(islice(found, 50 * workers)):
            for case, timed in pool.map(judge, batch):
                _count(outcome, case, timed)
                outcome.megabytes = max(outcome.megabytes, *map(_most_memory, open_ones))
    for sandbox in open_ones:
        sandbox.__exit__(None, None, None)
    outcome.seconds = time.monotonic() - start
    return outcome


def _most_memory(sandbox: Sandbox) -> float:
    """Of its process as it is now, in megabytes."""
    process = sandbox._process
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines() if process else []
    except FileNotFoundError:
        return 0.0
    return max((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), default=0.0)


def _count(outcome: Outcome, case: Case, timed: Timed) -> None:
    reading = timed.reading
    outcome.slowest = max(outcome.slowest, timed.seconds)
    wrong = reading.fault if (reading.fault or "").startswith(_FAILED) else unfit(reading)
    if timed.seconds > SECONDS:
        wrong = f"took {timed.seconds:.1f} s"
    ended = "failed" if wrong else "refused" if reading.fault else "read" if reading.articles else "without articles"
    outcome.read[ended] += 1
    outcome.counts.update((name, ended) for name in set(case.mutations))
    if wrong:
        outcome.failures.append(f"{case.number} {case.path.name} ({', '.join(case.mutations)}): {wrong}")


def unfit(reading: Reading) -> str | None:
    """What about the articles could not be stored, None where all can."""
    for article in reading.articles:
        for text in (article.title, article.text or "", article.url or "", article.guid or ""):
            if text != text.encode("utf-8", "ignore").decode() or "\x00" in text:
                return f"a text that is no Unicode: {text[:60]!r}"
        if article.published_at is not None and article.published_at.utcoffset() is None:
            return f"a date without a time zone: {article.published_at}"
        if len(article.title) + len(article.text or "") > 101_000:
            return f"a text of {len(article.text or ''):,} characters"
    return None


def main() -> None:
    """The command: a table of outcomes; status 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="feeds, at any depth")
    parser.add_argument("--number", type=int, default=10_000, help="how many mutated feeds")
    parser.add_argument("--workers", type=int, default=2, help="readers at the same time")
    parser.add_argument("--only", type=int, help="one number alone")
    parser.add_argument("--save", type=Path, help="write that mutated feed to a file")
    wanted = parser.parse_args()
    numbers = range(wanted.number) if wanted.only is None else [wanted.only]
    found = cases(sources(wanted.folder), numbers)
    if wanted.save:
        wanted.save.write_bytes(next(found).body)
        return
    shown = track(found, "reading", len(numbers), console=Console(stderr=True))
    outcome = run(iter(shown), wanted.workers)
    _show(outcome)
    sys.exit(bool(outcome.failures))


def _show(outcome: Outcome) -> None:
    ends = ("read", "without articles", "refused", "failed")
    table = Table("mutation", *ends, title=f"{outcome.read.total():,} mutated feeds")
    for name in sorted({name for name, _ in outcome.counts}):
        table.add_row(name, *(f"{outcome.counts[name, end]:,}" for end in ends))
    table.add_row("all", *(f"{outcome.read[end]:,}" for end in ends), style="bold")
    console = Console()
    console.print(table)
    console.print(
        f"{outcome.seconds:.0f} s; slowest {outcome.slowest:.2f} s; most memory of a reader {outcome.megabytes:,.0f} MB"
    )
    for failure in outcome.failures:
        console.print(failure, markup=False, highlight=False)


if __name__ == "__main__":
    main()
