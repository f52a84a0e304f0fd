"""Asks servers for article pages: many hosts at once, one page of a host at a time, and what robots.txt allows only."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from media_monitor.collect.politeness import patience
from media_monitor.collect.politeness.schedule import host
from media_monitor.collect.web.client import Web
from media_monitor.collect.web.domains import registrable
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.robots import Robots
from media_monitor.config import Settings
from media_monitor.errors import StorageError
from media_monitor.model import Article

HEADERS = {"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"}
MOST_BYTES = 3_000_000
MOST_FAILURES = 3  # in a row: the host is left alone then until the next run
LONGEST_SECONDS = 900.0  # after which no further page is asked for: a run must end, however slow hosts want it


@dataclass(frozen=True, slots=True)
class Visit:
    """An article's page asked for, or not: `refused` is then why robots.txt keeps us from it."""

    article: Article
    answer: Answer
    refused: str = ""


def ask(articles: Sequence[Article], settings: Settings, blocked: Mapping[str, datetime]) -> list[Visit]:
    """Visits in the order of the articles, each of which has a URL. Some may be missing: those of hosts that failed
    three times in a row, of domains that ask for patience (until the moment in `blocked`, or told to a feed or page
    within a day), and what there was no time for.

    Raises:
        StorageError: the data folder cannot be written.
    """
    return asyncio.run(_ask(articles, settings, blocked))


async def _ask(articles: Sequence[Article], settings: Settings, blocked: Mapping[str, datetime]) -> list[Visit]:
    round_ = _Round(settings, {**blocked, **patience.blocked(settings.home, settings.now())})
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(host(article.url or ""), []).append(article)
    try:
        async with asyncio.TaskGroup() as tasks:
            for group in groups.values():
                tasks.create_task(round_.ask_host(group))
    except* StorageError as errors:
        raise errors.exceptions[0] from None
    if round_.told:
        patience.remember(settings.home, round_.told, settings.now())
    made = {(visit.article.article_id, visit.article.revision): visit for visit in round_.visits}
    return [made[key] for a in articles if (key := (a.article_id, a.revision)) in made]


class _Round:
    """The visits of a run, all hosts together."""

    def __init__(self, settings: Settings, blocked: Mapping[str, datetime]) -> None:
        self.visits: list[Visit] = []
        self.told: dict[str, datetime] = {}
        self._settings = settings
        self._web = Web(settings)
        self._robots = Robots(self._web)
        self._blocked = dict(blocked)
        self._end = time.monotonic() + LONGEST_SECONDS

    async def ask_host(self, articles: Sequence[Article]) -> None:
        failures, started = 0, 0.0
        async with self._web.client() as client:
            for article in articles:
                url = article.url or ""
                if failures == MOST_FAILURES or self._is_blocked(url) or time.monotonic() > self._end:
                    return
                if not await self._robots.allows(client, url):
                    self._refuse(article, Answer(self._settings.now(), (), 0), url)
                    continue
                wait = started + await self._robots.delay(client, url) - time.monotonic() if started else 0.0
                if time.monotonic() + wait > self._end:
                    return
                await asyncio.sleep(max(wait, 0.0))
                started = time.monotonic()
                failed = await self._ask_page(client, article, url)
                failures = failures + 1 if failed else 0

    async def _ask_page(self, client: httpx.AsyncClient, article: Article, url: str) -> bool:
        """Whether the server failed to answer as it should; a page that is gone is no such failure."""
        answer = await self._web.get(client, url, HEADERS, MOST_BYTES)
        final = answer.last.url if answer.last else url
        if answer.retry_after:
            self.told[registrable(final)] = self._settings.now() + answer.retry_after
        if final != url and not answer.error and not await self._robots.allows(client, final):
            self._refuse(article, answer, final)
            return False
        self.visits.append(Visit(article, answer))
        return bool(answer.error) and (answer.last is None or answer.last.status not in (404, 410))

    def _refuse(self, article: Article, answer: Answer, url: str) -> None:
        """robots.txt says no; or it could not be read, which means no."""
        self.visits.append(Visit(article, answer, f"robots.txt of {urlsplit(url).netloc} does not allow it"))

    def _is_blocked(self, url: str) -> bool:
        domain, now = registrable(url), self._settings.now()
        return any(domain in until and until[domain] > now for until in (self._blocked, self.told))
