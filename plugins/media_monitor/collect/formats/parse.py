"""A feed's bytes to its entries; whatever the bytes are, the answer is entries or a reason.

The bytes are made text here, the prolog is made harmless, and the format's own reader does the rest. Readers can take
hours over a hostile document; `sandbox` sets an end to that.
"""

import re
import zlib

from selectolax.lexbor import LexborHTMLParser

from media_monitor.collect.formats import jsonfeed, sitemap, syndication
from media_monitor.collect.formats.charset import decode
from media_monitor.collect.formats.nesting import DEEPEST, too_deep
from media_monitor.collect.formats.parsed import NOT_XML, Parsed
from media_monitor.collect.formats.prolog import HostileProlog, harmless

_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_HTML = re.compile(r"(?>\s*<!--.*?-->)*\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]+|[0-9]+);?", re.ASCII)
# No text says a thousand times the same bracket, unclosed tag or reference; readers take seconds for a megabyte of it.
_RUN = re.compile(r"(<\w{0,20}|&(?:amp|lt|gt|quot|apos|nbsp|#\w{1,9});)\1{999,}")
_OPENING = 2_000
_GZIP = b"\x1f\x8b\x08"
_LARGEST = 50 * 1024 * 1024  # bytes of an unpacked file: the limit of the sitemap protocol
_NO_FEED = "is not a feed (RSS, Atom, JSON Feed, news sitemap); it begins with"


def parse(body: bytes, content_type: str = "", url: str = "") -> Parsed:
    """The entries of the feed in `body`. Relative links are resolved against `url`."""
    text = NOT_XML.sub("", decode(_unpacked(body), content_type)[0]).lstrip("\ufeff \t\r\n")
    if not text.strip():
        return Parsed(fault="is empty")
    parsed = jsonfeed.read(text, url) if jsonfeed.looks_like_json(text) else _marked_up(text, url)
    return parsed or Parsed(fault=f"{_NO_FEED} {' '.join(text[:_OPENING].split())[:60]!r}")


def _marked_up(text: str, url: str) -> Parsed | None:
    if _HTML.match(text[:_OPENING]):
        return Parsed(fault=_html_fault(text))
    text = _RUN.sub(r"\1", _REFERENCE.sub(_possible, text))
    if not text.strip():
        return Parsed(fault="is empty")
    try:
        document = harmless(text)
    except HostileProlog as found:
        return Parsed(fault=str(found))
    if too_deep(document):
        return Parsed(fault=f"has elements nested more than {DEEPEST:,} deep")
    root = _ROOT.search(document)
    if root and root[1].lower() == "opml":
        return Parsed(fault="is a list of feeds (OPML), not a feed")
    return sitemap.read(document) if root and root[1] in sitemap.ROOTS else syndication.read(document, url)


def _unpacked(body: bytes) -> bytes:
    """The content of a gzip file, such as sitemaps are, as far as it is whole and not too large."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _LARGEST)
    except zlib.error:
        return body


def _possible(reference: re.Match[str]) -> str:
    """The numeric character reference, or nothing for one to no character: feedparser breaks down over it."""
    digits = reference[1]
    if len(digits) > 20:
        return ""
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return reference[0] if code < 0x110000 and not NOT_XML.match(chr(code)) else ""


def _html_fault(text: str) -> str:
    tree = LexborHTMLParser(text[:200_000])
    for kind in ("rss", "atom"):
        link = tree.css_first(f'link[type="application/{kind}+xml"]')
        if link is not None and link.attributes.get("href"):
            return f"is an HTML page, not a feed; it names a feed at {link.attributes['href']}"
    return "is an HTML page, not a feed"
