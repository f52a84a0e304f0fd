"""A feed's bytes to its entries, with feedparser; whatever the bytes are, the answer is entries or a reason.

feedparser is the most tolerant reader there is, and pays for it: it invents dates, expands entities and trusts
declared charsets. So the bytes are decoded here, the prolog is made harmless, and only raw date strings are taken.
It can also take hours over a hostile document; `sandbox` sets an end to that.
"""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Any

import feedparser
from selectolax.lexbor import LexborHTMLParser

from media_monitor.collect import hints
from media_monitor.collect.charset import decode
from media_monitor.collect.prolog import HostileProlog, harmless
from media_monitor.model import Entry

MOST_ITEMS = 2_000  # items of one feed that are read; Media Cloud's rss-fetcher has the same bound
_ROOT = re.compile(r"<([\w:.-]+)")
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>/])")
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]+|[0-9]+);?", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")
_OPENING = 2_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """Entries in the order of the feed; `fault` when it is no feed; `notes` on what was left out; `hint` is how long
    the feed says that it is good for."""

    entries: tuple[Entry, ...] = ()
    fault: str | None = None
    notes: tuple[str, ...] = ()
    hint: timedelta | None = None


def parse(body: bytes, content_type: str = "", url: str = "") -> Parsed:
    """The entries of the feed in `body`. Relative links are resolved against `url`."""
    text = _NOT_XML.sub("", decode(body, content_type)[0]).lstrip("\ufeff \t\r\n")
    text = _REFERENCE.sub(_possible, text)
    if not text.strip():
        return Parsed(fault="is empty")
    if _HTML.match(text[:_OPENING]):
        return Parsed(fault=_html_fault(text))
    try:
        document, notes = _bounded(harmless(text))
    except HostileProlog as found:
        return Parsed(fault=str(found))
    try:
        feed = _feedparser(document, url)
    except Exception as error:  # whatever the library trips over, the feed is at fault
        return Parsed(fault=f"cannot be parsed ({type(error).__name__}: {error})")
    if not feed.entries and not feed.version and not notes:
        return Parsed(fault=f"is not an RSS or Atom feed; it begins with {' '.join(text[:_OPENING].split())[:60]!r}")
    entries = tuple(_entry(item) for item in feed.entries[:MOST_ITEMS])
    return Parsed(entries, notes=tuple(notes), hint=_hint(feed.feed))


def _possible(reference: re.Match[str]) -> str:
    """The numeric character reference, or nothing for one to no character: feedparser breaks down over it."""
    digits = reference[1]
    if len(digits) > 20:
        return ""
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return reference[0] if code < 0x110000 and not _NOT_XML.match(chr(code)) else ""


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


def _bounded(text: str) -> tuple[str, list[str]]:
    """The document without a last item that breaks off, and without items beyond the most that are read."""
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    starts = [found.start() for found in _ITEM_START.finditer(text)]
    whole, tail = text, ""
    notes = []
    if starts and not _is_closed(text, starts[-1]):
        whole = text[: starts[-1]] if starts[-1] >= (ends or [0])[-1] else text
        notes.append("it breaks off; what came before was read")
    if len(ends) > MOST_ITEMS:
        whole, tail = text[: ends[MOST_ITEMS - 1]], text[ends[-1] :] if whole is text else ""
        notes.append(f"only {MOST_ITEMS:,} of {len(ends):,} items were read")
    return whole + tail, notes


def _is_closed(text: str, last_item: int) -> bool:
    root = _ROOT.search(text)
    return root is None or f"</{root[1]}" in text[last_item:]


def _entry(item: dict[str, Any]) -> Entry:
    source = _value(item, "source") or {}
    return Entry(
        title=_title(item),
        link=_text(item, "feedburner_origlink") or _text(item, "link"),
        guid=_text(item, "id"),
        summary_html=max(_bodies(item), key=_words, default=""),
        published_raw=_text(item, "published") or _text(item, "created"),
        updated_raw=_text(item, "updated"),
        authors=tuple(dict.fromkeys(_authors(item))),
        source_title=_text(source, "title") or _text(item, "news_source"),
        source_url=_text(source, "href") or _text(source, "link"),
    )


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


def _bodies(item: dict[str, Any]) -> Iterator[str]:
    yield _marked_up(_value(item, "summary_detail")) or _text(item, "summary") or ""
    for content in _value(item, "content") or ():
        yield _marked_up(content)


def _marked_up(detail: dict[str, Any] | None) -> str:
    """The value as HTML: feedparser tells for certain only of text with markup that it is markup."""
    value = (detail or {}).get("value") or ""
    plain = (detail or {}).get("type") == "text/plain" and not _TAG.search(value) and "&" not in value
    return escape(value, quote=False) if plain else str(value)


def _words(html: str) -> int:
    return len(_TAG.sub("", html))


def _authors(item: dict[str, Any]) -> Iterator[str]:
    names = [_text(author, "name") for author in _value(item, "authors") or ()]
    for name in [*names, *([] if any(names) else [_text(item, "author")])]:
        if name:
            yield name


def _html_fault(text: str) -> str:
    tree = LexborHTMLParser(text[:200_000])
    for kind in ("rss", "atom"):
        link = tree.css_first(f'link[type="application/{kind}+xml"]')
        if link is not None and link.attributes.get("href"):
            return f"is an HTML page, not a feed; it names a feed at {link.attributes['href']}"
    return "is an HTML page, not a feed"
