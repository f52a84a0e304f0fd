"""Subscriptions in OPML 2.0, the format in which feed readers export and import them.

Any nesting of outlines is read; an outline with an `xmlUrl` is a subscription. What OPML has no word for stands in
attributes of the namespace `urn:media-monitor:opml`; other readers ignore them.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from media_monitor.errors import BeatError
from media_monitor.sources import Feed

NAMESPACE = "urn:media-monitor:opml"
OWN = ("id", "language", "country", "affiliation", "publisher", "tier", "note", "fulltext")
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Outline:
    """A subscription as written: `where` is "file:line", `page` the site's own, `own` are the attributes of our
    namespace."""

    where: str
    url: str
    title: str
    language: str
    own: Mapping[str, str]
    page: str = ""


def read_opml(path: Path) -> list[Outline]:
    """The subscriptions of the file, in its order.

    Raises:
        BeatError: the file is missing, is no OPML, declares entities, or has an attribute of our namespace that is
            not known; the message names file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BeatError(path, f"cannot be read: {error.strerror or error}") from error
    return _Reader(path).read(data)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.depth = 0
        self.outlines: list[Outline] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity

    @property
    def where(self) -> str:
        return f"{self.path}:{self.parser.CurrentLineNumber}"

    def read(self, data: bytes) -> list[Outline]:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, str(error))
            raise BeatError(f"{self.path}:{error.lineno}", f"is not XML: {reason}") from error
        except (ValueError, LookupError) as error:
            raise BeatError(self.path, f"is not XML: {error}") from error
        return self.outlines

    def _entity(self, name: str, *_: object) -> None:
        raise BeatError(self.where, f"declares the entity {name!r}; a feed list needs none")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth == 0 and name.lower() != "opml":
            raise BeatError(self.where, f"is not OPML; its root is <{name.split()[-1]}>")
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BeatError(self.where, f"is nested more than {_DEEPEST} deep")
        if name.lower() == "outline":
            self._outline(attributes)

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _outline(self, attributes: dict[str, str]) -> None:
        own = {k.removeprefix(f"{NAMESPACE} "): v.strip() for k, v in attributes.items() if k.startswith(NAMESPACE)}
        for name in own:
            if name not in OWN:
                near = difflib.get_close_matches(name, OWN, n=1)
                hint = f"did you mean mm:{near[0]}?" if near else f"known are {', '.join(f'mm:{n}' for n in OWN)}"
                raise BeatError(self.where, f"unknown attribute mm:{name}; {hint}")
        plain = {name.lower(): value.strip() for name, value in attributes.items() if " " not in name}
        if "xmlurl" not in plain:
            return
        if not plain["xmlurl"]:
            raise BeatError(self.where, "xmlUrl is empty")
        title = plain.get("title") or plain.get("text") or ""
        language, page = plain.get("language", ""), plain.get("htmlurl", "")
        self.outlines.append(Outline(self.where, plain["xmlurl"], title, language, own, page))


def write_opml(feeds: Iterable[Feed], title: str = "media-monitor") -> str:
    """The feeds as OPML text that any feed reader imports and `read_opml` reads back without loss."""
    lines = "\n".join(f"    <outline {_attributes(feed)}/>" for feed in feeds)
    head = f"  <head>\n    <title>{quoteattr(title)[1:-1]}</title>\n  </head>"
    root = f'<opml version="2.0" xmlns:mm="{NAMESPACE}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n{head}\n  <body>\n{lines}\n  </body>\n</opml>\n'


def _attributes(feed: Feed) -> str:
    values = {
        "type": "rss",
        "text": feed.outlet,
        "title": feed.outlet,
        "xmlUrl": feed.url,
        "language": feed.language,
        "mm:id": feed.feed_id,
        "mm:country": feed.country,
        "mm:affiliation": feed.affiliation,
        "mm:publisher": feed.publisher,
        "mm:tier": str(feed.tier),
        "mm:note": feed.note,
        "mm:fulltext": "" if feed.full_text is None else "yes" if feed.full_text else "no",
    }
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items() if value)
