"""What makes two entries the same article: the page that they lead to, else the feed's own id, else title and date.

Feeds break each of these. A key that one document gives to several articles is not used for any of its entries.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlsplit

from media_monitor.collect.articles.address import canonical_url, is_opaque
from media_monitor.collect.articles.page import identifies, page_key
from media_monitor.collect.formats.clean import plain_line
from media_monitor.model import stable_id
from media_monitor.sources import Entry, Feed

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")
# Share of words in common from which two headlines with one key are one headline, edited. A rewritten one may have
# less, but a feed seldom shows an item before and after at once.
_EDITED = 0.3


@dataclass(frozen=True, slots=True)
class Unfit:
    """Keys that a feed gives to more than one article: page keys and GUIDs."""

    pages: frozenset[str] = frozenset()
    guids: frozenset[str] = frozenset()


FIT = Unfit()


def address(entry: Entry) -> str | None:
    """The canonical URL of the entry: of its link, else of a GUID that is one.

    A GUID without a link is no address: the parser has made the link of it where the feed says that it may
    (`isPermaLink`). An address that hides where it leads gives way to a GUID that does not.
    """
    link = canonical_url(entry.link)
    if entry.link and (link is None or is_opaque(link)):
        return canonical_url(entry.guid) or link
    return link


def page_id(url: str) -> str:
    """The id of the article at that page; `url` is canonical."""
    return stable_id(page_key(url))


def identity(entry: Entry, feed: Feed, title: str, text: str, unfit: Unfit = FIT) -> str:
    """Hash of the page's key; else of feed and GUID; else of feed, title and raw date; else of feed and text.

    A front page is no item's own page. GUIDs and titles are unique within a feed at best; those of an aggregator, whose
    searches are many feeds, within the aggregator.
    """
    url, date = address(entry), entry.published_raw or entry.updated_raw
    if url and identifies(url) and page_key(url) not in unfit.pages:
        return page_id(url)
    where = urlsplit(url).hostname if url and is_opaque(url) else feed.feed_id
    if entry.guid and entry.guid not in unfit.guids:
        return stable_id(where, "guid", entry.guid)
    if title:
        return stable_id(where, "title", title, date)
    return stable_id(where, "text", text, url, date)


def unfit_keys(entries: Sequence[Entry]) -> Unfit:
    """The keys that these entries of one document share though they are different articles."""
    return Unfit(
        pages=frozenset(_shared(entries, _page, _differ)),
        guids=frozenset(_shared(entries, lambda entry: entry.guid, lambda titles, _: len(titles) > 1)),
    )


def _page(entry: Entry) -> str | None:
    url = address(entry)
    return page_key(url) if url else None


def _shared(
    entries: Iterable[Entry],
    key: Callable[[Entry], str | None],
    differ: Callable[[frozenset[str], frozenset[str | None]], bool],
) -> Iterable[str]:
    """The keys under which titles and GUIDs differ so that they are not one article."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if found := key(entry):
            groups.setdefault(found, []).append(entry)
    for found, group in groups.items():
        titles = frozenset(plain_line(entry.title) for entry in group)
        if differ(titles, frozenset(entry.guid for entry in group)):
            yield found


def _differ(titles: frozenset[str], guids: frozenset[str | None]) -> bool:
    """Whether entries with one page are several articles: three headlines, or two that have little in common."""
    if len(titles) < 3:
        return len(guids) > 1 and any(_overlap(*pair) < _EDITED for pair in combinations(titles, 2))
    return True


def _overlap(one: str, other: str) -> float:
    words, others = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(words & others) / max(1, len(words | others))
