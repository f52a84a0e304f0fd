"""The pages of new articles: which are asked for, what they were, and what an article takes from its page.

Identity and revisions are those of the feed: `content_sha256` stays the hash of what the feed says, so that a page
that changes with every visit (a counter, a new comment) makes no revision.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from media_monitor.collect.articles.address import is_opaque
from media_monitor.collect.articles.page import identifies
from media_monitor.collect.chunk import relative
from media_monitor.collect.pages.pagereading import PageDocument, PageReading
from media_monitor.collect.pages.pagevisits import Visit, ask
from media_monitor.collect.pages.walls import weight
from media_monitor.collect.politeness.outcome import Place
from media_monitor.collect.politeness.schedule import host
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.warc import recorded
from media_monitor.collect.warc.archive import Archive
from media_monitor.collect.warc.joined import Piece
from media_monitor.collect.web.exchange import Answer
from media_monitor.config import Settings
from media_monitor.model import Article, stable_id
from media_monitor.sources import Feed, Page, PageOutcome

WHOLE = 2_500  # letters: a feed that gives so much of an article gives all of it
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_DECLARED_WALLS = {401: "asks to log in (401)", 402: "asks to pay (402)"}
Key = tuple[str, int]
Credit = Callable[[Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A page, and its main text where it has one that may be kept."""

    page: Page
    text: str = ""


def candidates(articles: Iterable[Article], feeds: Iterable[Feed], settings: Settings) -> list[Article]:
    """The articles whose pages may be asked for: of feeds that the setting `full_text` lets in, with an address of
    their own, and not in the feed as a whole. Best known feeds and newest articles first."""
    tiers = {feed.feed_id: feed.tier for feed in feeds if _is_let_in(feed, settings)}
    chosen = [a for a in articles if a.feed_id in tiers and _has_more(a)]
    newest = sorted(chosen, key=lambda a: (a.published_at or _LONG_AGO, _key(a)), reverse=True)
    return sorted(newest, key=lambda a: tiers[a.feed_id])


def _is_let_in(feed: Feed, settings: Settings) -> bool:
    if settings.full_text == "off":
        return False
    return bool(feed.full_text) if settings.full_text == "feeds" else feed.full_text is not False


def _has_more(article: Article) -> bool:
    if not article.url or is_opaque(article.url) or not identifies(article.url):
        return False
    return weight(article.text or "") < WHOLE


def collect(
    articles: Sequence[Article],
    settings: Settings,
    batch: str,
    warc: Path,
    blocked: Mapping[str, datetime],
    credit: Credit,
) -> list[Found]:
    """What became of the pages of the articles, as far as they were asked for; archived in `warc`.

    `blocked` says by registrable domain until when it wants to be left alone; `credit` finds the wire among names.

    Raises:
        StorageError: the data folder cannot be written; nothing has been kept then.
    """
    if not articles:
        return []
    with Archive(warc, settings.warc_max_bytes) as archive, Sandbox(settings.timeout_seconds) as sandbox:
        found = []
        for visit in ask(articles, settings, blocked):
            place = _keep(archive, visit, settings.home)
            found.append(_found(sandbox, visit, batch, place, credit))
    return _without_repeats(found)


def replay(
    files: Iterable[Piece],
    articles: Iterable[Article],
    settings: Settings,
    batch: str,
    home: Path,
    credit: Credit,
) -> list[Found]:
    """What `collect` returned when it wrote those files of its archive: the same answers read again, nothing asked.

    `home` is the data folder that the archive is in. Pages of articles that are not among those given are left out.

    Raises:
        CorruptFileError: the archive is damaged.
        StorageError: it cannot be read.
    """
    known = {_key(article): article for article in articles}
    found = []
    with Sandbox(settings.timeout_seconds) as sandbox:
        for warc, one in recorded.across(files):
            article = known.get((one.subject["article_id"], one.subject["revision"]))
            if article:
                place = Place() if one.offset is None else Place(relative(warc, home), one.offset)
                visit = Visit(article, one.answer, one.subject["refused"])
                found.append(_found(sandbox, visit, batch, place, credit))
    return _without_repeats(found)


