"""An entry to an article: plain text, publication time, who prints it, and an identity that lasts."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from media_monitor.collect.articles.identity import FIT, Unfit, address, identity, unfit_keys
from media_monitor.collect.articles.source import passed_on
from media_monitor.collect.formats.clean import plain_line, plain_text
from media_monitor.collect.formats.dates import published, read_date
from media_monitor.model import Article, document_text
from media_monitor.sources import Entry, Feed

_MOST_AUTHORS = 20
_LONGEST_NAME = 200
_ODD_DATES = {"implausible": "with a date that cannot be true", "none": "without a readable date"}


def articles(entries: Iterable[Entry], feed: Feed, fetched_at: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """(one article for each entry, notes for people on odd dates).

    An entry without anything in it becomes an article too: validation tells what is wrong with it.
    """
    items = tuple(entries)
    unfit = unfit_keys(items)
    pairs = [(entry, article(entry, feed, fetched_at, unfit)) for entry in items]
    return tuple(made for _, made in pairs), tuple(_date_notes(pairs))


def article(entry: Entry, feed: Feed, fetched_at: datetime, unfit: Unfit = FIT) -> Article:
    """The entry as revision 1 of an article. Outlet, publisher and the like are the feed's; of what the feed passes on,
    outlet is the one that it names, and publisher that one's address until `attribution` tells whose it is.

    `unfit` are keys that the feed gives to several articles.
    """
    source = passed_on(entry, feed)
    title = plain_line(entry.title)
    title = title.removesuffix(f" - {source.outlet}") if source else title
    text, url = plain_text(entry.summary_html), address(entry)
    published_at, date_source = published(entry.published_raw, entry.updated_raw, fetched_at)
    return Article(
        article_id=identity(entry, feed, title, text, unfit),
        revision=1,
        url=url,
        guid=plain_line(entry.guid or "") or None,
        feed_id=feed.feed_id,
        outlet=source.outlet if source else feed.outlet,
        publisher=source.url if source else feed.publisher,
        affiliation="independent" if source else feed.affiliation,
        country=None if source else feed.country,
        language=feed.language or entry.language,
        title=title,
        text=text,
        agency=None if source else plain_line(entry.source_title or "")[:_LONGEST_NAME] or None,
        authors=_authors(entry),
        published_at=published_at,
        date_source=date_source,
        fetched_at=fetched_at,
        content_sha256=hashlib.sha256(document_text(title, text).encode()).hexdigest(),
        aggregator=feed.outlet if source else None,
    )


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
