"""What a reader of some format makes of a document, and how much of it is read."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from urllib.parse import urljoin

from media_monitor.sources import Entry

MOST_ITEMS = 2_000  # items of one feed that are read; Media Cloud's rss-fetcher has the same bound
BREAKS_OFF = "it breaks off; what came before was read"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML document may contain: nobody sees it, and readers break down over it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed tells of itself: title as HTML, front page of its site, language (ISO 639-1)."""

    title: str | None = None
    page: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Entries in the order of the feed; `fault` when it is no feed; `notes` on what was left out; `hint` is how long
    the feed says that it is good for; `sitemaps` are the addresses in an index of sitemaps, the most telling first."""

    entries: tuple[Entry, ...] = ()
    fault: str | None = None
    notes: tuple[str, ...] = ()
    hint: timedelta | None = None
    channel: Channel = Channel()
    sitemaps: tuple[str, ...] = ()


def only_some(count: int) -> tuple[str, ...]:
    """The note on a feed of `count` items, of which only the first were read; none where all were."""
    return (f"only {MOST_ITEMS:,} of {count:,} items were read",) if count > MOST_ITEMS else ()


def as_html(text: str) -> str:
    """Plain text as markup that shows it."""
    return escape(text, quote=False)


def language(tag: str | None) -> str | None:
    """The language of a tag such as `zh-CN` (BCP 47): its first part in lower case, None where that is none."""
    first = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else None


def resolved(base: str, link: str) -> str:
    """The link as seen from the address `base`; as it is where the two make no address."""
    if link.startswith(("https://", "http://")):
        return link
    try:
        return urljoin(base, link)
    except ValueError:
        return link
