"""A row of an archive (a line of JSON, a row of Parquet) as an article.

The names of its columns are those of the table articles; the gold format's and other usual ones are understood too.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.articles.identity import identity
from media_monitor.collect.formats.clean import LONGEST_TEXT, plain_line
from media_monitor.collect.formats.dates import published, read_date
from media_monitor.errors import DocumentError
from media_monitor.model import Article, document_text
from media_monitor.sources import Entry, Feed

ORIGIN = "backfill"  # feed_id of what no feed brought
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]+)*", re.IGNORECASE)
_SHA256, _ID = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{16}")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_MILLISECONDS = 10_000_000_000  # numbers of time beyond it are no seconds: they would be after the year 2286


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is read: its name, others that it may have, and what it holds."""

    name: str
    others: tuple[str, ...]
    doc: str


FIELDS = (
    Field("url", ("link",), "Address of the article"),
    Field("guid", ("id",), "Id of the article, unique with its outlet; needed where there is no address"),
    Field("title", ("headline",), "Headline as plain text"),
    Field("text", ("body", "content", "maintext"), "Body as plain text"),
    Field(
        "published_at",
        ("published", "date", "date_publish"),
        "Publication time: timestamp, ISO 8601 or another form that feeds use, seconds since 1970; UTC where no zone"
        " is given",
    ),
    Field("fetched_at", ("date_download",), "When it was first fetched; the publication time where it is not known"),
    Field("language", ("lang",), "ISO 639-1 code as declared; the text decides"),
    Field("outlet", ("source_name", "site"), "Who prints it; else the beat's feed of that domain, else the domain"),
    Field("publisher", (), "Family that owns the outlet; else by publishers.toml, feeds and domain"),
    Field("affiliation", (), "state, independent, wire or official; else by publishers.toml and feeds"),
    Field("country", (), "ISO 3166 code of the outlet's country; else by feeds"),
    Field("authors", ("author",), "By-lines: a list, or one name"),
    Field("agency", (), "Wire that the text is credited to"),
    Field("feed_id", (), "Feed that brought it; else `backfill`"),
    Field("article_id", (), "Id as another data folder of ours gave it; else of address, guid or title and date"),
    Field("content_sha256", (), "Hash as another data folder of ours has it; else of title and text"),
    Field("date_source", (), "As in the table articles"),
    Field("text_source", (), "As in the table articles"),
    Field("aggregator", (), "As in the table articles"),
    Field("warc_file", (), "As in the table articles"),
    Field("warc_offset", (), "As in the table articles"),
)
NAMES = {name: field.name for field in FIELDS for name in (field.name, *field.others)}


def article(row: Mapping[str, Any], where: str, now: datetime) -> Article:
    """The article of the row, in revision 1. Publisher, affiliation and country are "", "" and None where the row does
    not tell them; the outlet is "" where it does not.

    Raises:
        DocumentError: the row is no article; the message begins with `where` and names the column.
    """
    told = _named(row)
    fetched = _time(told.get("fetched_at"), where, "fetched_at")
    at, source = _published(told, where, fetched or now)
    if at is None and fetched is None:
        raise DocumentError(where, "has neither a publication time that can be believed nor a time of fetching")
    title, text = plain_line(_text(told, "title", where)), _body(_text(told, "text", where))
    if not title and not text:
        raise DocumentError(where, "has neither title nor text")
    url, guid = canonical_url(_text(told, "url", where)), plain_line(_text(told, "guid", where)) or None
    if told.get("url") and url is None:
        raise DocumentError(where, f"column 'url' is no address: {str(told['url'])[:80]!r}")
    outlet = plain_line(_text(told, "outlet", where))
    return Article(
        article_id=_matching(told, "article_id", _ID) or _identity(url, guid, outlet, title, text, at),
        revision=1,
        url=url,
        guid=guid,
        feed_id=_text(told, "feed_id", where) or ORIGIN,
        outlet=outlet,
        publisher=_text(told, "publisher", where),
        affiliation=_text(told, "affiliation", where),
        country=_text(told, "country", where) or None,
        language=_language(_text(told, "language", where)),
        title=title,
        text=text,
        agency=plain_line(_text(told, "agency", where)) or None,
        authors=_authors(told.get("authors")),
        published_at=at,
        date_source=source,
        fetched_at=fetched or at or now,
        content_sha256=_matching(told, "content_sha256", _SHA256)
        or hashlib.sha256(document_text(title, text).encode()).hexdigest(),
        warc_file=_text(told, "warc_file", where) or None,
        warc_offset=told.get("warc_offset") if isinstance(told.get("warc_offset"), int) else None,
        aggregator=_text(told, "aggregator", where) or None,
        text_source=_text(told, "text_source", where) or None,
    )


def of_line(line: bytes, where: str) -> dict[str, Any]:
    """The JSON object of a line.

    Raises:
        DocumentError: it is none; the message begins with `where`.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(where, f"is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise DocumentError(where, "is not a JSON object")
    return row


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, by our names; a column of that very name counts before others."""
    told: dict[str, Any] = {}
    for name, value in row.items():
        ours = NAMES.get(name)
        if ours and value is not None and (ours == name or ours not in told):
            told[ours] = value
    return told


def _text(told: Mapping[str, Any], name: str, where: str) -> str:
    value = told.get(name, "")
    if isinstance(value, bool | float | list | dict | bytes):
        raise DocumentError(where, f"column {name!r} is no text: {str(value)[:80]!r}")
    return str(value)


def _body(text: str) -> str:
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT].strip()


def _matching(told: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str | None:
    value = told.get(name)
    return value if isinstance(value, str) and form.fullmatch(value) else None


def _language(text: str) -> str | None:
    found = _LANGUAGE.fullmatch(text)
    return found[1].lower() if found else None


def _authors(value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value] if value else []
    return tuple(dict.fromkeys(plain for name in names if isinstance(name, str) and (plain := plain_line(name)[:200])))


def _published(told: Mapping[str, Any], where: str, limit: datetime) -> tuple[datetime | None, str]:
    """(publication time, its source); `limit` is the present of the archive."""
    at = _time(told.get("published_at"), where, "published_at")
    if at is None:
        return None, "none" if told.get("date_source") != "implausible" else "implausible"
    at, source = published(at.isoformat(), None, limit)
    named = told.get("date_source")
    return at, named if at and named in ("published", "updated", "page") else source


def _time(value: Any, where: str, name: str) -> datetime | None:
    """An aware UTC time; a day is its first moment.

    Raises:
        DocumentError: it is no time.
    """
    try:
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
    except (OverflowError, ValueError, OSError):
        pass
    reading = read_date(value) if isinstance(value, str) else None
    if reading is None:
        raise DocumentError(where, f"column {name!r} is no time: {str(value)[:80]!r}")
    return reading.at


def _identity(url: str | None, guid: str | None, outlet: str, title: str, text: str, at: datetime | None) -> str:
    """The id that a live run gives to an article of that address; else of outlet and guid, else of title and date."""
    feed = Feed(f"{ORIGIN}:{outlet.casefold()}", "", outlet, "")
    entry = Entry(title, url, guid, "", at.isoformat() if at else None)
    return identity(entry, feed, title, text)
