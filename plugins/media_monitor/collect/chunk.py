"""One chunk of feeds: fetched together, archived in one file, read one after the other.

Nothing is read before all is fetched: a large feed that takes seconds to parse would otherwise run out the deadlines
of the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from media_monitor.collect.politeness.outcome import Place, fetch_row, is_unchanged
from media_monitor.collect.politeness.schedule import state_of
from media_monitor.collect.reading import Document, Reading
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.warc import recorded
from media_monitor.collect.warc.archive import Archive, Original
from media_monitor.collect.warc.joined import Piece
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.fetch import fetch_all
from media_monitor.config import Settings
from media_monitor.model import Article
from media_monitor.sources import Feed, Fetch, FetchState


def collect(
    feeds: Sequence[Feed], states: Mapping[str, FetchState], settings: Settings, batch: str, warc: Path
) -> tuple[list[Fetch], list[Article]]:
    """(one fetch for each feed, the articles of all of them), in the order of the feeds.

    A bad feed never raises: its fetch carries `error`. `warc` is the archive to write; where a file of that name
    exists, a number is added to the name. Articles have revision 1 and are not compared with those stored.

    Raises:
        StorageError: the archive cannot be written; nothing has been kept then.
    """
    if not feeds:
        return [], []
    with Archive(warc, settings.warc_max_bytes) as archive, Sandbox(settings.timeout_seconds) as sandbox:
        reader = _Reader(settings, states, batch, sandbox)
        for feed, answer in zip(feeds, fetch_all(feeds, states, settings), strict=True):
            reader.take(feed, answer, _keep(archive, feed, answer, state_of(feed, states), settings.home))
    return reader.fetches, reader.articles


def replay(
    files: Sequence[Piece],
    states: Mapping[str, FetchState],
    settings: Settings,
    batch: str,
    home: Path,
    sandbox: Sandbox,
) -> tuple[list[Fetch], list[Article]]:
    """What `collect` returned when it wrote those pieces of its archive: the same answers read again, nothing asked.

    `states` are those before the batch; `home` is the data folder that the archive is in. `sandbox` reads, as long as
    its owner keeps it: starting one takes longer than most batches.

    Raises:
        CorruptFileError: the archive is damaged.
        StorageError: it cannot be read.
    """
    reader = _Reader(settings, states, batch, sandbox)
    for warc, one in recorded.across(files):
        place = Place() if one.offset is None else Place(relative(warc, home), one.offset)
        reader.take(Feed(**one.subject), one.answer, place)
    return reader.fetches, reader.articles


class _Reader:
    """Makes rows of answers, one after the other."""

    def __init__(self, settings: Settings, states: Mapping[str, FetchState], batch: str, sandbox: Sandbox) -> None:
        self._settings, self._states, self._batch, self._sandbox = settings, states, batch, sandbox
        self.fetches: list[Fetch] = []
        self.articles: list[Article] = []

    def take(self, feed: Feed, answer: Answer, place: Place) -> None:
        state = state_of(feed, self._states)
        reading = _read(self._sandbox, feed, answer, state)
        self.fetches.append(fetch_row(feed, state, answer, reading, self._batch, place, self._settings))
        self.articles += [replace(a, warc_file=place.file, warc_offset=place.offset) for a in reading.articles]


def _keep(archive: Archive, feed: Feed, answer: Answer, state: FetchState, home: Path) -> Place:
    """Archives every exchange and what came of them; the place of the last one."""
    unchanged = state.body_sha256 if is_unchanged(answer, state) else None
    same_as = Original(unchanged, state.body_url, state.body_at) if unchanged else None
    offset = None
    for exchange in answer.exchanges:
        offset = archive.add(exchange, same_as if exchange is answer.last else None)
    archive.note(asdict(feed), answer)
    return Place() if offset is None else Place(relative(archive.path, home), offset)


def _read(sandbox: Sandbox, feed: Feed, answer: Answer, state: FetchState) -> Reading:
    if answer.last is None or is_unchanged(answer, state) or (answer.error and not answer.body):
        return Reading()
    content_type = answer.last.header("Content-Type") or ""
    return sandbox.read(Document(feed, answer.body, content_type, answer.last.url, answer.at))


def relative(path: Path, home: Path) -> str:
    """The path inside the data folder, as the tables have it; as it is where it is not in it."""
    inside = path.is_relative_to(home)
    return path.relative_to(home).as_posix() if inside else path.as_posix()
