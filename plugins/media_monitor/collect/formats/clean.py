"""Markup to plain text, as a reader of the page would see it."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

LONGEST_TEXT = 100_000  # code points of an article's text that are kept
LONGEST_TITLE = 1_000
_LONGEST_HTML = 10 * LONGEST_TEXT  # markup beyond this many characters is not looked at
# Elements that start on a line of their own (HTML Standard, "Rendering": display block, list-item or table).
BLOCKS = (
    "address,article,aside,blockquote,br,caption,center,dd,details,dialog,dir,div,dl,dt,fieldset,figcaption,figure,"
    "footer,form,h1,h2,h3,h4,h5,h6,header,hr,li,main,menu,nav,ol,p,pre,section,summary,table,tbody,td,tfoot,th,thead,"
    "tr,ul"
)
_UNSEEN = "script,style,noscript,template,iframe,object,svg,math,head,title,textarea,select"
# In XHTML these may close themselves; to HTML they are open, and the rest of the text is theirs. So are those that
# nobody closes.
_SWALLOWS = "script|style|noscript|template|iframe|object|svg|math|title|textarea|select"
_SELF_CLOSED = re.compile(rf"<(?:{_SWALLOWS})\b[^<>]*/>", re.IGNORECASE)
_UNCLOSED = re.compile(r"<(iframe|object|title|textarea|select)\b[^<>]*>", re.IGNORECASE)
_DEEPEST = 512  # elements in each other, as browsers allow; more takes time that grows with the square
_NESTS = re.compile(
    r"<(/?)(?!(?:br|p|li|dd|dt|td|th|tr|img|hr|input|option|wbr|source|meta|link|col)\b)[a-z]", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*(?:>|$)")
_MARKUP = re.compile(r"[<&]")
# Controls, surrogates, non-characters, soft hyphen, zero-width space and joiners of words: nobody sees them, and they
# part words. The zero-width non-joiner (Persian) and joiner are letters' business and stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")
_SPACES = re.compile(r"[^\S\n]+")


def plain_text(html: str) -> str:
    """The text of the markup: a line for each block, no empty lines, single spaces, no invisible characters.

    >>> plain_text("<p>Moscow &amp; Pyongyang</p><script>x()</script><p>said<br>so")
    'Moscow & Pyongyang\\nsaid\\nso'
    """
    source = html[:_LONGEST_HTML]
    if source.isprintable() and not _MARKUP.search(source):  # most titles and names: nothing to be done but spaces
        return " ".join(source.split())[:LONGEST_TEXT].rstrip()
    source = _INVISIBLE.sub("", source)
    text = _rendered(source) if _MARKUP.search(source) else source
    # Entities can bring invisible characters back.
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text)))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT].rstrip()


def plain_line(html: str) -> str:
    """The text of the markup on one line, also without characters that turn the direction of writing: for titles."""
    line = _BIDI.sub("", plain_text(html)).replace("\n", " ")
    return " ".join(line.split())[:LONGEST_TITLE].rstrip()


def _rendered(source: str) -> str:
    source = _SELF_CLOSED.sub("", source)
    if _UNCLOSED.search(source):
        source = _closed(source)
    if _is_too_deep(source):
        return unescape(_TAG.sub("\n", source))
    # In HTML a line end in the source is a space; in text it would be a line.
    tree = LexborHTMLParser(_LINE_ENDS.sub(" ", source) if "<" in source else source)
    for unseen in reversed(tree.css(_UNSEEN)):  # inner ones first: what went with its parent must not be touched again
        unseen.decompose()
    if tree.body is None:
        return ""
    for block in tree.body.css(BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    return str(tree.body.text(deep=True))


def _closed(source: str) -> str:
    """Without the tags that open an element which nothing closes later, and so would hide all text to the end."""
    lower = source.lower()
    last = {name: lower.rfind(f"</{name}") for name in {found[1].lower() for found in _UNCLOSED.finditer(source)}}
    return _UNCLOSED.sub(lambda tag: tag[0] if tag.start() < last[tag[1].lower()] else "", source)


def _is_too_deep(source: str) -> bool:
    if source.count("<") <= _DEEPEST:
        return False
    depth = 0
    for tag in _NESTS.finditer(source):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False
