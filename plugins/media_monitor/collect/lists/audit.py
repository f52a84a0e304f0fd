"""What is wrong with a feed list, as far as its files tell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from media_monitor.beat import PUBLISHERS, Beat
from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.lists.citations import NAME, Citation, read_citations
from media_monitor.collect.lists.feeds import feed_of
from media_monitor.collect.lists.opml import Outline, read_opml
from media_monitor.collect.lists.publishers import Families, families, own_family
from media_monitor.collect.politeness.schedule import host
from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError
from media_monitor.sources import Feed


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a feed. `where` is file and line; a `note` is worth knowing, a `fault` must be mended."""

    where: str
    feed_id: str
    grade: Literal["fault", "note"]
    told: str


@dataclass(frozen=True, slots=True)
class _Listed:
    outline: Outline
    feed: Feed

    def fault(self, told: str) -> Finding:
        return Finding(self.outline.where, self.feed.feed_id, "fault", told)

    def note(self, told: str) -> Finding:
        return Finding(self.outline.where, self.feed.feed_id, "note", told)


def audit(beat: Beat, opml: Path | None) -> list[Finding]:
    """What is wrong with the beat's own feed list, or another one, in the order of the file.

    Citations are asked for where a file of them lies beside the list.

    Raises:
        BeatError: a file cannot be read at all; the message names file and line.
    """
    path = opml or beat.folder / "feeds.opml"
    known = families(beat)
    outlines = read_opml(path)
    listed, malformed = _listed(outlines, known)
    citations = read_citations(path.with_name(NAME)) if path.with_name(NAME).exists() else None
    found = [
        *([] if outlines else [Finding(f"{path}:1", "", "fault", "the list names no feed")]),
        *malformed,
        *_repeats(listed),
        *_unknown_publishers(listed, known),
        *_unread_languages(listed),
        *_unsafe(listed),
        *(_uncited(listed, citations, path.with_name(NAME)) if citations is not None else ()),
    ]
    return sorted(found, key=lambda one: _line(one.where))


def identity(url: str) -> str:
    """What two spellings of one feed's address share: http or https, www or not, a final slash or none.

    >>> identity("http://www.example.org/feed/") == identity("https://example.org/feed")
    True
    """
    _, scheme, rest = (canonical_url(url) or url).rpartition("://")
    return rest.removeprefix("www.").rstrip("/") if scheme else url


def read_languages() -> frozenset[str]:
    """The languages that there is a lexicon of: of others, articles are collected and no facts read."""
    return frozenset(folder.name for folder in (PACKAGE / "lexicons").iterdir() if folder.is_dir())


def _listed(outlines: Iterable[Outline], families: Families) -> tuple[list[_Listed], list[Finding]]:
    listed, malformed = [], []
    for outline in outlines:
        try:
            listed.append(_Listed(outline, feed_of(outline, families)))
        except BeatError as error:
            malformed.append(Finding(outline.where, outline.own.get("id") or outline.title, "fault", error.reason))
    return listed, malformed


def _repeats(listed: Iterable[_Listed]) -> Iterator[Finding]:
    addresses: dict[str, _Listed] = {}
    ids: dict[str, _Listed] = {}
    for one in listed:
        first = addresses.setdefault(identity(one.feed.url), one)
        if first is not one:
            yield one.fault(f"is {first.feed.feed_id} of line {_line(first.outline.where)} again: {one.feed.url}")
            continue
        same_id = ids.setdefault(one.feed.feed_id, one)
        if same_id is not one:
            yield one.fault(f"its id is that of {same_id.feed.url} already")


def _unknown_publishers(listed: Iterable[_Listed], families: Families) -> Iterator[Finding]:
    known = {*families.outlets.values(), *families.domains.values()}
    for one in listed:
        publisher = one.feed.publisher
        if publisher not in known and publisher != own_family(one.feed.url):
            yield one.fault(f"its publisher {publisher!r} is not in {PUBLISHERS}")


def _unread_languages(listed: Iterable[_Listed]) -> Iterator[Finding]:
    known = read_languages()
    for one in listed:
        if one.feed.language is None:
            yield one.note("tells no language; that of each article is guessed")
        elif one.feed.language not in known:
            yield one.note(f"there is no lexicon of its language {one.feed.language!r}: no facts are read from it")


def _unsafe(listed: Sequence[_Listed]) -> Iterator[Finding]:
    known = {urlsplit(url).netloc for one in listed for url in (one.feed.url, one.outline.page) if _is_https(url)}
    for one in listed:
        if one.feed.url.startswith("http:") and host(one.feed.url) in known:
            yield one.fault(f"is asked over plain http, though {host(one.feed.url)} has https elsewhere in the list")


def _is_https(url: str) -> bool:
    return url.startswith("https:")


def _uncited(listed: Iterable[_Listed], citations: Mapping[str, Sequence[Citation]], path: Path) -> Iterator[Finding]:
    ids = set()
    for one in listed:
        ids.add(one.feed.feed_id)
        if one.feed.feed_id not in citations:
            yield one.fault(f"{path.name} has no source of its address")
    for feed_id in citations:
        if feed_id not in ids:
            yield Finding(str(path), feed_id, "fault", "has a source of its address, but is not in the list")


def _line(where: str) -> int:
    number = where.rpartition(":")[2]
    return int(number) if number.isdigit() else 1_000_000_000
