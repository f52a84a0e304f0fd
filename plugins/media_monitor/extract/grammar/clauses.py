"""Cuts sentences into clauses: the unit that has one speaker at most.

Everything here is in positions of the normalised text. A clause ends at a cutting mark (comma, semicolon, colon,
spaced dash) or before a cutting word (while, but, …) that stands outside quotation marks. A clause that opens with
a relative marker is a parenthesis: its names are no subjects of the clause that it interrupts.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any

from media_monitor.beat import Entity
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar

MIN_QUOTE = 2
LONG_QUOTE = 1500  # most characters of the sentences that a quotation goes on for
_START = attrgetter("start")
_LABEL = re.compile(r"[\[【][^\]】\n]{1,20}[\]】]")  # "[속보]", "[북한단신]" before a headline is no part of it
_GLOSS = re.compile(r"\([^()\n]{1,20}\)|\)")


@dataclass(frozen=True)
class Name:
    """A mention in the normalised text, with the entities that it stands for; `rule` as in the gazetteer."""

    start: int
    end: int
    entities: tuple[Entity, ...]
    rule: str = "name"

    @cached_property
    def party(self) -> str | None:
        return next((e.party for e in self.entities if e.party), None)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties of its entities, each once: two for "Russo-Korean"."""
        return tuple(dict.fromkeys(e.party for e in self.entities if e.party))

    @cached_property
    def is_place(self) -> bool:
        return all(e.kind == "place" for e in self.entities)

    @cached_property
    def is_country(self) -> bool:
        return all(e.kind == "country" for e in self.entities)

    @cached_property
    def is_person(self) -> bool:
        return any(e.kind == "person" for e in self.entities)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its span and whether it is a parenthesis."""

    start: int
    end: int
    relative: bool


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence with all that was found in it, cut into clauses. Number 0 is the title. `tables` are tags by table;
    `nested` are the quotations within `quotes`.

    `memo` keeps what is asked again and again, by what was asked; a line never changes.
    """

    number: int
    start: int
    end: int
    text: str
    tables: Mapping[str, Sequence[Tag]]
    names: tuple[Name, ...]
    quotes: tuple[tuple[int, int], ...]
    clauses: tuple[Clause, ...]
    postpositions: bool = False
    verb_last: bool = False
    nested: tuple[tuple[int, int], ...] = ()
    memo: dict[object, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def _starts(self) -> Mapping[str, Sequence[int]]:
        return {table: [t.start for t in tags] for table, tags in self.tables.items()}

    def tagged(self, table: str, start: int, end: int) -> Sequence[Tag]:
        """Tags of the table that lie in the span."""
        asked = (table, start, end)
        known: Sequence[Tag] | None = self.memo.get(asked)
        if known is None:
            known = self.memo[asked] = self._tagged(table, start, end)
        return known

    def _tagged(self, table: str, start: int, end: int) -> Sequence[Tag]:
        starts = self._starts.get(table)
        if not starts:
            return ()
        items = self.tables[table]
        return [t for t in items[bisect_left(starts, start) : bisect_right(starts, end)] if t.end <= end]

    def named(self, start: int, end: int) -> list[Name]:
        """Names that lie in the span."""
        first = bisect_left(self.names, start, key=_START)
        return [n for n in self.names[first:] if n.end <= end]

    def quoted(self, position: int) -> bool:
        """Whether the position is inside quotation marks."""
        return bool(self.quotes) and any(a < position < b for a, b in self.quotes)

    def attributed(self, position: int) -> bool:
        """Whether the quotation at the position is said to be another's words (Korean "…"라는 담화)."""
        ends = {b for a, b in self.quotes if a < position < b}
        return bool(ends) and any(t.name == "attributive" and t.start in ends for t in self.tables.get("grammar", ()))

    def clause_at(self, position: int) -> int:
        """Index of the clause that holds the position."""
        return max(0, bisect_right(self._edges, position) - 1)

    @cached_property
    def _edges(self) -> Sequence[int]:
        return [c.start for c in self.clauses]

    def opens_clause(self, position: int) -> bool:
        """Whether a clause begins there, signs left out."""
        return not self.slice(self.clauses[self.clause_at(position)].start, position).strip(' ,-"«“')

    def particles(self, end: int) -> set[str]:
        """Names of the grammar words right after a name that ends there, a gloss or honorific between them skipped."""
        ends = (end, self.reach(end))
        return {t.name for t in self.tables.get("grammar", ()) if t.start in ends and t.name != "cut"}

    def reach(self, end: int) -> int:
        """Where a name that ends there ends with its honorific and its gloss in brackets."""
        for tag in self.tables.get("grammar", ()):
            if tag.name == "honorific" and not self.slice(end, tag.start).strip() and 0 <= tag.start - end <= 1:
                end = tag.end
        gloss = _GLOSS.match(self.text, end - self.start)
        return gloss.end() + self.start if gloss else end

    def slice(self, start: int, end: int) -> str:
        """The normalised text of the span."""
        return self.text[start - self.start : end - self.start]


def lines(
    text: str, spans: Sequence[tuple[int, int, int]], tags: Sequence[Tag], names: Sequence[Name], grammar: Grammar
) -> Iterator[Line]:
    """A line for each (number, start, end) of a sentence."""
    open_until = 0
    for number, start, end in spans:
        mine = tuple(_inside(tags, start, end))
        piece = text[start:end]
        label = _LABEL.match(piece) if number == 0 else None
        named = tuple(_inside(names, start + label.end() if label else start, end))
        quotes = _quotes(text, start, end, open_until, grammar.quotes)
        open_until = open_until if number and open_until >= end else _goes_on(text, quotes, end, grammar.quotes)
        cuts = tuple(_clauses(piece, start, mine, named, quotes, grammar))
        tables: dict[str, list[Tag]] = {}
        for tag in mine:
            if not tag.name.startswith("block/"):  # a title that is none ("government-issued")
                tables.setdefault(tag.table, []).append(tag)
        inner = tuple(_nested(text, quotes, grammar.quotes))
        yield Line(
            number, start, end, piece, tables, named, quotes, cuts, grammar.order == "sov", grammar.verb_last, inner
        )


def _nested(text: str, quotes: Sequence[tuple[int, int]], marks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The closed quotations within quotations, their marks included: words that the speaker quotes."""
    closing = {mark[1] for mark in marks}
    for start, end in quotes:
        for a, b in quotations(text[start + 1 : end - 1], marks):
            if text[start + b] in closing and b - a > MIN_QUOTE:
                yield a + start + 1, b + start + 1


def _quotes(text: str, start: int, end: int, open_until: int, marks: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The quotations of a sentence, that of the sentence before first, which goes on up to `open_until`."""
    first = max(start, min(open_until, end))
    going = [(start, first)] if first > start else []
    return (*going, *((a + first, b + first) for a, b in quotations(text[first:end], marks)))


def _goes_on(text: str, quotes: Sequence[tuple[int, int]], end: int, marks: Sequence[str]) -> int:
    """Where a quotation that is open at the end of its sentence ends, 0 where none is; it holds no other quotation."""
    opened = text[quotes[-1][0]] if quotes and quotes[-1][1] >= end else ""
    closing = next((m[1] for m in marks if m[0] == opened and m[1] != opened), "")
    if not closing or text[end - 1] == closing:
        return 0
    stop = text.find(closing, end, end + LONG_QUOTE)
    return stop + 1 if stop >= 0 and text.find(opened, end, stop) < 0 else 0


def quotations(text: str, marks: Sequence[str]) -> list[tuple[int, int]]:
    """Spans between quotation marks, the marks included; an open one that is never closed runs to the end."""
    found: list[tuple[int, int]] = []
    closing, begun = "", 0
    pairs: dict[str, str] = {}
    for mark in marks:
        pairs[mark[0]] = pairs.get(mark[0], "") + mark[1]
    for index, char in enumerate(text):
        if closing:
            if char in closing:
                found.append((begun, index + 1))
                closing = ""
        elif char in pairs and not _inside_word(text, index, char):
            closing, begun = pairs[char], index
    if closing and closing != "'" and len(text) - begun > MIN_QUOTE:
        found.append((begun, len(text)))
    return found


def _inside_word(text: str, index: int, char: str) -> bool:
    return char == "'" and index > 0 and text[index - 1].isalnum()


def _inside(items: Sequence, start: int, end: int) -> Iterator:  # type: ignore[type-arg]
    first = bisect_left(items, start, key=lambda i: i.start)
    for item in items[first:]:
        if item.start >= end:
            return
        if item.end <= end:
            yield item


def _clauses(
    text: str,
    offset: int,
    tags: Sequence[Tag],
    names: Sequence[Name],
    quotes: Sequence[tuple[int, int]],
    grammar: Grammar,
) -> Iterator[Clause]:
    openings = [t for t in tags if t.table == "grammar" and t.name in ("cut", "relative")]
    words = {_opens(text, t.start, offset): t.name for t in openings}
    cuts = sorted({*words, *(m + offset for m in _marks(text, offset, names, grammar))})
    edges = [offset, *(c for c in cuts if not any(a < c < b for a, b in quotes) and c > offset), offset + len(text)]
    reported = {t.start for t in tags if t.table == "cues" and t.name == "subjunctive"}
    for start, end in pairwise(edges):
        if text[start - offset : end - offset].strip(" ,،;:-"):
            relative = words.get(start) == "relative" and not any(start < s < end for s in reported)
            yield Clause(start, end, relative)


def _opens(text: str, start: int, offset: int) -> int:
    """Where a clause begins whose first word stands at start: after the comma of a form that has one (", der")."""
    return start + (text[start - offset] == ",")


def _marks(text: str, offset: int, names: Sequence[Name], grammar: Grammar) -> Iterator[int]:
    """Where a cutting mark ends a clause: not inside numbers, and no comma between two names of a list."""
    for match in re.finditer(f"[{re.escape(grammar.cut_marks)}]|(?<= )-(?= )", text) if grammar.cut_marks else ():
        at = match.start()
        if at + 1 < len(text) and at and text[at - 1].isdigit() and text[at + 1].isdigit():
            continue
        if match.group() == " " and not (text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()):
            continue
        if match.group() in grammar.list_marks and _in_list(at + offset, names, text, offset, grammar):
            continue
        yield match.end()


def _in_list(at: int, names: Sequence[Name], text: str, offset: int, grammar: Grammar) -> bool:
    before = next((n for n in names if n.end == at), None)
    after = [n for n in names if before and n.start > at and n.is_place == before.is_place]
    gaps = [text[at + 1 - offset : n.start - offset].strip(" و") for n in after]
    return any(not gap or gap in grammar.joiners or gap in grammar.articles for gap in gaps)
