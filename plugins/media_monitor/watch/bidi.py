"""Foreign text inside an English message: cleaned, and isolated so that right-to-left script disturbs nothing."""

import re
import unicodedata
from html import escape

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# Controls, and the marks that would change direction beyond the text that they stand in.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def cleaned(text: str) -> str:
    """The text on one line, without control and direction characters."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def direction(text: str) -> str:
    """`rtl` or `ltr`, by the first character that has a direction.

    >>> direction("«Мы»"), direction("“شاركت” in Kursk")
    ('ltr', 'rtl')
    """
    strong = (unicodedata.bidirectional(character) for character in text)
    return next(("rtl" if kind in ("R", "AL") else "ltr" for kind in strong if kind in ("L", "R", "AL")), "ltr")


def isolated(text: str) -> str:
    """The cleaned text for a plain message, between Unicode isolates where it has right-to-left script."""
    clean = cleaned(text)
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in clean):
        return f"{_FIRST_STRONG_ISOLATE}{clean}{_POP_ISOLATE}"
    return clean


def isolated_html(text: str, language: str | None = None) -> str:
    """The isolated and escaped text as a `bdi` element with its direction, and its language where that is known.

    The isolates inside serve mail programs that make plain text of it.
    """
    clean = isolated(text)
    lang = f' lang="{escape(language)}"' if language else ""
    return f'<bdi dir="{direction(clean)}"{lang}>{escape(clean)}</bdi>'
