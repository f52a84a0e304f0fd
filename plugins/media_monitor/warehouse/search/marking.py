"""Where in a stored text a search is found, and the piece of it to show."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media_monitor.warehouse.search.folding import traced
from media_monitor.warehouse.search.terms import Term

LONGEST_READ = 20_000  # characters of a text in which hits are looked for
SNIPPET = 240


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text, and whether they are a hit."""

    text: str
    hit: bool


def hits(text: str, terms: Iterable[Term]) -> list[tuple[int, int, int]]:
    """(start, end, number of the term) of each hit of the wanted terms, in order, in the stored text."""
    form = traced(text[:LONGEST_READ])
    found = []
    for number, term in enumerate(terms):
        if term.wanted:
            for match in re.finditer(_alone(term), form.text):
                found.append((*form.span(*match.span()), number))
    return sorted(found)


def pieces(text: str, found: Sequence[tuple[int, int, int]], start: int = 0, end: int | None = None) -> list[Piece]:
    """The text from start to end, hits apart from the rest; hits that touch or overlap are one."""
    end = len(text) if end is None else end
    made: list[Piece] = []
    at = start
    for first, last, _ in found:
        first, last = max(first, at), min(last, end)
        if first < last:
            made += [Piece(text[at:first], False)] if at < first else []
            made.append(Piece(text[first:last], True))
            at = last
    return [*made, Piece(text[at:end], False)] if at < end else made


def snippet(text: str, found: Sequence[tuple[int, int, int]], length: int = SNIPPET) -> list[Piece]:
    """The stretch of about that many characters with most of the terms, with ellipses; the beginning where none is."""
    start = _window(found, length)
    if start > 0:
        start = _edge(text, max(0, start - length // 4), start)
    end = min(len(text), start + length)
    if end < len(text):
        end = _edge(text, end, min(len(text), end + 20))
    shown = pieces(text, [h for h in found if start <= h[0] < end], start, end)
    before = [Piece("… ", False)] if start > 0 else []
    after = [Piece(" …", False)] if end < len(text) else []
    return [*before, *shown, *after]


def _alone(term: Term) -> str:
    """The pattern without the spaces, which two hits may share."""
    return f"{'(?<= )' * term.left}{term.pattern}{'(?= )' * term.right}"


def _window(found: Sequence[tuple[int, int, int]], length: int) -> int:
    """The start of the first hit from which most different terms are within reach."""
    starts = [start for start, _, _ in found]
    best, most = 0, 0
    for index, start in enumerate(starts):
        reach = found[index : bisect_left(starts, start + length * 3 // 4)]
        different = len({number for _, _, number in reach})
        if different > most:
            best, most = start, different
    return best


def _edge(text: str, low: int, high: int) -> int:
    """The first position from low to high after a space or line feed; low where the script has none."""
    return next((i + 1 for i in range(low, high) if text[i].isspace()), low)
