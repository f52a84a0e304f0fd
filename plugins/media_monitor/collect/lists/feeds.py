"""The feeds of a beat, or of any OPML file, with the families of outlets that the beat knows."""

import logging
import re
from pathlib import Path

from media_monitor.beat import Beat
from media_monitor.collect.lists.opml import Outline, read_opml
from media_monitor.collect.lists.publishers import Families, affiliation, families
from media_monitor.collect.politeness.schedule import host
from media_monitor.errors import BeatError
from media_monitor.model import stable_id
from media_monitor.sources import Feed

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]+)*", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")
_YES_NO = re.compile(r"yes|no")
_TIER = re.compile(r"[1-9]")
_log = logging.getLogger(__name__)


def load_feeds(beat: Beat, opml: Path | None) -> tuple[Feed, ...]:
    """The feeds of `opml`, or of the beat's own feeds.opml, in the order of the file.

    A plain OPML file will do: the id is then a hash of the URL, the outlet the title, the publisher the family in
    the beat's publishers.toml or else the host's. A URL that stands twice is taken once, with a warning.

    Raises:
        BeatError: a file is missing or faulty; the message names file and line.
    """
    known = families(beat)
    feeds: dict[str, Feed] = {}
    ids: dict[str, str] = {}
    for outline in read_opml(opml or beat.folder / "feeds.opml"):
        feed = feed_of(outline, known)
        if feed.url in feeds:
            _merge(feeds, feed, outline.where)
            continue
        if feed.feed_id in ids:
            raise BeatError(outline.where, f"mm:id {feed.feed_id!r} is the id of {ids[feed.feed_id]} already")
        feeds[feed.url] = feed
        ids[feed.feed_id] = feed.url
    return tuple(feeds.values())


def _merge(feeds: dict[str, Feed], again: Feed, where: str) -> None:
    """Feed readers export a feed once a folder: the repeat is dropped. Two ids for one URL are a mistake."""
    first = feeds[again.url]
    if first.feed_id != again.feed_id:
        raise BeatError(where, f"xmlUrl {again.url} stands twice, with the ids {first.feed_id!r} and {again.feed_id!r}")
    _log.warning("%s: xmlUrl %s stands twice; the first is taken", where, again.url)


def feed_of(outline: Outline, families: Families) -> Feed:
    """The subscription of the outline.

    Raises:
        BeatError: an attribute has the wrong form; the message names file and line.
    """
    own, url = outline.own, _web_address(outline.url)
    outlet = outline.title or host(url)
    return Feed(
        feed_id=own.get("id") or stable_id(url),
        url=url,
        outlet=outlet,
        publisher=own.get("publisher") or families.publisher(outlet, url),
        language=_language(outline),
        country=_matching(outline, "country", _COUNTRY, "two capitals (ISO 3166)"),
        affiliation=affiliation(own.get("affiliation") or "independent", outline.where, "mm:affiliation"),
        tier=int(_matching(outline, "tier", _TIER, "a number from 1 to 9") or 3),
        note=own.get("note", ""),
        full_text={"yes": True, "no": False}.get(_matching(outline, "fulltext", _YES_NO, "yes or no") or ""),
    )


def _web_address(url: str) -> str:
    """The URL without the scheme `feed:` that old readers put before it or in place of http."""
    rest = url.removeprefix("feed:")
    return f"http:{rest}" if rest.startswith("//") else rest


def _language(outline: Outline) -> str | None:
    own = _matching(outline, "language", _LANGUAGE, "a language code (ISO 639-1), such as ko")
    plain = _LANGUAGE.fullmatch(outline.language)  # OPML allows any text here, such as "unknown"
    found = _LANGUAGE.fullmatch(own) if own else plain
    return found[1].lower() if found else None


def _matching(outline: Outline, name: str, form: re.Pattern[str], wanted: str) -> str | None:
    value = outline.own.get(name)
    if value and not form.fullmatch(value):
        raise BeatError(outline.where, f"mm:{name} {value!r} must be {wanted}")
    return value or None
