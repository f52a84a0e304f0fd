"""Words in ten scripts on every page: whole, isolated from what stands around them, and in their own direction."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.web.routes import is_page, routes

from media_monitor.warehouse import query

# Letters beyond Latin and its accents. What is not words of strangers as they are shown: scripts, data, choices.
FOREIGN = re.compile("[\u0370-\u1fff\u2c00-\u2fff\u3005-\ud7ff\uf900-\ufdff\ufe70-\uffdc]")
APART = "script, style, title, option, pre, code, textarea"
RIGHT_TO_LEFT = ("R", "AL")


def texts(node: LexborNode, direction: str | None = None) -> Iterator[tuple[str, str | None]]:
    """Each text below the node with the direction that an element around it gives; None where none does."""
    child = node.child
    while child is not None:
        if child.tag == "-text":
            yield child.text_content or "", direction
        else:
            own = "auto" if child.tag == "bdi" else None  # what HTML gives a bdi that says nothing itself
            yield from texts(child, child.attributes.get("dir") or own or direction)
        child = child.next


def faults(html: str) -> list[str]:
    """Words that are broken, stand loose in the page, or run the wrong way."""
    page = LexborHTMLParser(html)
    for node in page.css(APART):
        node.decompose()
    found = ["U+FFFD stands in it"] if "\ufffd" in html else []
    for text, direction in texts(page.body):
        if not FOREIGN.search(text):
            continue
        first = next(unicodedata.bidirectional(letter) for letter in text if letter.isalpha())
        wanted = "rtl" if first in RIGHT_TO_LEFT else "ltr"
        if direction not in (wanted, "auto"):
            found.append(f"{direction or 'no'} direction: {text.strip()[:60]}")
    return found


def test_every_page_shows_them_right(reader, loaded):
    paths = [path for method, path in routes(loaded) if method == "GET" and is_page(path)]
    told = {path: faults(reader.get(path).text) for path in paths}
    assert {path: wrong for path, wrong in told.items() if wrong} == {}


@pytest.mark.parametrize("path", ["/stories/{story_id}", "/sources/publishers/{publisher}"])
def test_headlines_of_every_language_stand_as_they_were_printed(reader, loaded, path):
    sql = """
        SELECT * FROM story_articles QUALIFY row_number() OVER (PARTITION BY language ORDER BY article_id) = 1
    """
    found = query.rows(loaded.home, sql)
    assert len({row["language"] for row in found}) >= 8
    for row in found:
        html = reader.get(path.format(**row)).text
        shown = [text.strip(" \n\u2066\u2067\u2068\u2069") for text, _ in texts(LexborHTMLParser(html).body)]
        assert row["title"] in shown
        assert f'lang="{row["language"]}"' in html
        assert faults(html) == []
