"""The beats that come with the package, and what readers take from their samples."""

import tomllib
from functools import cache
from typing import Any

import feedparser

from media_monitor.beat import Beat, shipped
from media_monitor.collect.formats.clean import plain_text
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.extract import facts, reading
from media_monitor.extract.document import Document

NAMES = shipped()
Triple = tuple[str, str, str]


@cache
def expected(name: str) -> dict[str, Any]:
    """The file expected.toml of the beat's samples."""
    path = Beat.load(name).folder / "samples" / "expected.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def found(name: str) -> dict[str, tuple[bool, frozenset[Triple]]]:
    """(relevant, statements of officials as party, stance, claim) of each sample item by its link."""
    beat = Beat.load(name)
    read: dict[str, tuple[bool, frozenset[Triple]]] = {}
    for feed in load_feeds(beat, beat.folder / "samples" / "feeds.opml"):
        path = beat.folder / "samples" / feed.url.rpartition("/")[2]
        for entry in feedparser.parse(path.read_bytes()).entries if path.is_file() else ():
            text = plain_text(entry.content[0].value if "content" in entry else entry.get("summary", ""))
            item = Document(entry.get("link", ""), entry.get("title", ""), text, feed.language, None, feed.outlet)
            seen = reading.read(item, beat)
            said = facts.facts(seen, beat)[0] if seen.relevant else []
            before = read.get(item.document_id, (False, frozenset()))
            told = frozenset((s.party, s.stance, s.claim) for s in said if s.role == "official")
            read[item.document_id] = (before[0] or seen.relevant, before[1] | told)
    return read
