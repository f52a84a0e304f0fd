"""What a backfill would read, and about how long it would take on this machine: by a sample."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from media_monitor.backfill import dividing, work
from media_monitor.backfill.outlets import known
from media_monitor.backfill.parts import Part
from media_monitor.backfill.request import Request
from media_monitor.backfill.run import record_of
from media_monitor.backfill.tally import Tally
from media_monitor.collect.sandbox import Sandbox
from media_monitor.config import Settings
from media_monitor.engines.processes import Processes
from media_monitor.model import Article

SAMPLED, AT_MOST = 3, 100  # parts, and articles of each
_LINES = 500_000  # bytes of lines
_SQUEEZED = 3  # news as compressed text has a third of its size


@dataclass(frozen=True, slots=True)
class Preview:
    """Parts by reader, bytes of them, and parts that are done already; how many articles the sample had, and how many
    of them were relevant. `articles` and `seconds` (with `workers` processes) are estimates of what waits, None where
    the sample had no article. `tally` is that of the sample, and of files that cannot be read."""

    backfill_id: str
    parts: dict[str, int]
    bytes: int
    done: int
    workers: int
    sampled: int
    relevant: int
    articles: int | None
    seconds: float | None
    tally: Tally

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        told = {name: getattr(self, name) for name in self.__slots__ if name != "tally"}
        return told | self.tally.as_json()


@dataclass
class _Sample:
    articles: int = 0
    relevant: int = 0
    bytes: float = 0.0
    seconds: float = 0.0


def preview(settings: Settings, request: Request, workers: int | None = None) -> Preview:
    """The preview. Nothing is written.

    Raises:
        StorageError: a source cannot be listed.
    """
    found, tally = dividing.parts(request)
    record = record_of(settings, request)
    done = record.extracted().keys()
    waiting = [part for part in found if part.key not in done]
    sample = _sampled(waiting, work.job(settings, request, settings.now()), tally)
    size, count = sum(part.size for part in waiting), Processes(workers).workers
    articles = round(sample.articles * size / sample.bytes) if sample.articles and sample.bytes else None
    seconds = sample.seconds / sample.articles * articles / count if articles is not None else None
    return Preview(
        backfill_id=record.folder.name,
        parts=dict(Counter(part.reader for part in waiting)),
        bytes=size,
        done=len(found) - len(waiting),
        workers=count,
        sampled=sample.articles,
        relevant=sample.relevant,
        articles=articles,
        seconds=seconds,
        tally=tally,
    )


def _sampled(waiting: list[Part], job: work.Job, tally: Tally) -> _Sample:
    """What the beginnings of some parts have in them; the first article costs the rules and is not timed."""
    total = _Sample()
    known(job.settings)
    with Sandbox(job.settings.timeout_seconds) as sandbox:
        for number, part in enumerate(_some(waiting)):
            if number == 0:
                _read(part, job, sandbox, Tally(), 1)
            one = _read(part, job, sandbox, tally, AT_MOST)
            total.articles += one.articles
            total.relevant += one.relevant
            total.bytes += one.bytes
            total.seconds += one.seconds
    return total


def _some(waiting: list[Part]) -> Iterable[Part]:
    return waiting[:: max(1, len(waiting) // SAMPLED)][:SAMPLED]


def _read(part: Part, job: work.Job, sandbox: Sandbox, tally: Tally, most: int) -> _Sample:
    began = time.perf_counter()
    if part.reader == "jsonl" and part.stop >= 0:
        part = replace(part, stop=min(part.stop, part.start + _LINES), size=min(part.size, _LINES))
        most = most if most == 1 else part.size
    read = list(islice(work.read(part, job, sandbox, tally), most))
    facts = work.facts(read, job, tally) if read else None
    relevant = sum(map(bool, facts["articles"]["relevant"].to_pylist())) if facts else 0
    whole = len(read) < most
    return _Sample(len(read), relevant, part.size if whole else _bytes(part, read), time.perf_counter() - began)


def _bytes(part: Part, read: list[Article]) -> float:
    """About how many bytes of the part the articles took that were read of it."""
    if part.rows:
        return part.size * min(1.0, len(read) / part.rows)
    if part.reader == "pages":
        return float(read[-1].warc_offset or 0)
    if part.reader == "jsonl" and part.stop < 0:
        return min(part.size, sum(len(article.text or "") for article in read) / _SQUEEZED)
    return part.size
