"""A text as a set of overlapping pieces, and how much two sets have in common."""

import re
from collections.abc import Iterator, Set

from media_monitor.extract.names.agencies import signature
from media_monitor.extract.text.normalise import normalise
from media_monitor.model import document_text

WORDS, CHARACTERS = 2, 4  # to a piece; of what is written without spaces, characters
MOST_WINDOWS = 12
LEAD_WORDS, LEAD_CHARACTERS = 40, 100  # as much as most feeds give of an article
_READ_AT_MOST = 5_000
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile("|".join(f"{a}[^{b}\n]{{1,400}}[{b}]" for a, b in ("“”", '""', "«»", "「」", "『』", ("„", "“”"))))


def tokens(title: str, text: str) -> list[str]:
    """The words of the text; of Chinese and Japanese the characters.

    Without dateline and credit line, and without what stands between quotation marks: everybody quotes the same words.
    """
    normal = normalise(document_text(title, text[:_READ_AT_MOST])).text
    for start, end in sorted(signature(normal).spans, reverse=True):
        normal = f"{normal[:start]} {normal[end:]}"
    return words(_QUOTED.sub(" ", normal.partition("\n")[2]))


def words(text: str) -> list[str]:
    """The words of a line in lower case; of Chinese and Japanese the characters."""
    found = _WORD.findall(text.casefold())
    whole = "".join(found)
    return list(whole) if len(_UNSPACED.findall(whole)) * 2 > len(whole) else found


def is_spaced(parts: list[str]) -> bool:
    """Whether `words` found words, not characters."""
    return any(len(part) > 1 for part in parts)


def pieces(parts: list[str]) -> frozenset[str]:
    """All runs of 2 words, or of 4 characters; what is shorter is one piece."""
    length, between = (WORDS, " ") if is_spaced(parts) else (CHARACTERS, "")
    if len(parts) <= length:
        return frozenset([between.join(parts)] if parts else [])
    return frozenset(map(between.join, zip(*(parts[i:] for i in range(length)), strict=False)))


def joined(parts: list[str]) -> str:
    """The parts as a line again, characters without spaces between them."""
    return (" " if is_spaced(parts) else "").join(parts)


def lead(parts: list[str]) -> list[str]:
    """The beginning of the text, of a length that most feeds give."""
    return next(windows(parts))


def windows(parts: list[str]) -> Iterator[list[str]]:
    """Stretches as long as a lead, each overlapping the one before by half, from the first half of a long text."""
    length = LEAD_WORDS if is_spaced(parts) else LEAD_CHARACTERS
    starts = range(0, max(1, len(parts) - length // 2), length // 2)
    return (parts[start : start + length] for start in starts[:MOST_WINDOWS])


def containment(one: Set[str], other: Set[str]) -> float:
    """Share of the smaller set that is in the other, 0 to 1."""
    return len(one & other) / max(1, min(len(one), len(other)))


def jaccard(one: Set[str], other: Set[str]) -> float:
    """Share of what either has that both have, 0 to 1."""
    return len(one & other) / max(1, len(one | other))
