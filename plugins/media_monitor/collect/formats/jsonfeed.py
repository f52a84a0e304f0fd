"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) to entries."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from media_monitor.collect.formats.parsed import (
    BREAKS_OFF,
    MOST_ITEMS,
    NOT_XML,
    Channel,
    Parsed,
    as_html,
    language,
    only_some,
    resolved,
)
from media_monitor.sources import Entry

_JSON = re.compile(r"\s*[{\[]")
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")
_TELLING = ("feed_url", "home_page_url")
# Numbers stay as written: an id of 5,000 digits is text, not a number.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


def looks_like_json(text: str) -> bool:
    """Whether the text begins as JSON does."""
    return _JSON.match(text) is not None


def read(text: str, url: str) -> Parsed | None:
    """The entries of a JSON feed, None for JSON that is something else. Links are resolved against `url`."""
    try:
        feed = _DECODER.decode(text)
    except RecursionError:
        return Parsed(fault="is JSON nested too deeply to be read")
    except ValueError:
        return _broken(text, url)
    if not isinstance(feed, dict) or not _is_feed(feed):
        return None
    items = feed["items"]
    title, page = _text(feed.get("title")), _text(feed.get("home_page_url"))
    channel = Channel(as_html(title) if title else None, page, language(_text(feed.get("language"))))
    entries = tuple(_entry(item, feed, url) for item in items[:MOST_ITEMS])
    return Parsed(entries, notes=only_some(len(items)), channel=channel)


def _is_feed(feed: Mapping[str, Any]) -> bool:
    """Whether it says so by its version; some forget that, and name their page instead."""
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return False
    version = feed.get("version")
    return "jsonfeed.org" in version if isinstance(version, str) else any(name in feed for name in _TELLING)


def _broken(text: str, url: str) -> Parsed | None:
    """What can be read of JSON that breaks off, or is broken from some item on."""
    start = _ITEMS.search(text)
    if start is None or "jsonfeed.org" not in text[: start.end()]:
        return None
    items = tuple(_whole_items(text, start.end()))
    return Parsed(tuple(_entry(item, {}, url) for item in items), notes=(BREAKS_OFF,))


def _whole_items(text: str, position: int) -> Iterator[Mapping[str, Any]]:
    for _ in range(MOST_ITEMS):
        try:
            item, position = _DECODER.raw_decode(text, _GAP.match(text, position).end())  # type: ignore[union-attr]
        except (ValueError, RecursionError):
            return
        if isinstance(item, dict):
            yield item


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> Entry:
    guid = _text(item.get("id"))
    link = _text(item.get("url")) or _text(item.get("external_url"))
    return Entry(
        title=as_html(_text(item.get("title")) or ""),
        link=resolved(url, link) if link else None,
        guid=guid,
        summary_html=max(_bodies(item), key=len),
        published_raw=_text(item.get("date_published")),
        updated_raw=_text(item.get("date_modified")),
        authors=tuple(dict.fromkeys(_authors(item) or _authors(feed))),
        language=language(_text(item.get("language")) or _text(feed.get("language"))),
    )


def _bodies(item: Mapping[str, Any]) -> Iterator[str]:
    yield _text(item.get("content_html")) or ""
    yield as_html(_text(item.get("content_text")) or "")
    yield as_html(_text(item.get("summary")) or "")


def _authors(thing: Mapping[str, Any]) -> list[str]:
    """Names in `authors` (1.1) or `author` (1.0); an item without any has those of the feed."""
    listed = thing.get("authors")
    people = listed if isinstance(listed, list) else [thing.get("author")]
    names = (_text(person.get("name")) for person in people if isinstance(person, dict))
    return [name for name in names if name]


def _text(value: object) -> str | None:
    return NOT_XML.sub("", value).strip() or None if isinstance(value, str) else None
