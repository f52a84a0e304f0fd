"""Whether feeds are what their list says: each is asked once, and nothing is stored."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from media_monitor.collect.lists.visit import read
from media_monitor.collect.politeness.schedule import chunks, due
from media_monitor.collect.reading import Reading
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.fetch import fetch_all
from media_monitor.config import Settings
from media_monitor.model import Article
from media_monitor.sources import Feed, FetchState

State = Literal["reachable", "moved", "stale", "empty", "language", "not asked", "no feed", "unreachable"]
FAULTS: frozenset[State] = frozenset({"language", "no feed", "unreachable"})
STALE = timedelta(days=30)
_ENOUGH = 5  # items with a language that can be told: fewer say little of the feed
_SHARE = 0.6
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Probe:
    """What became of a feed. `told` says it to people; `newest` is its newest date, aware UTC."""

    feed: Feed
    state: State
    told: str
    entries: int = 0
    newest: datetime | None = None
    elapsed_ms: int | None = None


def probe(
    feeds: Sequence[Feed],
    states: Mapping[str, FetchState],
    settings: Settings,
    identify: Callable[[str, str | None], tuple[str | None, float]],
    asked: Callable[[Feed], None] = lambda _: None,
) -> list[Probe]:
    """One probe for each feed, in their order. Feeds of a domain that asked for patience are not asked.

    `identify` tells the language of a text and how sure that is; `asked` is told each feed as its answer comes.
    """
    now = settings.now()
    allowed = due(feeds, states, now, force=True)
    found = {feed.feed_id: Probe(feed, "not asked", "its domain asked for patience") for feed in feeds}
    with Sandbox(settings.timeout_seconds) as sandbox:
        for chunk in chunks(allowed, settings.chunk_size):
            for feed, answer in zip(chunk, fetch_all(chunk, {}, settings, asked), strict=True):
                reading = read(sandbox, feed, answer)
                found[feed.feed_id] = _judged(feed, answer, reading, now, identify)
    return [found[feed.feed_id] for feed in feeds]


def _judged(
    feed: Feed,
    answer: Answer,
    reading: Reading,
    now: datetime,
    identify: Callable[[str, str | None], tuple[str | None, float]],
) -> Probe:
    """The worst that can be said of the feed."""
    newest = max((a.published_at for a in reading.articles if a.published_at), default=None)
    remarks = _remarks(feed, answer, reading, newest, now, _language(reading.articles, identify))
    state, told = next(remarks)
    return Probe(feed, state, told, len(reading.articles), newest, answer.elapsed_ms)


def _remarks(
    feed: Feed, answer: Answer, reading: Reading, newest: datetime | None, now: datetime, language: str | None
) -> Iterator[tuple[State, str]]:
    if answer.error:
        yield ("not asked" if answer.last is None and answer.retry_after else "unreachable"), answer.error
    if reading.fault:
        yield "no feed", reading.fault
    if language and feed.language and language != feed.language:
        yield "language", f"most items are in {language!r}, not in {feed.language!r}"
    if not reading.articles:
        yield "empty", "has no items now"
    if newest and now - newest > STALE:
        yield "stale", f"its newest item is of {newest:%Y-%m-%d}"
    if answer.moved_to:
        yield "moved", f"has moved for good to {answer.moved_to}"
    yield "reachable", f"{len(reading.articles)} item{'' if len(reading.articles) == 1 else 's'}"


def _language(
    articles: Sequence[Article], identify: Callable[[str, str | None], tuple[str | None, float]]
) -> str | None:
    """The language of most items, told without believing the list; None where it cannot be told."""
    told = (identify(f"{article.title}\n{article.text or ''}", None) for article in articles)
    counts = Counter(language for language, sure in told if language and sure >= _SURE)
    if counts.total() < _ENOUGH:
        return None
    language, count = counts.most_common(1)[0]
    return language if count >= counts.total() * _SHARE else None
