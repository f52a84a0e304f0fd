"""How many entries a well-formed document has, counted by other readers than those that read feeds.

Expat counts elements by name and place alone, and knows nothing of feeds; Python's own `json` counts items.
"""

import codecs
import json
import re
from dataclasses import dataclass, field
from pyexpat import ExpatError
from xml.parsers import expat

_ITEMS = {"item", "entry"}
_HOLDERS = {"rss", "rdf", "channel", "feed", "items"}
_ROOTS = {"rss", "rdf", "channel", "feed", "entry", "urlset"}
# Where items may be of another namespace than the root: RSS 1.0 and 0.9 in RDF, Atom in RSS.
_SPACES = {
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
}
_DECLARED = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.ASCII)
_STANDS_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"


def count(body: bytes) -> int | None:
    """The number of entries; None for what is not well-formed, or no feed.

    Entries are `item` and `entry` directly in a feed, `news:news` with a title in a sitemap, and `items` of a JSON
    feed.
    """
    if body.lstrip(_STANDS_BEFORE_JSON).startswith(b"{"):
        return _json(body)
    try:
        return _counted(body, None)
    except (ExpatError, LookupError, ValueError):
        return _recoded(body)


def _json(body: bytes) -> int | None:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items")
    return len(items) if "jsonfeed.org" in str(feed.get("version")) and isinstance(items, list) else None


def _recoded(body: bytes) -> int | None:
    """Again for charsets that Expat does not know, such as EUC-KR, if the bytes are valid in what they declare."""
    declared = _DECLARED.search(body)
    try:
        text = body.decode(codecs.lookup(declared[1].decode()).name if declared else "utf-8")
        return _counted(text.encode(), "utf-8")
    except (ExpatError, LookupError, ValueError):
        return None


def _counted(body: bytes, encoding: str | None) -> int | None:
    census = _Census()
    parser = expat.ParserCreate(encoding, namespace_separator="\x1f")
    parser.StartElementHandler = census.start
    parser.EndElementHandler = census.end
    parser.CharacterDataHandler = census.characters
    parser.Parse(body, True)
    return census.entries if census.root in _ROOTS else None


@dataclass(slots=True)
class _Census:
    root: str = ""
    space: str = ""
    entries: int = 0
    path: list[str] = field(default_factory=list)
    titled: bool = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        space, _, written = name.rpartition("\x1f")
        local = written.lower()
        if not self.root:
            self.root, self.space = local, space
        parent = self.path[-1] if self.path else ""
        is_own = space == self.space or space in _SPACES
        self.entries += local in _ITEMS and is_own and (parent in _HOLDERS or not parent)
        self.titled = False
        self.path.append(local)

    def end(self, _name: str) -> None:
        self.path.pop()

    def characters(self, data: str) -> None:
        if self.path[-2:] == ["news", "title"] and not self.titled and data.strip():
            self.titled = True
            self.entries += self.root == "urlset"
