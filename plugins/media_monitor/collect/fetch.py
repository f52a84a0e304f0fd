"""Asks servers for feeds: many hosts at once, one feed of a host at a time."""

import asyncio
from collections.abc import Mapping, Sequence

from media_monitor.collect.client import Web
from media_monitor.collect.exchange import Answer
from media_monitor.collect.schedule import by_host
from media_monitor.config import Settings
from media_monitor.errors import StorageError
from media_monitor.model import Feed, FetchState

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9,"
    " */*;q=0.1"
)


def fetch_all(feeds: Sequence[Feed], states: Mapping[str, FetchState], settings: Settings) -> list[Answer]:
    """One answer for each feed, in their order; a feed that cannot be fetched has an answer with `error`.

    Raises:
        StorageError: the data folder cannot be written.
    """
    return asyncio.run(_fetch_all(feeds, states, settings))


async def _fetch_all(feeds: Sequence[Feed], states: Mapping[str, FetchState], settings: Settings) -> list[Answer]:
    web = Web(settings)
    answers: dict[str, Answer] = {}

    async def ask_host(group: Sequence[Feed]) -> None:
        async with web.client() as client:
            for feed in group:
                asked = _conditions(states.get(feed.feed_id, FetchState(feed.feed_id)))
                answers[feed.feed_id] = await web.get(
                    client, feed.url, {"Accept": ACCEPT, **asked}, asked_for_304=bool(asked)
                )

    try:
        async with asyncio.TaskGroup() as tasks:
            for group in by_host(feeds):
                tasks.create_task(ask_host(group))
    except* StorageError as errors:
        raise errors.exceptions[0] from None
    return [answers[feed.feed_id] for feed in feeds]


def _conditions(state: FetchState) -> dict[str, str]:
    given = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in given.items() if value}
