"""One chunk of feeds: fetched together, archived in one file, read one after the other.

Nothing is read before all is fetched: a large feed that takes seconds to parse would otherwise run out the deadlines
of the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from media_monitor.collect.archive import Archive
from media_monitor.collect.exchange import Answer
from media_monitor.collect.fetch import fetch_all
from media_monitor.collect.outcome import Place, fetch_row, is_unchanged
from media_monitor.collect.reading import Document, Reading
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.schedule import state_of
from media_monitor.config import Settings
from media_monitor.model import Article, Feed, Fetch, FetchState


def collect(
    feeds: Sequence[Feed], states: Mapping[str, FetchState], settings: Settings, batch: str, warc: Path
) -> tuple[list[Fetch], list[Article]]:
    """(one fetch for each feed, the articles of all of them), in the order of the feeds.

    A bad feed never raises: its fetch carries `error`. `warc` is the archive to write; where a file of that name
    exists, a number is added to the name. Articles have revision 1 and are not compared with those stored.

    Raises:
        StorageError: the archive cannot be written; nothing has been kept then.
    """
    fetches: list[Fetch] = []
    articles: list[Article] = []
    if not feeds:
        return fetches, articles
    with Archive(warc) as archive, Sandbox(settings.timeout_seconds) as sandbox:
        for feed, answer in zip(feeds, fetch_all(feeds, states, settings), strict=True):
            state = state_of(feed, states)
            place = _keep(archive, answer, state, settings.home)
            reading = _read(sandbox, feed, answer, state)
            fetches.append(fetch_row(feed, state, answer, reading, batch, place, settings))
            articles += [replace(a, warc_file=place.file, warc_offset=place.offset) for a in reading.articles]
    return fetches, articles


def _keep(archive: Archive, answer: Answer, state: FetchState, home: Path) -> Place:
    """Archives every exchange; the place of the last one."""
    same_as = state.body_sha256 if is_unchanged(answer, state) else None
    offset = None
    for exchange in answer.exchanges:
        offset = archive.add(exchange, same_as if exchange is answer.last else None)
    return Place() if offset is None else Place(_relative(archive.path, home), offset)


def _read(sandbox: Sandbox, feed: Feed, answer: Answer, state: FetchState) -> Reading:
    if answer.last is None or is_unchanged(answer, state) or (answer.error and not answer.body):
        return Reading()
    content_type = answer.last.header("Content-Type") or ""
    return sandbox.read(Document(feed, answer.body, content_type, answer.last.url, answer.at))


def _relative(path: Path, home: Path) -> str:
    inside = path.is_relative_to(home)
    return path.relative_to(home).as_posix() if inside else path.as_posix()
