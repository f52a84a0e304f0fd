"""RSS 0.9 to 2.0, RDF, Atom and Media RSS to entries, with feedparser.

feedparser is the most tolerant reader there is, and pays for it: it invents dates, expands entities and trusts
declared charsets. So it is given text with a harmless prolog, and only raw date strings are taken from it.
"""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import feedparser

from media_monitor.collect.formats.parsed import (
    BREAKS_OFF,
    MOST_ITEMS,
    Channel,
    Parsed,
    as_html,
    language,
    only_some,
    resolved,
)
from media_monitor.collect.politeness import hints
from media_monitor.sources import Entry

_ROOT = re.compile(r"<([\w:.-]+)")
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>/])")
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
# feedparser mixes a picture's caption with the item's own text; under a name that it does not know, it stays apart,
# and is kept as text if it has no attributes.
_CAPTION = re.compile(r"(</?media:)(?:description|(text))(?:\s[^<>]*?)?(/?>)")
# feedparser looks for an e-mail address in the names of people, and takes minutes over a hundred thousand characters.
_PERSON = re.compile(
    r"(<(?:[\w.-]+:)?(?:author|contributor|creator|editor|email|managingeditor|name|owner|publisher|webmaster)\b[^<>]{0,500}>"
    r"\s{0,50}(?:<!\[CDATA\[)?[^<\]]{1000})[^<\]]+",
    re.IGNORECASE,
)
_HALF_REFERENCE = re.compile(r"&[^&;]{0,12}$")
_BASE = "xml:base"
_TAG = re.compile(r"<[^<>]*>")


def read(document: str, url: str) -> Parsed | None:
    """The entries, None for what is no feed of this kind. Relative links are resolved against `url`.

    `document` must have a harmless prolog: entities are expanded as it declares them.
    """
    whole, notes = _bounded(document)
    try:
        # To resolve every link is a third of feedparser's work, which only a base within the document makes necessary.
        text = _PERSON.sub(_shortened, _CAPTION.sub(_renamed, whole))
        feed = _feedparser(text, url if _BASE in whole else "")
    except Exception as error:  # whatever the library trips over, the feed is at fault
        return Parsed(fault=f"cannot be parsed ({type(error).__name__}: {error})")
    if not feed.entries and not feed.version and not notes:
        return None
    entries = tuple(_entry(item, url) for item in feed.entries[:MOST_ITEMS])
    return Parsed(entries, notes=notes, hint=_hint(feed.feed), channel=_channel(feed.feed))


def _renamed(tag: re.Match[str]) -> str:
    return f"{tag[1]}{tag[2] or 'caption'}{tag[3]}"


def _shortened(person: re.Match[str]) -> str:
    return _HALF_REFERENCE.sub("", person[1])


def _feedparser(text: str, url: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """The document without a last item that breaks off, and without items beyond the most that are read."""
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    starts = [found.start() for found in _ITEM_START.finditer(text)]
    whole, tail = text, ""
    notes: tuple[str, ...] = ()
    if starts and not _is_closed(text, starts[-1]):
        whole = text[: starts[-1]] if starts[-1] >= (ends or [0])[-1] else text
        notes = (BREAKS_OFF,)
    if len(ends) > MOST_ITEMS:
        whole, tail = text[: ends[MOST_ITEMS - 1]], text[ends[-1] :] if whole is text else ""
    return whole + tail, (*notes, *only_some(len(ends)))


def _is_closed(text: str, last_item: int) -> bool:
    root = _ROOT.search(text)
    return root is None or f"</{root[1]}" in text[last_item:]


def _entry(item: dict[str, Any], url: str) -> Entry:
    link = _text(item, "feedburner_origlink") or _text(item, "link")
    source = _value(item, "source") or {}
    return Entry(
        title=_title(item),
        link=resolved(url, link) if link else None,
        guid=_text(item, "id"),
        summary_html=_body(item),
        published_raw=_text(item, "published") or _text(item, "created"),
        updated_raw=_text(item, "updated"),
        authors=tuple(dict.fromkeys(_authors(item))),
        source_title=_text(source, "title") or _text(item, "news_source"),
        source_url=_text(source, "href") or _text(source, "link"),
    )


def _channel(told: dict[str, Any]) -> Channel:
    return Channel(_text(told, "title"), _text(told, "link"), language(_text(told, "language")))


def _hint(channel: dict[str, Any]) -> timedelta | None:
    told = (_text(channel, name) for name in ("ttl", "sy_updateperiod", "sy_updatefrequency"))
    return hints.of_feed(*told)


def _value(item: dict[str, Any], key: str) -> Any:
    # feedparser's own lookup answers with other keys: `updated` with `published`, and warns.
    return dict.get(item, key)


def _text(item: dict[str, Any], key: str) -> str | None:
    value = _value(item, key)
    return value.strip() or None if isinstance(value, str) else None


def _title(item: dict[str, Any]) -> str:
    # The detail is that of the last title, which may be a picture's; the title itself is the item's.
    title, detail = _text(item, "title") or "", _value(item, "title_detail") or {}
    return _marked_up(detail) if detail.get("value") == title else title


def _body(item: dict[str, Any]) -> str:
    """The longest of the item's own texts; without one, what Media RSS says of its picture or film."""
    own = max(_bodies(item), key=_words)
    return own if _words(own.strip()) else _text(item, "media_caption") or _text(item, "media_text") or own


def _bodies(item: dict[str, Any]) -> Iterator[str]:
    yield _marked_up(_value(item, "summary_detail")) or _text(item, "summary") or ""
    for content in _value(item, "content") or ():
        yield _marked_up(content)


def _marked_up(detail: dict[str, Any] | None) -> str:
    """The value as HTML: feedparser tells for certain only of text with markup that it is markup."""
    value = (detail or {}).get("value") or ""
    plain = (detail or {}).get("type") == "text/plain" and not _TAG.search(value) and "&" not in value
    return as_html(value) if plain else str(value)


def _words(html: str) -> int:
    return len(_TAG.sub("", html))


def _authors(item: dict[str, Any]) -> Iterator[str]:
    names = [_text(author, "name") for author in _value(item, "authors") or ()]
    for name in [*names, *([] if any(names) else [_text(item, "author")])]:
        if name:
            yield name