def adopted(article: Article, found: Found) -> Article:
    """The article with what its page adds: the text in place of the summary; by-lines, wire and language where the
    feed names none; its date where the feed has none that can be believed."""
    page, more = found.page, dict[str, Any]()
    if page.outcome not in ("text", "paywall"):
        return article
    if page.outcome == "text":
        more = {"text": found.text, "text_source": "page"}
    if article.published_at is None and page.published_at is not None:
        more |= {"published_at": page.published_at, "date_source": "page"}
    return replace(
        article,
        authors=article.authors or page.authors,
        agency=article.agency or page.agency,
        language=article.language or page.language,
        **more,
    )


def _key(article: Article) -> Key:
    return article.article_id, article.revision


def _keep(archive: Archive, visit: Visit, home: Path) -> Place:
    """Archives every exchange and what came of them; the place of the last one."""
    offset = None
    for exchange in visit.answer.exchanges:
        offset = archive.add(exchange)
    article = visit.article
    told = {"article_id": article.article_id, "revision": article.revision, "url": article.url}
    archive.note({"kind": "page", **told, "refused": visit.refused}, visit.answer)
    return Place() if offset is None else Place(relative(archive.path, home), offset)


def _found(sandbox: Sandbox, visit: Visit, batch: str, place: Place, credit: Credit) -> Found:
    article, answer = visit.article, visit.answer
    reading, library = _read(sandbox, visit)
    told = reading.facts
    outcome: PageOutcome = reading.outcome
    page = Page(
        page_id=stable_id(batch, article.article_id, article.revision),
        article_id=article.article_id,
        revision=article.revision,
        url=article.url or "",
        fetched_at=answer.at,
        outcome=outcome,
        reason=reading.reason,
        status=answer.last.status if answer.last else None,
        final_url=answer.last.url if answer.last else None,
        canonical_url=told.canonical_url,
        chars=len(reading.text),
        title=told.title or None,
        authors=told.authors,
        agency=credit(told.credits),
        published_at=told.published_at,
        modified_at=told.modified_at,
        language=told.language,
        library=library,
        warc_file=place.file,
        warc_offset=place.offset,
    )
    return Found(page, reading.text)


def _read(sandbox: Sandbox, visit: Visit) -> tuple[PageReading, str | None]:
    """The page's reading, and the library where one was asked."""
    article, answer = visit.article, visit.answer
    if visit.refused:
        return PageReading("robots", visit.refused), None
    if answer.last is not None and answer.last.status in _DECLARED_WALLS:
        return PageReading("paywall", _DECLARED_WALLS[answer.last.status]), None
    if answer.error or answer.last is None:
        return PageReading("error", answer.error or "no answer"), None
    reading = sandbox.read(_document(article, answer))
    return reading, reading.library


def _document(article: Article, answer: Answer) -> PageDocument:
    asked = article.url or ""
    last = answer.last
    content_type = (last.header("Content-Type") or "") if last else ""
    final = last.url if last else asked
    return PageDocument(answer.body, content_type, asked, final, article.title, article.text or "", answer.at)


def _without_repeats(found: Sequence[Found]) -> list[Found]:
    """Without texts that a host gave for several articles: that is a notice of some kind, not any of them."""
    places = defaultdict(list)
    for number, one in enumerate(found):
        if one.text:
            places[host(one.page.url), hashlib.sha256(one.text.encode()).digest()].append(number)
    repeats = {number for numbers in places.values() if len(numbers) > 1 for number in numbers}
    return [_repeat(one) if number in repeats else one for number, one in enumerate(found)]


def _repeat(one: Found) -> Found:
    return Found(replace(one.page, outcome="error", reason="has the same text as other pages of its host", chars=0))
