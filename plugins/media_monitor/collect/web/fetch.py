"""Asks servers for feeds: many hosts at once, one feed of a host at a time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from media_monitor.collect.politeness import patience
from media_monitor.collect.politeness.moves import address
from media_monitor.collect.politeness.schedule import by_host, state_of
from media_monitor.collect.politeness.validators import conditional
from media_monitor.collect.web.client import Web
from media_monitor.collect.web.domains import registrable
from media_monitor.collect.web.exchange import Answer
from media_monitor.config import Settings
from media_monitor.errors import StorageError
from media_monitor.sources import Feed, FetchState

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9,"
    " */*;q=0.1"
)


def fetch_all(
    feeds: Sequence[Feed],
    states: Mapping[str, FetchState],
    settings: Settings,
    answered: Callable[[Feed], None] = lambda _: None,
) -> list[Answer]:
    """One answer for each feed, in their order; a feed that cannot be fetched has an answer with `error`.

    `answered` is told each feed as its answer comes.

    Raises:
        StorageError: the data folder cannot be written.
    """
    return asyncio.run(ask_all(feeds, states, settings, answered))


async def ask_all(
    feeds: Sequence[Feed],
    states: Mapping[str, FetchState],
    settings: Settings,
    answered: Callable[[Feed], None] = lambda _: None,
) -> list[Answer]:
    """As `fetch_all`, in a loop that runs already."""
    web = Web(settings)
    answers: dict[str, Answer] = {}

    async def ask_host(group: Sequence[Feed]) -> None:
        async with web.client() as client:
            for feed in group:
                state, now = state_of(feed, states), settings.now()
                url = address(feed, state)
                domain = registrable(url)
                # Read anew for each feed: other chunks of the run ask at the same time, each in its own process.
                if until := patience.blocked(settings.home, now).get(domain):
                    answers[feed.feed_id] = _spared(domain, now, until - now)
                    continue
                asked = _conditions(state) if conditional(state, now) else {}
                answer = await web.get(client, url, {"Accept": ACCEPT, **asked}, asked_for_304=bool(asked))
                answers[feed.feed_id] = answer
                answered(feed)
                if answer.retry_after:
                    now = settings.now()
                    patience.remember(settings.home, {domain: now + answer.retry_after}, now)

    try:
        async with asyncio.TaskGroup() as tasks:
            for group in by_host(feeds):
                tasks.create_task(ask_host(group))
    except* StorageError as errors:
        raise errors.exceptions[0] from None
    return [answers[feed.feed_id] for feed in feeds]


def _spared(domain: str, now: datetime, wait: timedelta) -> Answer:
    """For a feed that is not asked because another one of its domain was told to wait; that is no failure of it."""
    return Answer(
        now, (), 0, error=f"is not asked: {domain} asks to wait {wait.total_seconds():.0f} s", retry_after=wait
    )


def _conditions(state: FetchState) -> dict[str, str]:
    given = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in given.items() if value}
