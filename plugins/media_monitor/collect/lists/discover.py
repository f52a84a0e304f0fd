"""The feeds of a site, found from the address of any of its pages.

A page names its feeds in `<link rel="alternate">` (RSS Advisory Board, "RSS Autodiscovery"; Atom and JSON Feed do the
same); where it names none, the addresses that most publishing systems use are tried, one after the other. An index of
sitemaps is followed to those that it names, and no further.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from media_monitor.collect.formats.charset import decode
from media_monitor.collect.lists.audit import identity
from media_monitor.collect.lists.visit import Visit, visit
from media_monitor.config import Settings
from media_monitor.errors import FeedError

KINDS = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
    "application/rdf+xml": "RDF",
}
GUESSES = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.json")
_MOST_HTML = 1_000_000  # characters of a page that are read: the head comes first
_MOST_NAMED = 50
_MOST_SITEMAPS = 5  # of an index that are asked for, where none is named after news


@dataclass(frozen=True, slots=True)
class Named:
    """A feed that a page names."""

    url: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that was read; or, when the page names several, those to choose from."""

    feed: Visit | None = None
    choice: tuple[Named, ...] = ()


def find(url: str, settings: Settings, trying: Callable[[str], None] = lambda _: None) -> Found:
    """The feed at the address, or those of the page there. `trying` is told each address before it is asked.

    Raises:
        FeedError: it cannot be reached, or is neither a feed nor a page of a site that has one.
    """
    trying(url)
    first = visit(url, settings)
    if first.fault is None:
        return Found(first)
    if not first.answer.body:
        raise FeedError(url, first.fault)
    if first.reading.sitemaps:
        return _of_index(url, first, settings, trying)
    content_type = (first.answer.last and first.answer.last.header("Content-Type")) or ""
    named = names(decode(first.answer.body, content_type)[0], first.final_url)
    if len(named) > 1:
        return Found(choice=named)
    if found := _first_read([one.url for one in named] or guesses(first.final_url), settings, trying):
        return found
    told = f"names only {named[0].url}, which is no feed" if named else f"names none, and none is at {_listed()}"
    raise FeedError(url, f"{first.reading.fault or 'is no feed'}; it {told}")


def _of_index(url: str, index: Visit, settings: Settings, trying: Callable[[str], None]) -> Found:
    """The sitemap to take: one named after news, those to choose from if they are several, else one that has news."""
    joined = (_joined(index.final_url, address) for address in index.reading.sitemaps)
    named = tuple(Named(address, "", "sitemap") for address in joined if address)
    news = tuple(one for one in named if "news" in one.url.lower())
    if len(news) > 1:
        return Found(choice=news)
    tried = [one.url for one in news or named[:_MOST_SITEMAPS]]
    if found := _first_read(tried, settings, trying):
        return found
    raise FeedError(url, f"is an index of sitemaps, and no news can be read in {', '.join(tried) or 'any of them'}")


def _first_read(urls: list[str], settings: Settings, trying: Callable[[str], None]) -> Found | None:
    for candidate in urls:
        trying(candidate)
        found = visit(candidate, settings)
        if found.fault is None:
            return Found(found)
    return None


def names(html: str, url: str) -> tuple[Named, ...]:
    """The feeds that the page names, in its order; feeds of comments come last."""
    tree = LexborHTMLParser(html[:_MOST_HTML])
    base = tree.css_first("base[href]")
    root = _joined(url, (base.attributes.get("href") if base else None) or "") or url
    found: dict[str, Named] = {}
    for one in _links(tree, root):
        found.setdefault(identity(one.url), one)
    return tuple(sorted(list(found.values())[:_MOST_NAMED], key=_is_of_comments))


def guesses(url: str) -> list[str]:
    """Where feeds of the site mostly are."""
    return [urljoin(url, path) for path in GUESSES]


def _links(tree: LexborHTMLParser, root: str) -> Iterator[Named]:
    for link in tree.css("link[rel][href]"):
        relations = (link.attributes.get("rel") or "").lower().split()
        kind = KINDS.get((link.attributes.get("type") or "").partition(";")[0].strip().lower())
        url = _joined(root, link.attributes.get("href") or "")
        if url and kind and "alternate" in relations:
            yield Named(url, " ".join((link.attributes.get("title") or "").split()), kind)


def _joined(root: str, href: str) -> str | None:
    try:
        url = urljoin(root, href.strip())
        return url if href.strip() and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _is_of_comments(one: Named) -> bool:
    return "comment" in f"{one.title} {one.url}".lower()


def _listed() -> str:
    return ", ".join(GUESSES)
