"""A feed's bytes to its articles: everything that is done with what a stranger wrote. No network, no files."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from media_monitor.collect.articles.article import articles
from media_monitor.collect.formats.parse import parse
from media_monitor.collect.formats.parsed import Channel
from media_monitor.model import Article
from media_monitor.sources import Feed


@dataclass(frozen=True, slots=True)
class Document:
    """What a server sent for a feed. `url` is the address after redirects, `fetched_at` aware UTC."""

    feed: Feed
    body: bytes
    content_type: str
    url: str
    fetched_at: datetime

    def read(self) -> "Reading":
        """The reading of the feed."""
        return read(self)

    def failed(self, reason: str) -> "Reading":
        """For a feed over which the reader broke down."""
        return Reading(fault=reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """Articles in the order of the feed; or the `fault` that makes it no feed; and notes for people. `hint` is how
    long the feed says that it is good for, `channel` what it tells of itself, `sitemaps` what an index names."""

    articles: tuple[Article, ...] = ()
    fault: str | None = None
    notes: tuple[str, ...] = ()
    hint: timedelta | None = None
    channel: Channel = Channel()
    sitemaps: tuple[str, ...] = ()


def read(document: Document) -> Reading:
    """The document's articles, in revision 1 and without a place in the archive."""
    parsed = parse(document.body, document.content_type, document.url)
    made, odd_dates = articles(parsed.entries, document.feed, document.fetched_at)
    return Reading(made, parsed.fault, (*parsed.notes, *odd_dates), parsed.hint, parsed.channel, parsed.sitemaps)
