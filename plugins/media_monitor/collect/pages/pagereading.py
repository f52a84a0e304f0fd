"""An article page's bytes to its text and what it says of itself: all that is done with what a stranger wrote.

No network, no files; runs in the sandbox, for pages can be made to hold a parser for hours.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from media_monitor.collect.formats.charset import decode
from media_monitor.collect.formats.clean import plain_text
from media_monitor.collect.pages import walls
from media_monitor.collect.pages.maintext import LIBRARY, main_text
from media_monitor.collect.pages.pagefacts import Facts, facts
from media_monitor.sources import PageOutcome

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 8_192
_HTML = re.compile(r"(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|\?xml|!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was found: outcome, and the reason where that is not "text"; the main text; what the page declares."""

    outcome: PageOutcome
    reason: str = ""
    text: str = ""
    facts: Facts = field(default_factory=Facts)
    library: str = LIBRARY


@dataclass(frozen=True, slots=True)
class PageDocument:
    """What a server sent for an article. `asked` and `url` are its addresses before and after redirects; `title` and
    `summary` are what the feed says of it; `fetched_at` is aware."""

    body: bytes
    content_type: str
    asked: str
    url: str
    title: str
    summary: str
    fetched_at: datetime

    def read(self) -> PageReading:
        """The reading of the page."""
        return read(self)

    def failed(self, reason: str) -> PageReading:
        """For a page over which the reader broke down."""
        return PageReading("error", reason)


def read(document: PageDocument) -> PageReading:
    """The page's text where it has one, what it declares, and what it is."""
    if found := walls.instead(document.asked, document.url):
        return PageReading(*found)
    if not _is_html(document):
        return PageReading("error", f"is no HTML ({document.content_type.partition(';')[0] or 'of no type'})")
    html = _decoded(document)
    tree = LexborHTMLParser(html)
    declared = facts(tree, document.url, document.fetched_at)
    text = _without_title(main_text(html, declared.description), (document.title, *declared.headings))
    look = walls.Look(html, plain_text(html), text, declared, document.title, document.summary)
    outcome, reason = walls.verdict(look)
    return PageReading(outcome, reason, text if outcome == "text" else "", declared)


def _is_html(document: PageDocument) -> bool:
    if document.content_type and not document.content_type.startswith(("text/plain", "application/octet-stream")):
        return bool(_HTML.match(document.content_type.strip()))
    return bool(_LOOKS_LIKE_HTML.match(document.body))


def _decoded(document: PageDocument) -> str:
    """The markup; the page's own declaration counts where the server's header has none."""
    content_type = document.content_type
    declared = _META_CHARSET.search(document.body[:_HEAD_BYTES])
    if declared and "charset" not in content_type.lower():
        content_type = f"{content_type or 'text/html'}; charset={declared[1].decode('ascii', 'replace')}"
    return decode(document.body, content_type)[0]


def _without_title(text: str, titles: tuple[str, ...]) -> str:
    """Without headlines before the text: the article has its title apart."""
    lines = text.split("\n")
    while lines and lines[0] in titles:
        lines = lines[1:]
    return "\n".join(lines)
