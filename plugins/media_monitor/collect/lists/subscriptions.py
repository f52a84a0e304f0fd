"""An OPML file of somebody's own being edited: whatever else is in it stays as it is, in its order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, TreeBuilder, XMLParser, fromstring, register_namespace

from media_monitor.collect.lists.audit import identity
from media_monitor.collect.lists.feeds import feed_of
from media_monitor.collect.lists.opml import NAMESPACE, read_opml
from media_monitor.collect.lists.publishers import Families
from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError, FeedError
from media_monitor.sources import Feed

register_namespace("mm", NAMESPACE)
_NO_FAMILIES = Families({}, {}, {})
_BLANK = """<opml version="2.0">
  <head>
    <title>media-monitor</title>
  </head>
  <body />
</opml>"""


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did, by address: `completed` were there and got attributes that they lacked."""

    added: tuple[str, ...]
    completed: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A subscription in the tree: `where` is file and line, `folders` the names of those around it."""

    element: Element
    where: str
    feed: Feed
    folders: tuple[str, ...]


class Subscriptions:
    """The list in the file, or a new one where there is no such file."""

    def __init__(self, path: Path) -> None:
        """Reads the file.

        Raises:
            BeatError: the file is faulty; the message names file and line.
        """
        self.path = path
        self._root = _parsed(path) if path.exists() else fromstring(_BLANK)
        body = next((one for one in self._root.iter() if _is(one, "body")), None)
        if body is None:
            raise BeatError(path, "has no <body>")
        self._body = body
        self._places = list(_placed(path, self._root)) if path.exists() else []

    @property
    def feeds(self) -> list[Feed]:
        return [place.feed for place in self._places]

    def add(self, attributes: Mapping[str, str]) -> None:
        """Adds a subscription at the end. Attribute names are as OPML has them, those of ours begin with `mm:`.

        Raises:
            FeedError: the address is in the list already.
        """
        element = Element("outline", {_qualified(name): value for name, value in attributes.items()})
        url = attributes["xmlUrl"]
        for place in self._places:
            if identity(place.feed.url) == identity(url):
                raise FeedError(url, f"is in the list already: {place.where}, {place.feed.outlet}")
        self._append(self._body, element)

    def merge(self, source: Path) -> Merged:
        """Adds what the other list has and this one has not, with its folders and all of its attributes. A feed that
        both have keeps what is written here, and gets those of our attributes that it lacks, but for its id.

        Raises:
            BeatError: the other list is faulty, or gives another feed's id; the message names file and line.
        """
        known = {identity(place.feed.url): place.element for place in self._places}
        ids = {place.feed.feed_id: place.feed.url for place in self._places}
        added: list[str] = []
        completed: list[str] = []
        old: list[str] = []
        for place in Subscriptions._of(source)._places:
            url, key = place.feed.url, identity(place.feed.url)
            if key in known:
                (completed if _complete(known[key], place.element) else old).append(url)
                continue
            if place.feed.feed_id in ids:
                owner = ids[place.feed.feed_id]
                raise BeatError(place.where, f"mm:id {place.feed.feed_id!r} is that of {owner} in {self.path}")
            element = Element("outline", dict(place.element.attrib))
            self._append(self._folder(place.folders), element)
            known[key], ids[place.feed.feed_id] = element, url
            added.append(url)
        return Merged(tuple(added), tuple(completed), tuple(old))

    @classmethod
    def _of(cls, path: Path) -> "Subscriptions":
        if not path.exists():
            raise BeatError(path, "cannot be read: No such file or directory")
        return cls(path)

    def _folder(self, names: tuple[str, ...]) -> Element:
        """The folder of these names, made where it is missing."""
        at = self._body
        for name in names:
            inside = (one for one in at if _is(one, "outline") and _url(one) is None)
            found = next((one for one in inside if _title(one) == name), None)
            if found is None:
                found = Element("outline", {"text": name, "title": name})
                self._append(at, found)
            at = found
        return at

    def _append(self, parent: Element, child: Element) -> None:
        """Adds the child as the last, indented as its siblings are."""
        if len(parent):
            child.tail = parent[-1].tail
            parent[-1].tail = parent[-2].tail if len(parent) > 1 else parent.text
        else:
            outer = "\n" + "  " * _depth(self._root, parent)
            parent.text, child.tail = f"{outer}  ", outer
        parent.append(child)

    def save(self, path: Path | None = None) -> None:
        """Writes the list whole or not at all.

        Raises:
            FeedError: the file belongs to the package, whose lists are replaced with it.
            OSError: the file cannot be written.
        """
        path = path or self.path
        if path.resolve().is_relative_to(PACKAGE):
            raise FeedError(path, "belongs to the package; keep a list of your own (`media-monitor feeds export FILE`)")
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.part")
        ElementTree(self._root).write(partial, encoding="utf-8", xml_declaration=True)
        partial.replace(path)


def exported(opml: Path, feeds: Mapping[str, Feed], wanted: Callable[[Feed], bool], target: Path) -> int:
    """Writes to `target` the wanted feeds of the list `opml`, with folders and all attributes; returns how many.

    `feeds` are those of the list by address. What they take from the beat's files is written out, so that the new
    list means the same without those.
    """
    copy = Subscriptions._of(opml)
    seen: set[str] = set()
    parents = {child: parent for parent in copy._body.iter() for child in parent}
    for place in copy._places:
        feed = feeds[place.feed.url]
        if feed.feed_id in seen or not wanted(feed):
            _remove(parents, place.element)
            continue
        seen.add(feed.feed_id)
        _complete(place.element, Element("outline", _own(feed)), also_id=True)
    copy.save(target)
    return len(seen)


def _own(feed: Feed) -> dict[str, str]:
    values = {"id": feed.feed_id, "publisher": feed.publisher, "affiliation": feed.affiliation, "tier": str(feed.tier)}
    return {_qualified(f"mm:{name}"): value for name, value in values.items()}


def _remove(parents: Mapping[Element, Element], element: Element) -> None:
    """Takes the element away, and folders that are empty then."""
    parent = parents[element]
    parent.remove(element)
    if _is(parent, "outline") and not any(_is(child, "outline") for child in parent):
        _remove(parents, parent)


def _parsed(path: Path) -> Element:
    read_opml(path)  # refuses what would make the parser below grow without bound, and names the line of a fault
    root: Element = fromstring(path.read_bytes(), parser=XMLParser(target=TreeBuilder(insert_comments=True)))
    return root


def _placed(path: Path, root: Element) -> Iterator[_Place]:
    for outline, (element, folders) in zip(read_opml(path), _subscriptions(root, ()), strict=True):
        yield _Place(element, outline.where, feed_of(outline, _NO_FAMILIES), folders)


def _subscriptions(parent: Element, folders: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Every outline with an address, in the order of the file, and the folders that it is in."""
    for child in parent:
        is_outline, is_feed = _is(child, "outline"), _url(child) is not None
        if is_outline and is_feed:
            yield child, folders
        yield from _subscriptions(child, (*folders, _title(child)) if is_outline and not is_feed else folders)


def _complete(element: Element, other: Element, *, also_id: bool = False) -> bool:
    """Gives the element those of our attributes that only the other has; whether there were any."""
    kept = {name for name in other.attrib if name.startswith(f"{{{NAMESPACE}}}") and name not in element.attrib}
    if not also_id:
        kept.discard(_qualified("mm:id"))
    element.attrib.update({name: other.attrib[name] for name in other.attrib if name in kept})
    return bool(kept)


def _depth(root: Element, sought: Element) -> int:
    parents = {child: parent for parent in root.iter() for child in parent}
    depth = 0
    while sought is not root:
        sought, depth = parents[sought], depth + 1
    return depth


def _qualified(name: str) -> str:
    return f"{{{NAMESPACE}}}{name.removeprefix('mm:')}" if name.startswith("mm:") else name


def _is(element: Element, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.lower() == name


def _url(element: Element) -> str | None:
    return next((value for name, value in element.attrib.items() if name.lower() == "xmlurl"), None)


def _title(element: Element) -> str:
    return element.get("title") or element.get("text") or ""
