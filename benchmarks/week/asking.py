"""Who asks: the real client by the real rules, run after run, with nothing changed but the clock.

Feeds are asked over real connections, by code that does not know that its time is not real.

What comes after is left out: the archive, and the reading of what strangers write. Documents that the simulation has
written itself are read here by two patterns, for feedparser would take four fifths of the time.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from media_monitor.collect.politeness import hints
from media_monitor.collect.politeness.outcome import Place, fetch_row, is_unchanged
from media_monitor.collect.politeness.pace import paced
from media_monitor.collect.politeness.schedule import due, state_of
from media_monitor.collect.reading import Reading
from media_monitor.collect.settle import settle
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.fetch import ask_all
from media_monitor.config import Settings
from media_monitor.model import Article
from media_monitor.sources import Feed, Fetch, FetchState
from week.clock import Clock
from week.serving import Server
from week.world import DAY, START, Served

_ITEM = re.compile("<guid[^>]*>([^<]*)</guid><link>([^<]*)</link><pubDate>([^<]*)</pubDate>")
_TTL = re.compile("<ttl>([0-9]+)</ttl>")
RUN_EVERY = 900.0  # seconds: the schedule of the DAG
CONCURRENCY = 40  # what four tasks side by side make of the default of 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled(Settings):
    """Settings whose present is that of the simulation."""

    clock: Clock

    def now(self) -> datetime:
        return self.clock.moment()


@dataclass
class Diary:
    """What came of asking. `found` is for a feed the second at which each item was first seen, by its number."""

    fetches: int = 0
    wasted: int = 0  # fetches that brought nothing new
    failed: int = 0
    asked_conditionally: int = 0
    found: dict[int, dict[int, float]] = field(default_factory=dict)
    caught: dict[int, float] = field(default_factory=dict)
    by_feed: Counter[int] = field(default_factory=Counter)

    def note(self, fetch: Fetch) -> None:
        feed, at = int(fetch.feed_id), fetch.fetched_at.timestamp()
        self.fetches += 1
        self.by_feed[feed] += 1
        self.wasted += fetch.new_entries == 0
        self.failed += fetch.error is not None
        self.asked_conditionally += bool(fetch.conditional)
        if fetch.lying_since:
            self.caught.setdefault(feed, at)

    def see(self, article: Article) -> None:
        feed, _, number = (article.guid or "").partition("-")
        self.found.setdefault(int(feed), {})[int(number)] = article.fetched_at.timestamp()

    def merged(self, other: "Diary") -> "Diary":
        return Diary(
            self.fetches + other.fetches,
            self.wasted + other.wasted,
            self.failed + other.failed,
            self.asked_conditionally + other.asked_conditionally,
            self.found | other.found,
            self.caught | other.caught,
            self.by_feed + other.by_feed,
        )


async def ask(served: Sequence[Served], server: Server, clock: Clock, home: Path, days: float) -> Diary:
    """Runs every quarter of an hour for so many days."""
    settings = Scaled(clock=clock, home=home, private_addresses=("127.0.0.0/8",), concurrency=CONCURRENCY)
    feeds = [_feed(one, server.port) for one in served]
    states: dict[str, FetchState] = {}
    known: dict[str, dict[str, int]] = {}
    diary, tick = Diary(), START
    while tick < START + days * DAY:
        clock.until(tick)
        wanted = due(feeds, states, settings.now(), force=False)
        fetches, fresh = await _run(wanted, states, known, settings)
        states |= {fetch.feed_id: _state(fetch) for fetch in fetches}
        for fetch in fetches:
            diary.note(fetch)
        for article in fresh:
            known.setdefault(article.article_id, {})[article.content_sha256] = article.revision
            diary.see(article)
        tick += RUN_EVERY * max(1, math.ceil((clock.now - tick) / RUN_EVERY))  # one run at a time
    return diary


async def _run(
    wanted: Sequence[Feed], states: dict[str, FetchState], known: dict[str, dict[str, int]], settings: Settings
) -> tuple[list[Fetch], list[Article]]:
    fetches, articles = [], []
    for feed, answer in zip(wanted, await ask_all(wanted, states, settings), strict=True):
        state = state_of(feed, states)
        reading = _read(feed, answer, state)
        fetches.append(fetch_row(feed, state, answer, reading, "batch", Place(), settings))
        articles += reading.articles
    fresh, fetches = settle(articles, fetches, known)
    return paced(fetches, fresh, wanted, settings), fresh


def _read(feed: Feed, answer: Answer, state: FetchState) -> Reading:
    if answer.last is None or is_unchanged(answer, state) or (answer.error and not answer.body):
        return Reading()
    text = answer.body.decode()
    ttl = _TTL.search(text)
    made = (_article(feed, answer.at, *found) for found in _ITEM.findall(text))
    return Reading(tuple(made), hint=hints.of_feed(ttl[1] if ttl else None, None, None))


def _article(feed: Feed, at: datetime, guid: str, link: str, published: str) -> Article:
    outlet, publisher = feed.outlet, feed.publisher
    return Article(
        link, 1, link, guid, feed.feed_id, outlet, publisher, "independent", None, None, guid, "", None, (),
        parsedate_to_datetime(published), "published", at, guid,
    )  # fmt: skip


def _feed(one: Served, port: int) -> Feed:
    url = f"http://{one.host.address}:{port}{one.path}"
    return Feed(str(one.number), url, f"Outlet {one.number}", f"publisher {one.number}", tier=one.tier)


def _state(fetch: Fetch) -> FetchState:
    return FetchState(**{f.name: getattr(fetch, f.name) for f in fields(FetchState)})
