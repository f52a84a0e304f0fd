"""Where a name may begin and end, by script.

Latin, Cyrillic and other alphabets: at the edge of a word. Han: anywhere. Katakana: not inside a longer run of
katakana. Hangul and Arabic: at the edge of a word, or where what is attached to the name stands in the tables of
the language. The cures and their measure: false hits of plain substring search were US in RUSSIA, UN in UNESCO,
Arabic names inside words, Korean names inside compounds.
"""

from functools import cache

from media_monitor.extract.text.affixes import Affixes

LONGEST_AFFIX = 6


@cache
def script(character: str) -> str:
    """The boundary class of a character: hangul, arabic, katakana, free (Han, kana, signs) or word."""
    code = ord(character)
    if 0xAC00 <= code <= 0xD7A3 or 0x3131 <= code <= 0x318E:
        return "hangul"
    if 0x0620 <= code <= 0x06D3:
        return "arabic"
    if 0x30A1 <= code <= 0x30FA or code == 0x30FC:
        return "katakana"
    if 0x3041 <= code <= 0x309F or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF:
        return "free"
    return "word" if character.isalnum() else "free"


def begins(text: str, start: int, affixes: Affixes) -> bool:
    """Whether a name may begin at start."""
    kind = script(text[start])
    if kind == "free" or start == 0 or script(text[start - 1]) != kind:
        return True
    if not affixes.attached_before:
        return False
    edge = start - 1
    while edge > 0 and start - edge <= LONGEST_AFFIX and script(text[edge - 1]) == kind:
        edge -= 1
    return text[edge:start] in affixes.attached_before


def ends(text: str, start: int, end: int, affixes: Affixes) -> bool:
    """Whether a name that begins at start may end at end."""
    kind = script(text[end - 1])
    if kind == "free" or end == len(text) or script(text[end]) != kind:
        return True
    if end - start >= affixes.free_after and kind == "hangul":
        return True
    if not affixes.attached_after:
        return False
    edge = end + 1
    while edge < len(text) and edge - end <= LONGEST_AFFIX and script(text[edge]) == kind:
        edge += 1
    return text[end:edge] in affixes.attached_after
