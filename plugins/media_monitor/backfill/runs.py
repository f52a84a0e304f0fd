"""Articles of the archive of our own runs: bodies of feeds, and the pages of their articles where they were asked for.

Read as `replay` reads them, with the present code; what a feed said of an article again and again counts once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from media_monitor.backfill import webpages
from media_monitor.backfill.members import records
from media_monitor.backfill.sources import opened
from media_monitor.backfill.tally import NO_ARTICLE, REPEATS, Tally
from media_monitor.collect.chunk import relative
from media_monitor.collect.pages.pagereading import PageDocument, PageReading
from media_monitor.collect.reading import Document
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.warc import recorded
from media_monitor.collect.warc.joined import Span, is_joined, pieces
from media_monitor.collect.warc.recorded import Recorded
from media_monitor.errors import CorruptFileError
from media_monitor.extract.batch import agency
from media_monitor.model import Article
from media_monitor.sources import Feed

SOFTWARE = b"media-monitor/"


def is_ours(file: BinaryIO, name: str) -> bool:
    """Whether the open WARC file was written by a run."""
    first = next(records(file, name, Tally()), None)
    return bool(first and first[1].rec_type == "warcinfo" and SOFTWARE in first[1].content_stream().read(4_096))


def articles(files: Sequence[str], home: Path, sandbox: Sandbox, tally: Tally) -> Iterator[Article]:
    """The articles of the files, each content of each once, with the texts of their pages. `files` stand in the order
    of the runs, in each run pages last.

    Raises:
        OSError: a file cannot be read.
    """
    seen = _Seen(sandbox, tally)
    for url in files:
        place = url if "://" in url else relative(Path(url), home)
        with opened(url) as file:
            for part in _parts(file, url):
                _read(part, url, place, seen, tally)
    yield from seen.articles.values()


def _parts(file: BinaryIO, url: str) -> Iterator[BinaryIO | Span]:
    """The file, or its parts where it is a joined one: damage in one takes nothing from the others."""
    if not is_joined(file):
        file.seek(0)
        yield file
        return
    for one in pieces(file, Path(url)):
        file.seek(one.start)
        yield Span(file, one.end)


def _read(part: BinaryIO | Span, url: str, place: str, seen: "_Seen", tally: Tally) -> None:
    try:
        for one in recorded.answers(part, url):
            seen.page(one, place) if one.subject.get("kind") == "page" else seen.feed(one, place)
    except CorruptFileError as error:
        tally.fault(error.culprit, error.reason)


class _Seen:
    """What was read so far: articles by id and content, and the last content of each id."""

    def __init__(self, sandbox: Sandbox, tally: Tally) -> None:
        self._sandbox, self._tally = sandbox, tally
        self.articles: dict[tuple[str, str], Article] = {}
        self._last: dict[str, tuple[str, str]] = {}

    def feed(self, one: Recorded, place: str) -> None:
        last = one.answer.last
        if last is None or not one.answer.body:
            return
        content_type = last.header("Content-Type") or ""
        reading = self._sandbox.read(
            Document(Feed(**one.subject), one.answer.body, content_type, last.url, one.answer.at)
        )
        if reading.fault:
            self._tally.fault(f"{place}: byte {one.offset or 0:,}", f"{last.url}: {reading.fault}")
        for article in reading.articles:
            key = article.article_id, article.content_sha256
            if key in self.articles:
                self._tally.left(REPEATS)
            else:
                self._keep(key, article, place, one)

    def page(self, one: Recorded, place: str) -> None:
        last, told = one.answer.last, one.subject
        if last is None or not one.answer.body or told.get("refused"):
            return
        key = self._last.get(told["article_id"])
        known = self.articles[key] if key else None
        title, summary = (known.title, known.text or "") if known else ("", "")
        content_type = last.header("Content-Type") or ""
        page = PageDocument(
            one.answer.body, content_type, told["url"] or last.url, last.url, title, summary, one.answer.at
        )
        reading = self._sandbox.read(page)
        if known and key:
            self.articles[key] = _with_page(known, reading)
        elif alone := webpages.article(page, reading):
            self._keep((alone.article_id, alone.content_sha256), alone, place, one)
        else:
            self._tally.left(NO_ARTICLE, f"{reading.outcome}: {reading.reason.partition(':')[0]}")

    def _keep(self, key: tuple[str, str], article: Article, place: str, one: Recorded) -> None:
        self.articles[key] = replace(article, warc_file=place, warc_offset=one.offset)
        self._last[key[0]] = key


def _with_page(article: Article, reading: PageReading) -> Article:
    """As a run's article gains from its page."""
    if reading.outcome != "text":
        return article
    told = reading.facts
    if article.published_at is None and told.published_at is not None:
        article = replace(article, published_at=told.published_at, date_source="page")
    return replace(
        article,
        text=reading.text,
        text_source="page",
        authors=article.authors or told.authors,
        agency=article.agency or agency(told.credits),
        language=article.language or told.language,
    )
