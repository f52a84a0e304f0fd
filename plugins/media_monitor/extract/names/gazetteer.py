"""Finds the beat's names in a text: one Aho-Corasick automaton a language, and rules for the edges of a name.

The automaton of a language holds its own aliases and those of all other languages (a text quotes foreign names);
on a conflict its own win, and forms of the kinds `short` and `echo` count in their own language only. All matches
are taken, those with impossible edges dropped, and of the rest the leftmost and longest kept: one inside a word must
not hide a good one that begins later. A blocking alias wins like any other, and yields nothing.

Letter case counts where it tells names from words: an alias in capitals (US, КНДР) wants capitals, one that begins
with a capital wants one too, unless the whole text is in small letters.

An alias may hold stars; each stands for an ending of up to three letters: `министерств* оборон* росси*`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from media_monitor.beat import Alias
from media_monitor.extract.text.affixes import Affixes, affixes
from media_monitor.extract.text.boundaries import begins, ends
from media_monitor.extract.text.normalise import Normalised, folded

BRIEF = ("short", "echo")
ENDING = r"[^\W\d_]{0,3}"
_ARTICLE, _TO_THE = "\u0627\u0644", "\u0644\u0644"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text.

    `start` and `end` span the name alone, without clitics and particles (with its case ending). `entities` are
    the ids that it stands for here, one or more; `rule` is the kind of alias, or `surname` for a last name alone.
    """

    start: int
    end: int
    surface: str
    entities: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """An alias at a place of the normalised text."""

    start: int
    end: int
    alias: Alias


@dataclass(frozen=True, slots=True)
class _Entry:
    alias: Alias
    affixes: Affixes
    capitals: bool
    capital: bool
    rest: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Gazetteer:
    """All aliases that count in a language, compiled."""

    language: str | None
    _entries: list[list[_Entry]] = field(repr=False)
    _automaton: AhoCorasick = field(repr=False)
    keys: frozenset[str] = field(repr=False)

    @classmethod
    def compile(cls, aliases: Iterable[Alias], language: str | None) -> "Gazetteer":
        """The gazetteer of a language (None: of any other)."""
        table: defaultdict[str, list[_Entry]] = defaultdict(list)
        counting = [a for a in aliases if a.language == language or a.kind not in BRIEF]
        for alias in sorted(counting, key=lambda a: a.language != language):
            for key, rest in _keys(alias):
                table[key].append(_entry(alias, rest))
        return cls(language, list(table.values()), AhoCorasick(list(table)), frozenset(table))

    def find(self, normal: Normalised) -> list[Found]:
        """The aliases in the text, blocks among them, in order and without overlap."""
        candidates = sorted(self._candidates(normal), key=lambda f: (f.start, -f.end))
        found: list[Found] = []
        for one in candidates:
            if not found or one.start >= found[-1].end:
                found.append(one)
            elif _cut_off(found[-1], one):
                found[-1] = one
        return found

    def _candidates(self, normal: Normalised) -> Iterator[Found]:
        text = normal.text
        cased = not normal.stored.islower()
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            # Aliases with stars share a key: `российск*` must not hide `российск* арми*`. On a tie the first wins.
            fitting = [
                (last, entry.alias)
                for entry in self._entries[index]
                if (last := _fits(entry, normal, start, end, cased))
            ]
            if fitting:
                last, alias = max(fitting, key=lambda one: one[0])
                yield Found(start, last, alias)


def _cut_off(short: Found, full: Found) -> bool:
    """Whether a short form ends inside a full name: the Chinese "to NK" in "to NK soldiers", "the North" in "the North
    Koreans"."""
    brief = short.alias.kind in BRIEF and full.alias.kind not in BRIEF
    return brief and short.start < full.start < short.end < full.end


def _keys(alias: Alias) -> Iterator[tuple[str, re.Pattern[str] | None]]:
    """What the automaton looks for, and the pattern of the rest for an alias with stars."""
    text = folded(alias.alias).strip()
    key, star, rest = text.partition("*")
    if not key:
        return
    yield key, re.compile(ENDING + ENDING.join(map(re.escape, rest.split("*")))) if star else None
    if text.startswith(_ARTICLE) and len(text) > len(_ARTICLE) + 1:
        yield _TO_THE + text.removeprefix(_ARTICLE), None


def _entry(alias: Alias, rest: re.Pattern[str] | None) -> _Entry:
    letters = [c for c in alias.alias if c.isalpha()]
    return _Entry(
        alias,
        affixes(alias.language),
        capitals=alias.alias.isupper() and len(letters) > 1,
        capital=bool(letters) and letters[0].isupper() and alias.alias[0] == letters[0],
        rest=rest,
    )


def _fits(entry: _Entry, normal: Normalised, start: int, end: int, cased: bool) -> int | None:
    """The end of the alias at this place of the text, None where it cannot stand there."""
    text = normal.text
    if entry.rest:
        rest = entry.rest.match(text, end)
        if not rest:
            return None
        end = rest.end()
    if not begins(text, start, entry.affixes) or not ends(text, start, end, entry.affixes):
        return None
    if entry.capitals or (entry.capital and cased):
        first, last = normal.span(start, end)
        surface = normal.stored[first:last]
        if (entry.capitals and not surface.isupper()) or surface[:1].islower():
            return None
    return end
