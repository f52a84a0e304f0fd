"""The main text of an article page: what a reader came for, without menus, boxes, comments and related items.

readability-lxml finds the element that holds it; it was the best of five libraries on pages in ten languages
(benchmarks/fulltext.py; the table stands in docs/collecting.md). What is beside the text is taken away before by what
it is called (pages.toml), and a lead that stands apart is put back: such boxes and leads are what the libraries get
wrong.
"""

import re
from collections.abc import Iterator

from readability import Document as Readable  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser, LexborNode

from media_monitor.collect.clean import plain_line, plain_text
from media_monitor.collect.page_rules import rules

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
# No box beside the text is as long as that; an element whose name misleads is often the text itself.
_MOST_OF_PAGE = 0.4
_LEAST_PARAGRAPH = 20  # letters


def main_text(html: str, lead: str = "") -> str:
    """The text as plain lines, "" where there is none. `lead` is a summary as the page gives it (its description):
    put first where it stands on the page, but apart from the text."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ""
    _take_away(tree)
    shown = _line(tree.body.text(deep=True, separator=" "))
    text = plain_text(Readable(tree.html or "").summary(html_partial=True))
    text = "\n".join(line for line in text.split("\n") if re.search(r"\w", line))
    lead = plain_line(lead)
    if len(lead) >= _LEAST_PARAGRAPH and lead in shown and lead not in _line(text):
        return f"{lead}\n{text}".rstrip()
    return text


def _line(text: str) -> str:
    return " ".join(text.split())


def _take_away(tree: LexborHTMLParser) -> None:
    """Elements that are not the text, by their kind or by a word of their class or id."""
    for node in tree.css(rules().unread):
        node.decompose()
    assert tree.body is not None
    most = _MOST_OF_PAGE * len(tree.body.text(deep=True))
    for node in list(tree.body.css("[class], [id]")):
        if rules().beside & set(_names(node)) and len(node.text(deep=True)) < most:
            node.decompose()


def _names(node: LexborNode) -> Iterator[str]:
    for name in ("class", "id"):
        yield from (word.lower() for word in _WORDS.findall(node.attributes.get(name) or ""))
