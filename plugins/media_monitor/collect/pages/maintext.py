"""The main text of an article page: what a reader came for, without menus, boxes, comments and related items.

readability-lxml finds the element that holds it; it was the best of five libraries on pages in ten languages
(benchmarks/fulltext.py; the table stands in docs/collecting.md). What is beside the text is taken away before by what
it is called (pages.toml), and a lead that stands apart is put back: such boxes and leads are what the libraries get
wrong.
"""

import logging
import re
from collections.abc import Iterator
from importlib.metadata import version

from selectolax.lexbor import LexborHTMLParser, LexborNode

from media_monitor.collect.formats.clean import BLOCKS, plain_line, plain_text
from media_monitor.collect.formats.parsed import NOT_XML
from media_monitor.collect.pages.page_rules import rules

LIBRARY = f"readability-lxml {version('readability-lxml')}"
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_BARE = "body, div, td, section, article, main, center, font, span, blockquote, li, p"
_BLOCKS = set(BLOCKS.split(","))
# No box beside the text is as long as that; an element whose name misleads is often the text itself.
_MOST_OF_PAGE = 0.4
_LEAST_PARAGRAPH = 20  # letters


def main_text(html: str, lead: str = "") -> str:
    """The text as plain lines, "" where there is none. `lead` is a summary as the page gives it (its description):
    put first where it stands on the page, but apart from the text."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ""
    _take_away(tree.body)
    _part(tree)
    shown = _line(tree.body.text(deep=True, separator=" "))
    text = plain_text(_found(tree.html or ""))
    text = "\n".join(line for line in text.split("\n") if re.search(r"\w", line))
    lead = plain_line(lead)
    if len(lead) >= _LEAST_PARAGRAPH and lead in shown and lead not in _line(text):
        return f"{lead}\n{text}".rstrip()
    return text


def _found(html: str) -> str:
    """The element that holds the text, as markup; "" where the library breaks down over the page."""
    # Only the process that reads pages needs it; every task imports this module.
    from readability import Document as Readable  # type: ignore[import-untyped]

    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)  # it prints a traceback for a page
    try:
        # lxml refuses what no XML may contain, which stands on pages as it is or as a reference.
        return str(Readable(NOT_XML.sub("", html)).summary(html_partial=True))
    except MemoryError:
        raise
    except Exception:  # such as AssertionError, for a root element that it takes away itself
        return ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _take_away(body: LexborNode) -> None:
    """Elements that are not the text, by their kind or by a word of their class or id.

    Inner ones go first: an element that went with its parent must not be touched again. What holds much of the page
    stays, for old sites put all of it into a form, and others hide it until a dialogue is over.
    """
    for node in reversed(body.css(rules().unread)):
        node.decompose()
    most = _MOST_OF_PAGE * len(body.text(deep=True))
    for node in reversed(body.css(f"{rules().apart}, [class], [id]")):
        is_beside = node.css_matches(rules().apart) or rules().beside & set(_names(node))
        if is_beside and node.tag != "body" and len(node.text(deep=True)) < most:
            node.decompose()
    for node in (body, *body.css("[hidden], [style]")):
        if len(node.text(deep=True)) >= most:
            for name in ("hidden", "style"):  # readability would take it away
                if name in node.attributes:
                    del node.attrs[name]


def _part(tree: LexborHTMLParser) -> None:
    """Makes paragraphs of bare text beside blocks and line breaks. readability would make one of each piece between
    two links."""
    for node in reversed(tree.css(_BARE)):  # inner ones first
        tags = {child.tag for child in node.iter()}
        if "br" in tags or (tags & _BLOCKS and any(_says(child) for child in node.iter(include_text=True))):
            node.inner_html = "".join(_parts(node))


def _says(node: LexborNode) -> bool:
    return bool(node.is_text_node and (node.text_content or "").strip())


def _parts(node: LexborNode) -> Iterator[str]:
    run: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "br" or child.tag in _BLOCKS:
            yield from _paragraph(run)
            run = []
            yield "" if child.tag == "br" else child.html or ""
        else:
            run.append(child.html or "")
    yield from _paragraph(run)


def _paragraph(run: list[str]) -> Iterator[str]:
    inner = "".join(run)
    if inner.strip():
        yield f"<p>{inner}</p>"


def _names(node: LexborNode) -> Iterator[str]:
    for name in ("class", "id"):
        yield from (word.lower() for word in _WORDS.findall(node.attributes.get(name) or ""))
