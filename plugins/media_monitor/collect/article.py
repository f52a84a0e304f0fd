"""An entry to an article: plain text, publication time, and an identity that lasts."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from media_monitor.collect.address import canonical_url, identifies
from media_monitor.collect.clean import plain_line, plain_text
from media_monitor.collect.dates import published, read_date
from media_monitor.model import Article, Entry, Feed, document_text, stable_id

_MOST_AUTHORS = 20
_LONGEST_NAME = 200
_ODD_DATES = {"implausible": "with a date that cannot be true", "none": "without a readable date"}


def articles(entries: Iterable[Entry], feed: Feed, fetched_at: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """(one article for each entry, notes for people on odd dates).

    An entry without anything in it becomes an article too: validation tells what is wrong with it.
    """
    pairs = [(entry, article(entry, feed, fetched_at)) for entry in entries]
    return tuple(made for _, made in pairs), tuple(_date_notes(pairs))


def article(entry: Entry, feed: Feed, fetched_at: datetime) -> Article:
    """The entry as revision 1 of an article; outlet, publisher and the like are the feed's."""
    title, text = plain_line(entry.title), plain_text(entry.summary_html)
    url = canonical_url(entry.link) or canonical_url(entry.guid)
    published_at, date_source = published(entry.published_raw, entry.updated_raw, fetched_at)
    return Article(
        article_id=identity(entry, feed, url, title, text),
        revision=1,
        url=url,
        guid=plain_line(entry.guid or "") or None,
        feed_id=feed.feed_id,
        outlet=feed.outlet,
        publisher=feed.publisher,
        affiliation=feed.affiliation,
        country=feed.country,
        language=feed.language,
        title=title,
        text=text,
        agency=None,
        authors=_authors(entry),
        published_at=published_at,
        date_source=date_source,
        fetched_at=fetched_at,
        content_sha256=hashlib.sha256(document_text(title, text).encode()).hexdigest(),
    )


def identity(entry: Entry, feed: Feed, url: str | None, title: str, text: str) -> str:
    """Hash of the canonical URL; else of feed and GUID; else of feed, title and raw date; else of feed and text.

    A front page is no item's own URL. GUIDs and titles are unique within a feed at best.
    """
    if url and identifies(url):
        return stable_id(url)
    if entry.guid:
        return stable_id(feed.feed_id, "guid", entry.guid)
    if title:
        return stable_id(feed.feed_id, "title", title, entry.published_raw or entry.updated_raw)
    return stable_id(feed.feed_id, "text", text, url, entry.published_raw or entry.updated_raw)


def _authors(entry: Entry) -> tuple[str, ...]:
    names = (plain_line(name)[:_LONGEST_NAME] for name in entry.authors[:_MOST_AUTHORS])
    return tuple(dict.fromkeys(name for name in names if name))


def _date_notes(pairs: Sequence[tuple[Entry, Article]]) -> Iterator[str]:
    odd: dict[str, list[str | None]] = {}
    for entry, made in pairs:
        raw = entry.published_raw or entry.updated_raw
        reading = read_date(raw)
        if made.date_source in _ODD_DATES:
            odd.setdefault(_ODD_DATES[made.date_source], []).append(raw)
        elif reading and reading.naive:
            odd.setdefault("with a date without a time zone, read as UTC", []).append(raw)
    for what, raws in odd.items():
        yield f"{len(raws)} {what}" + (f" (first {raws[0]!r:.60})" if raws[0] else "")
