"""Finds the forms of a lexicon in a normalised text: one pass of an Aho-Corasick automaton, then exact checks.

A form is text with two signs: `*` stands for any letters (so `send*` also matches "sending"), `…` for a gap of at
most 40 characters inside a sentence. How a form may touch other letters is the language's `boundary`:
`word` (none before or after), `clitic` (the prefixes and suffixes that the language lists), `none` (any).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from media_monitor.extract.text.normalise import folded

GAP = r"[^.!?\n。！？]{0,40}?"
_SIGNS = re.compile(r"([*…])")
_EDGE = re.compile(r"[\W_]")  # what is no letter and no digit; one character for one


@dataclass(frozen=True, slots=True)
class Tag:
    """A form found: its table and name, and its span in the normalised text."""

    table: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a table as its author wrote it, with the name that it stands for."""

    table: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """What letters may touch a form: kind `word`, `clitic` or `none`; prefixes and suffixes count for `clitic`."""

    kind: str
    prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()

    def start_of_word(self, text: str, start: int) -> bool:
        if self.kind == "none" or start == 0 or not text[start - 1].isalnum() or not text[start].isalnum():
            return True
        if self.kind == "word":
            return False
        first = start
        while first and text[first - 1].isalnum():
            first -= 1
        return text[first:start] in self.prefixes

    def end_of_word(self, text: str, end: int) -> bool:
        if self.kind == "none" or end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum():
            return True
        if self.kind == "word":
            return False
        last = end
        while last < len(text) and text[last].isalnum():
            last += 1
        return text[end:last] in self.suffixes


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one key of the automaton leads to: a form, its length up to the first sign, and where it has signs its whole
    expression. `key` is looked for in the text, `lead` is how far before the form that finds it, and `exact` tells that
    the text must still be compared with `literal`."""

    table: str
    name: str
    key: str
    lead: int
    literal: str
    exact: bool
    expression: re.Pattern[str] | None
    open_start: bool
    open_end: bool


class Finder:
    """All forms of a language, compiled. `find(text)` gives the tags in order; inside a table the longest form wins.

    Where words are parted by spaces, the keys of the automaton begin, and if they can end, with the edge of a word, and
    so most of what only stands inside of words is never looked at.
    """

    def __init__(self, forms: Iterable[Form], boundary: Boundary) -> None:
        self._boundary = boundary
        self._edged = boundary.kind == "word"
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for form in forms:
            entry = _compiled(form, boundary)
            entries[entry.key].append(entry)
        self._entries = list(entries.values())
        self._automaton = AhoCorasick(list(entries), matchkind=MatchKind.Standard) if entries else None

    def find(self, text: str) -> list[Tag]:
        """The tags of the text, ordered by start; a tag inside a longer one of its table is left out."""
        if self._automaton is None:
            return []
        searched = f" {_EDGE.sub(' ', text)} " if self._edged else text
        found = []
        for key, start, _ in self._automaton.find_matches_as_indexes(searched, overlapping=True):
            for entry in self._entries[key]:
                first = start + entry.lead
                stop = self._end(text, first, entry)
                if stop:
                    found.append(Tag(entry.table, entry.name, first, stop))
        return _longest(found)

    def _end(self, text: str, start: int, entry: _Entry) -> int:
        """End of the form that begins at start, 0 where it does not stand here."""
        if entry.exact and not text.startswith(entry.literal, start):
            return 0
        if not self._edged and not entry.open_start and not self._boundary.start_of_word(text, start):
            return 0
        end = start + len(entry.literal)
        if entry.expression is not None:
            match = entry.expression.match(text, start)
            if match is None:
                return 0
            end = match.end()
        return end if entry.open_end or self._boundary.end_of_word(text, end) else 0


def _compiled(form: Form, boundary: Boundary) -> _Entry:
    pieces = _SIGNS.split(folded(form.text.strip()))
    open_start, open_end = form.text.startswith("*"), form.text.endswith("*")
    pieces = [p for p in pieces if p]
    if open_start:
        pieces = pieces[1:]
    literal, rest = pieces[0], pieces[1:]
    if "…" in rest:
        literal = literal.rstrip()
    expression = re.compile(re.escape(literal) + _expression(rest, boundary)) if rest else None
    key, lead, exact = literal, 0, False
    if boundary.kind == "word":
        key = _EDGE.sub(" ", literal)
        exact = key != literal
        lead = -1 if open_start or not literal[0].isalnum() else 0  # the text that is searched begins with an edge
        key = f"{'' if lead else ' '}{key}{' ' if not rest and literal[-1].isalnum() else ''}"
    return _Entry(form.table, form.name, key, lead, literal, exact, expression, open_start, open_end)


def _expression(pieces: Sequence[str], boundary: Boundary) -> str:
    """The regular expression of what follows the key; after a gap a word begins, with its clitics."""
    begin = {"word": r"(?<!\w)", "clitic": r"(?<!\w)\w{0,3}"}.get(boundary.kind, "")
    parts = []
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if piece == "*":
            parts.append(r"\w*")
        elif piece == "…":
            parts.append(GAP + begin)
        else:
            parts.append(re.escape(piece.lstrip() if before == "…" else piece))
    return "".join(parts).replace(r"\ " + GAP, GAP)


def _longest(found: list[Tag]) -> list[Tag]:
    """The tags without those that lie inside a longer tag of the same table."""
    found.sort(key=lambda t: (t.start, -t.end))
    kept: list[Tag] = []
    reach: dict[str, tuple[int, int]] = {}
    for tag in dict.fromkeys(found):
        start, end = reach.get(tag.table, (-1, -1))
        if tag.end <= end and (tag.start, tag.end) != (start, end):
            continue
        kept.append(tag)
        reach[tag.table] = (tag.start, tag.end)
    return kept
