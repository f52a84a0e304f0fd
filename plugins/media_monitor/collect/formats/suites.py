"""Whole folders of feed files, such as other projects' test suites, through the real reader.

Every file goes through the sandbox, as a fetched feed does. What a well-formed document holds is counted a second time
by `census`, so that a lost entry is seen; what feedparser's files expect is judged by `expectations`.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from media_monitor.collect.formats import census, expectations
from media_monitor.collect.formats.parse import parse
from media_monitor.collect.formats.parsed import MOST_ITEMS
from media_monitor.collect.reading import Document, Reading
from media_monitor.collect.sandbox import BROKEN_DOWN, TOO_MUCH, TOO_SLOW, Sandbox
from media_monitor.errors import DocumentError
from media_monitor.sources import Feed

Kind = Literal["read", "no feed", "crash", "hang", "skipped"]
_FEEDS = {".xml", ".rss", ".rdf", ".atom", ".feed", ".json", ".gz"}
_MARKUP = re.compile(rb"^[\xef\xbb\xbf\s]*<(?:\?xml|rss|feed|rdf|!--)", re.IGNORECASE)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org")
_OPENING = 2_000
_NUMBER = re.compile(r"\d[\d,.]*")
_NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `expected` entries by another count, None where that is not possible; `held` whether what
    the file itself expects holds, None where it expects nothing; `fault` also tells why a file was skipped."""

    file: Path
    kind: Kind
    entries: int = 0
    expected: int | None = None
    held: bool | None = None
    fault: str | None = None
    seconds: float = 0.0

    @property
    def lost(self) -> int:
        """Entries of a well-formed document that were not read, up to the most that are read of any feed."""
        return max(min(self.expected or 0, MOST_ITEMS) - self.entries, 0)

    @property
    def fault_kind(self) -> str:
        """The fault without what differs from file to file."""
        return _NUMBER.sub("n", (self.fault or "").partition(";")[0])


@dataclass(frozen=True, slots=True)
class Suite:
    """The outcomes of a folder, in the order of their paths."""

    name: str
    outcomes: tuple[Outcome, ...]

    def of(self, *kinds: Kind) -> list[Outcome]:
        """The outcomes of these kinds; of all but skipped files without any."""
        return [outcome for outcome in self.outcomes if (outcome.kind in kinds if kinds else outcome.kind != "skipped")]

    @property
    def lost(self) -> list[Outcome]:
        """The outcomes with lost entries."""
        return [outcome for outcome in self.outcomes if outcome.lost]

    @property
    def faults(self) -> Counter[str]:
        """How often each kind of fault was found."""
        return Counter(outcome.fault_kind for outcome in self.of() if outcome.fault)


def run(paths: Iterable[Path], seconds: float) -> Iterator[Suite]:
    """One suite after the other; `seconds` is the longest time for one file.

    A path is a suite; but a folder of several folders without a feed file beside them is one suite for each.

    Raises:
        DocumentError: a path does not exist.
    """
    with Sandbox(seconds) as sandbox:
        for name, files in _suites(paths):
            yield Suite(name, tuple(outcome(sandbox, file) for file in files))


def outcome(sandbox: Sandbox, file: Path) -> Outcome:
    """What comes of the file in the sandbox."""
    body = file.read_bytes()
    if reason := _no_feed_file(file, body):
        return Outcome(file, "skipped", fault=reason)
    headers = expectations.headers(body)
    content_type, url = headers.get("content-type", ""), headers.get("content-location", "")
    feed = Feed(file.name, url, file.name, file.name)
    start = time.monotonic()
    reading = sandbox.read(Document(feed, body, content_type, url, _NOW))
    taken = time.monotonic() - start
    kind = _kind(reading)
    # Only what the sandbox could read is read here once more, for what articles no longer have.
    held = expectations.holds(body, parse(body, content_type, url).entries) if kind == "read" else None
    return Outcome(file, kind, len(reading.articles), census.count(body), held, reading.fault, taken)


def _kind(reading: Reading) -> Kind:
    if reading.fault is None:
        return "read"
    if reading.fault.startswith(TOO_SLOW):
        return "hang"
    return "crash" if reading.fault.startswith((BROKEN_DOWN, TOO_MUCH, "cannot be parsed")) else "no feed"


def _no_feed_file(file: Path, body: bytes) -> str | None:
    """Why the file is none of a feed; None where it may be one."""
    opening = body[:_OPENING]
    if file.suffix.lower() == ".opml" or _OPML.search(opening):
        return "a list of feeds (OPML)"
    if file.suffix.lower() == ".json":
        return None if _JSON_FEED.search(body) else "JSON, but no JSON Feed"
    return None if file.suffix.lower() in _FEEDS or _MARKUP.match(opening) else "no feed by name or beginning"


def _suites(paths: Iterable[Path]) -> Iterator[tuple[str, list[Path]]]:
    for path in paths:
        if not path.exists():
            raise DocumentError(str(path), "there is no such file or folder")
        folders = sorted(p for p in path.iterdir() if p.is_dir()) if path.is_dir() else []
        beside = [p for p in path.iterdir() if p.suffix.lower() in _FEEDS] if folders else []
        for suite in folders if len(folders) > 1 and not beside else [path]:
            yield suite.name, sorted(p for p in suite.rglob("*") if p.is_file()) if suite.is_dir() else [suite]
