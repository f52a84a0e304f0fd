"""Words in the form in which they are searched, and the way back to the characters that are stored.

The form is lower case, a space around each word and nothing else between them. What is made equal, beyond letter case:

* compatible forms (Unicode NFKC): full and half width, presentation forms, ligatures, ² and 2; digits of all scripts;
* accents on Latin and Greek letters and stress marks on Cyrillic ones; ё and е (й and ї are letters of their own);
* Arabic vowel signs and tatweel go, so does hamza with or without a seat; teh marbuta and heh, alef maqsura and yeh,
  Persian kaf and yeh are one (the usual orthographic normalisation of Arabic retrieval);
* ß and ss, æ and ae, ø and o, ł and l, where Unicode knows no accent;
* controls that nobody sees go; all that is neither letter nor digit parts words, an apostrophe too.

Scripts without spaces, and Hangul with its particles, are cut from letters and digits beside them: `2025 年`.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

FORM = "1"  # to be raised when the searched form changes: stored words are made anew then

# Han, kana, bopomofo and Hangul; Thai, Lao, Myanmar and Khmer. They are searched by any part of a run.
FREE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3105-\u312f"
    "\u3130-\u318f\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_EQUAL = {
    **dict.fromkeys("أإآٱ", "ا"), "ؤ": "و", **dict.fromkeys("ئىیې", "ي"), **dict.fromkeys("ةە", "ه"), "ک": "ك",
    **dict.fromkeys("ءـ", ""), **dict.fromkeys("ёѐ", "е"), "ѝ": "и",
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    # Letters to Unicode, apostrophes to a reader.
    **dict.fromkeys("ʹʺʻʼʽˈ", " "),
}  # fmt: skip
_RUN = re.compile(f"[{FREE}]+")
_IS_FREE = re.compile(f"[{FREE}]")
# A character with what composes with it: accents, voicing marks of half-width kana, vowels and finals of Hangul.
_COMPOSING = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1160-\u11ff"
    "\u3099\u309a\uff9e\uff9f"
)
_CLUSTER = re.compile(f"(?s).[{_COMPOSING}]+")


class _Forms(dict[int, str]):
    """The searched form of each character by its code point, found out when it is first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = form = "".join(map(_form, unicodedata.normalize("NFKC", chr(code)).casefold()))
        return form


_FORMS = _Forms()


@dataclass(frozen=True, slots=True)
class Words:
    """The searched form of a text. `offsets[i]` is the stored position of its character i, and the last one the end."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) in the stored text of the characters from start to end of the searched form, start < end."""
        return self.offsets[start], self.offsets[end - 1] + 1


def words(text: str) -> str:
    """The searched form.

    >>> words("Ёлка в Пхеньяне: 2025年")
    ' елка в пхеньяне 2025 年 '
    """
    plain = unicodedata.normalize("NFKC", text).translate(_FORMS)
    return f" {' '.join(_RUN.sub(_apart, plain).split())} "


def traced(text: str) -> Words:
    """The searched form with its way back; its text is that of `words`."""
    letters, offsets = [" "], array("I", [0])
    free = False
    for position, form in _pieces(text):
        for letter in form:
            is_free = _IS_FREE.match(letter) is not None
            if letters[-1] != " " and (letter.isspace() or is_free != free):
                letters.append(" ")
                offsets.append(position)
            if not letter.isspace():
                letters.append(letter)
                offsets.append(position)
                free = is_free
    if letters[-1] != " " or len(letters) == 1:
        letters.append(" ")
        offsets.append(len(text))
    offsets.append(len(text))
    return Words("".join(letters), offsets)


def is_free(token: str) -> bool:
    """Whether the word is of a script that is searched by any part of a run."""
    return _IS_FREE.match(token) is not None


def _pieces(text: str) -> list[tuple[int, str]]:
    """(position, searched form) of each character, or of each group of characters that Unicode composes."""
    found: list[tuple[int, str]] = []
    done = 0
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        found += [(i, _FORMS[ord(text[i])]) for i in range(done, start)]
        composed = unicodedata.normalize("NFKC", cluster.group()).translate(_FORMS)
        found.append((start, composed))
        done = end
    found += [(i, _FORMS[ord(text[i])]) for i in range(done, len(text))]
    return found


def _apart(run: re.Match[str]) -> str:
    return f" {run.group()} "


def _form(letter: str) -> str:
    """The form of one character that is compatible and in lower case already."""
    if letter in _EQUAL:
        return _EQUAL[letter]
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if kind[0] not in "LN" and kind != "Mc":
        return " "
    if unicodedata.name(letter, "").startswith(("LATIN", "GREEK")):
        return "".join(_EQUAL.get(c, c) for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return letter
