"""One address asked for and read, outside of a run: to look at it before subscribing."""

from dataclasses import dataclass

from media_monitor.collect.lists.publishers import own_family
from media_monitor.collect.politeness.schedule import host
from media_monitor.collect.reading import Document, Reading
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.fetch import fetch_all
from media_monitor.config import Settings
from media_monitor.sources import Feed


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address answered. `url` is the one to keep: a move for good is followed."""

    asked: str
    answer: Answer
    reading: Reading

    @property
    def url(self) -> str:
        return self.answer.moved_to or self.asked

    @property
    def fault(self) -> str | None:
        """Why it is no feed that can be read."""
        return self.answer.error or self.reading.fault

    @property
    def final_url(self) -> str:
        return self.answer.last.url if self.answer.last else self.asked


def visit(url: str, settings: Settings) -> Visit:
    """Asks as a run would: with the same spacing of requests, limits and forbidden addresses.

    Raises:
        StorageError: the data folder cannot be written.
    """
    feed = Feed(url, url, host(url), own_family(url))
    (answer,) = fetch_all([feed], {}, settings)
    with Sandbox(settings.timeout_seconds) as sandbox:
        return Visit(url, answer, read(sandbox, feed, answer))


def read(sandbox: Sandbox, feed: Feed, answer: Answer) -> Reading:
    """What the answer holds; nothing where none came."""
    if answer.last is None or not answer.body:
        return Reading(fault=None if answer.error else "is empty")
    content_type = answer.last.header("Content-Type") or ""
    return sandbox.read(Document(feed, answer.body, content_type, answer.last.url, answer.at))
