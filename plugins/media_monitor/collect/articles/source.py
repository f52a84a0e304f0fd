"""Whose article an aggregator's entry is: the feed names the true outlet, or its link leads there."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from media_monitor.collect.articles.address import canonical_url, is_opaque
from media_monitor.collect.articles.address_rules import rules, suffixes
from media_monitor.collect.formats.clean import plain_line
from media_monitor.collect.web.domains import registrable
from media_monitor.sources import Entry, Feed


@dataclass(frozen=True, slots=True)
class Source:
    """The outlet as the feed names it, and an address of its own: a feed, a front page, or the article's."""

    outlet: str
    url: str


def passed_on(entry: Entry, feed: Feed) -> Source | None:
    """The outlet that the entry is from, where that is not the feed's own; None where it is.

    RSS 2.0 `<source url="…">` and Atom `source` name it; searches of Bing and alerts of Google only link to it.
    """
    link = canonical_url(entry.link)
    found = canonical_url(entry.source_url)
    if found is None and is_aggregator(feed.url) and link and not is_opaque(link):
        found = link
    name = plain_line(entry.source_title or "")
    if found is None or registrable(found) == registrable(feed.url) or name.casefold() == feed.outlet.casefold():
        return None
    return Source(name or registrable(found), found)


def is_aggregator(url: str) -> bool:
    """Whether feeds of that host pass on what others print."""
    return any(suffix in rules().aggregators for suffix in suffixes(urlsplit(url).hostname or ""))
