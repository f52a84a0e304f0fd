"""Marks that overlap, laid side by side: what a page or a terminal can print one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from media_monitor.explain.account import Account, Mark, Passage

ORDER = ("cue", "speaker", "claim", "entity")  # the kind that a stretch with several marks shows
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a sentence with the marks that cover it, the most telling first; `cut` where a clause begins."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    cut: bool


def stretches(passage: Passage, marks: Sequence[Mark]) -> Iterator[Stretch]:
    """The sentence in pieces, without gap or overlap: each begins or ends where a mark or clause does."""
    mine = [m for m in marks if m.start < passage.end and passage.start < m.end]
    cuts = {start for start, _ in passage.clauses if passage.start < start < passage.end}
    edges = {passage.start, passage.end, *cuts, *(m.start for m in mine), *(m.end for m in mine)}
    inside = sorted(e for e in edges if passage.start <= e <= passage.end)
    for start, end in pairwise(inside):
        over = [m for m in mine if m.start <= start and end <= m.end]
        over.sort(key=lambda m: (ORDER.index(m.kind), m.end - m.start))
        yield Stretch(start, end, tuple(over), start in cuts)


def by_passage(account: Account) -> list[tuple[Passage, tuple[Mark, ...]]]:
    """Each sentence with the marks that begin in it."""
    return [(p, tuple(m for m in account.marks if p.start <= m.start < p.end)) for p in account.passages]


def safe(text: str) -> str:
    """The text fit to be shown: controls and marks of direction as spaces, unpaired surrogates as U+FFFD, and as many
    characters as before."""
    return _SURROGATE.sub("\ufffd", _UNSAFE.sub(" ", text))
