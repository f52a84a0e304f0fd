"""Foreign text inside an English message: cleaned, and isolated so that right-to-left script disturbs nothing."""

import re
import unicodedata
from html import escape

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# Controls, line feeds and the escapes of terminals among them, and halves of characters that no encoding can write …
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# … and what nobody sees: marks that would change direction beyond the text that they stand in, and tags.
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]+")
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def cleaned(text: str) -> str:
    """The text on one line, without control and direction characters."""
    return " ".join(_UNSEEN.sub("", _BREAKS.sub(" ", text)).split())


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


def cut(text: str, limit: int) -> str:
    """The cleaned text, of at most `limit` characters: cut after a whole word, where it has such, with an ellipsis.

    >>> cut("units took part in the fighting", 18)
    'units took part…'
    """
    clean = cleaned(text)
    if len(clean) <= limit:
        return clean
    end = limit - 1
    while end > 1 and _joins(clean[end]):
        end -= 1
    kept = clean[:end]
    space = kept.rfind(" ")
    if not clean[end].isspace() and space >= limit // 2:
        kept = kept[:space]
    return kept.rstrip(" ,;:–—-") + "…"


def _joins(character: str) -> bool:
    """Whether the character is part of the one before it."""
    return bool(unicodedata.combining(character)) or character in "\u200d\ufe0e\ufe0f" or "🏻" <= character <= "🏿"


def isolated_html(text: str, language: str | None = None) -> str:
    """The isolated and escaped text as a `bdi` element with its direction, and its language where that is known.

    The isolates inside serve mail programs that make plain text of it.
    """
    clean = isolated(text)
    return f'<bdi dir="{direction(clean)}"{lang(language)}>{escape(clean)}</bdi>'


def lang(language: str | None) -> str:
    """The attribute `lang` with a space before it, where the language is a code and no words of a stranger."""
    return f' lang="{language}"' if language and _CODE.fullmatch(language) else ""
