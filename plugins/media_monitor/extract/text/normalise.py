"""Text made comparable, with a map back to the stored characters.

Names and cues are looked up in the normalised text; facts refer to the stored text. What is made equal, and where
that comes from:

* canonical composition, half-width and full-width forms, Arabic presentation forms, Latin ligatures (Unicode NFKC,
  used only for these blocks, so that ² or ½ keep their meaning);
* letter case (simple lower-casing); Russian ё and е;
* Arabic alef with hamza, madda or wasla and bare alef; alef maqsura and yeh; teh marbuta and heh; Persian kaf and
  yeh; vowel signs and tatweel go (the usual orthographic normalisation of Arabic retrieval);
* kinds of apostrophe, dash and space; runs of spaces (line feeds stay);
* zero-width and bidirectional controls, soft hyphens and variation selectors go;
* an unpaired surrogate becomes U+FFFD, so that any string can be handed to the libraries.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_ARABIC_SIGNS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_COMBINING = "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_SPACES = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_COMPATIBLE = ((0xF900, 0xFAFF), (0xFB00, 0xFB06), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFF01, 0xFFEF))
_EQUAL = {
    "'": "\u2018\u2019\u201b\u02bc\u02b9\u02bb\u0060\u00b4\u2032\uff07",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\ufe58\ufe63\uff0d",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\r\v\f",
    "\u0627": "أإآٱ",
    "\u064a": "ىیې",
    "\u0647": "ةە",
    "\u0643": "ک",
    "е": "ёЁ",
}


def _table() -> tuple[dict[int, str], dict[str, str]]:
    """Replacements by one character, and by several."""
    single = {ord(c): to for to, group in _EQUAL.items() for c in group}
    single.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    several: dict[str, str] = {"İ": "i"}
    for code in (c for low, high in _COMPATIBLE for c in range(low, high + 1) if c not in single):
        plain = unicodedata.normalize("NFKC", chr(code))
        plain = re.sub(f"[{_ARABIC_SIGNS}]", "", plain).translate(single).lower()
        if len(plain) == 1:
            single[code] = plain
        elif plain:
            several[chr(code)] = plain
    return single, several


_SINGLE, _SEVERAL = _table()
# What a plain one-to-one translation cannot do: delete, expand, compose, and collapse runs of spaces.
_SPECIAL = re.compile(
    f"(?P<gone>[{_INVISIBLE}{_ARABIC_SIGNS}]+)"
    f"|(?P<spaces>[{_SPACES}]{{2,}})"
    f"|(?P<jamo>[\u1100-\u11ff]+)"
    f"|(?P<marked>[^{_COMBINING}\n][{_COMBINING}]+)"
    f"|(?P<several>[{re.escape(''.join(_SEVERAL))}])"
)
SURROGATE = re.compile("[\ud800-\udfff]")
_HIDDEN_TAIL = re.compile(f"[{_INVISIBLE}]+$")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text. `offsets[i]` is the stored position of its character i, and the last one the stored length."""

    stored: str
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) in the stored text of the characters from start to end of the normalised one, start < end.

        Signs that belong to the last letter are inside; invisible controls after it are not.
        """
        first, last = self.offsets[start], self.offsets[end]
        tail = _HIDDEN_TAIL.search(self.stored, first, last)
        return first, tail.start() if tail and tail.start() > first else last

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) in the normalised text of a span of the stored one."""
        if isinstance(self.offsets, range):
            return start, end
        low = bisect_left(self.offsets, start, 0, len(self.text))
        return low, max(low, bisect_left(self.offsets, end, 0, len(self.text)))

    def position(self, stored: int) -> int:
        """Index of the normalised character that stands for the stored position."""
        return stored if isinstance(self.offsets, range) else max(0, bisect_right(self.offsets, stored) - 1)


def normalise(stored: str) -> Normalised:
    """The text in lower case and comparable form, with its offset map.

    >>> normalise("Ёлка в Пхеньяне").text
    'елка в пхеньяне'
    """
    if not _SPECIAL.search(stored):
        return Normalised(stored, _folded(stored), range(len(stored) + 1))
    pieces: list[str] = []
    offsets = array("I")
    done = 0
    for match in _SPECIAL.finditer(stored):
        start, end = match.span()
        pieces.append(_folded(stored[done:start]))
        offsets.extend(range(done, start))
        plain = _replaced(match.lastgroup or "", match.group())
        pieces.append(plain)
        offsets.extend([start] * len(plain))
        done = end
    pieces.append(_folded(stored[done:]))
    offsets.extend(range(done, len(stored) + 1))
    return Normalised(stored, "".join(pieces), offsets)


def folded(text: str) -> str:
    """The comparable form alone, for names and cues of a table.

    >>> folded("NORTH\\u00a0Korea’s")
    "north korea's"
    """
    return normalise(text).text


def _folded(piece: str) -> str:
    return piece.lower() if piece.isascii() and not _UNUSUAL.search(piece) else piece.translate(_SINGLE).lower()


_UNUSUAL = re.compile("[\t\r\v\f`]")


def _replaced(kind: str, piece: str) -> str:
    if kind == "gone":
        return ""
    if kind == "spaces":
        return " "
    if kind == "several":
        return _SEVERAL[piece]
    composed = unicodedata.normalize("NFC", piece).translate(_SINGLE).lower()
    return composed if kind == "jamo" else _without_arabic_signs(composed)


def _without_arabic_signs(text: str) -> str:
    return re.sub(f"[{_ARABIC_SIGNS}]", "", text)
