"""Reads the lexicon of a language: a folder of tables. The format of each is in `lexicons/README.md`.

A language without a folder has no lexicon, and no statement or event is made of its texts. A beat adds words of its
own: in its folder lies `lexicons/<language>/` with tables cues, concepts, events and titles, each of which may be
missing. Beside concepts of its own, only those of the language count that its claims are made of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from media_monitor.beat import Beat, read_toml, read_tsv
from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError
from media_monitor.extract.grammar.dates import Calendar
from media_monitor.extract.grammar.forms import Boundary, Finder, Form
from media_monitor.extract.grammar.numbers import Numbers
from media_monitor.extract.text.normalise import folded

LEXICONS = PACKAGE / "lexicons"
SPEECH = frozenset({"say", "cite", "call", "confirm", "deny", "decline", "condemn", "praise", "allege"})
NOUNS = frozenset({"say_noun", "confirm_noun", "deny_noun", "allege_noun"})
QUOTED = frozenset({"condemn_quoted", "praise_quoted", "deny_quoted", "decline_quoted", "confirm_quoted"})
SAID = frozenset({"condemn_said", "praise_said", "deny_said", "decline_said"})
_MODIFIERS = frozenset(
    {"negation", "hypothetical", "question", "background", "planned", "anaphora", "continue", "previous"}
    | {"subjunctive", "answer", "tally", "valuing", "expected"}
)
CUES = SPEECH | NOUNS | QUOTED | SAID | _MODIFIERS
ROLES = frozenset({"official", "media", "expert", "source"})
_TABLES = {
    "cues": ("category", "form"),
    "concepts": ("concept", "form"),
    "events": ("type", "mode", "form"),
    "titles": ("role", "party", "form"),
}
_ANYBODY = frozenset({"-", "both", "party", "OTHER"})
_WORD_LISTS = frozenset(
    {"cut", "relative", "oblique", "goal", "genitive", "agent", "and", "subject", "topic", "object"}
    | {"about", "adjective", "possessor", "declined", "nominative", "locus", "plural"}
    | {"auxiliary", "complement", "embedded", "indefinite", "infinitive", "participle", "passive", "possessive"}
    | {"ambiguous", "article", "aside", "block", "circumstance", "decided", "finite", "gives"}
    | {"impersonal", "intransitive", "inverting", "nationality", "perfect", "postposed", "preposed", "pronoun"}
    | {"former", "hearsay", "relations", "rumour", "telling", "view"}
    | {"quotative", "toward", "attributive", "report", "adnominal", "honorific", "holder", "posted"}
)
_SETTINGS = frozenset(
    {"order", "boundary", "prefixes", "suffixes", "quotes", "cut_marks", "modifier", "free_order", "inversion"}
    | {"verb_last"}
)
_ORDERS = {"svo", "vso", "sov"}


KEYS = set(_WORD_LISTS | _SETTINGS)  # of a language.toml


@dataclass(frozen=True)
class Grammar:
    """How sentences of a language are built, as far as the rules need it.

    `order` is that of subject, verb and object; `free_order` lets the subject follow its verb of speech as well.
    `modifier` is the side of a noun where its nationality stands: before, after. `joiners` join the names of a list;
    `oblique` and `goal` are the words, and the letters glued to a name, that make it no subject. `spaced` is false
    where nothing parts the words; `inversion` is false where a subject never follows its verb of speech.
    `verb_last`: verbs of subordinate clauses stand last, so a condition may follow what it is about.
    `cased` languages tell a subject by its ending.
    """

    order: str
    free_order: bool
    modifier: str
    quotes: tuple[str, ...]
    cut_marks: str
    joiners: frozenset[str]
    oblique: frozenset[str]
    goal: frozenset[str]
    auxiliaries: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    spaced: bool = True
    inversion: bool = True
    verb_last: bool = False
    cased: bool = False

    @property
    def list_marks(self) -> str:
        """The signs between the names of a list; a comma is none where the language has a sign of its own for it."""
        return "、·" if "、" in self.joiners else ",،、·"


@dataclass(frozen=True)
class Lexicon:
    """All tables of a language, compiled; `concepts` are the names of its concepts."""

    language: str
    grammar: Grammar
    finder: Finder
    calendar: Calendar
    numbers: Numbers
    concepts: frozenset[str] = frozenset()


@lru_cache(maxsize=64)
def lexicon(language: str | None, beat: Beat | None = None) -> Lexicon | None:
    """The lexicon of the language, with the words of the beat if one is given; None where there is none.

    Raises:
        BeatError: a table is missing or malformed; the message names file and row.
    """
    folder = LEXICONS / (language or "-")
    return load(folder, beat) if (folder / "language.toml").is_file() else None


def load(folder: Path, beat: Beat | None = None) -> Lexicon:
    """The lexicon in the folder, with the words of the beat if one is given.

    Raises:
        BeatError: a table is missing or malformed; the message names file and row.
    """
    path = folder / "language.toml"
    table = read_toml(path, KEYS)
    forms = [*_words(table), *_tables(folder, True, beat)]
    if beat:
        own = list(_tables(beat.folder / LEXICONS.name / folder.name, False, beat))
        needed = _needed(beat) if any(form.table == "concepts" for form in own) else None
        forms = [f for f in forms if needed is None or f.table != "concepts" or f.name in needed] + own
    boundary = Boundary(
        table.get("boundary", "word"), frozenset(table.get("prefixes", ())), frozenset(table.get("suffixes", ()))
    )
    calendar = Calendar.load(folder / "dates.toml", boundary.kind)
    numbers = Numbers.load(folder / "numbers.toml", boundary.kind)
    concepts = frozenset(form.name for form in forms if form.table == "concepts")
    return Lexicon(folder.name, _grammar(table, path), Finder(forms, boundary), calendar, numbers, concepts)


def _grammar(table: Mapping[str, Any], path: Path) -> Grammar:
    order = table.get("order", "")
    if order not in _ORDERS:
        raise BeatError(f"{path}: order", f"{order!r} is none of {', '.join(sorted(_ORDERS))}")
    joiners, oblique, goal, auxiliaries, possessives = (
        frozenset(folded(w) for w in table.get(name, ()))
        for name in ("and", "oblique", "goal", "auxiliary", "possessive")
    )
    return Grammar(
        order=order,
        free_order=bool(table.get("free_order", False)),
        modifier=table.get("modifier", "before"),
        quotes=tuple(table.get("quotes", ())),
        cut_marks=table.get("cut_marks", ""),
        joiners=joiners,
        oblique=oblique,
        goal=goal,
        auxiliaries=auxiliaries,
        possessives=possessives,
        articles=frozenset(folded(w) for w in table.get("article", ())),
        spaced=table.get("boundary", "word") != "none",
        inversion=bool(table.get("inversion", True)),
        verb_last=bool(table.get("verb_last", False)),
        cased=bool(table.get("nominative")),
    )


def _words(table: Mapping[str, Any]) -> Iterator[Form]:
    for name in sorted(_WORD_LISTS & set(table)):
        for text in table[name]:
            yield Form("endings" if name == "adnominal" else "grammar", name, text)


def _tables(folder: Path, whole: bool, beat: Beat | None) -> Iterator[Form]:
    """The forms of all tables, or, if they need not be `whole`, of those that are there. A title that tells a party
    which the beat does not have tells none."""
    parties = _ANYBODY | {e.party for e in beat.entities.values() if e.party} if beat else None
    for table, columns in _TABLES.items():
        path = folder / f"{table}.tsv"
        for where, row in read_tsv(path, columns) if whole or path.is_file() else ():
            yield Form(table, _name(table, row, where, parties), row["form"])


def _needed(beat: Beat) -> set[str]:
    """The concepts that the claims of the beat are made of. Others only hide its own, where their forms are longer."""
    patterns = (
        p for claim in beat.claims.values() for slot in claim.slots.values() if isinstance(slot, list) for p in slot
    )
    return {option.lstrip("!").partition(":")[0] for p in patterns for word in p.split() for option in word.split("|")}


def _name(table: str, row: Mapping[str, str], where: str, parties: frozenset[str] | None) -> str:
    if table == "concepts":
        return row["concept"]
    if table == "cues":
        return _known(row["category"], CUES, where)
    if table == "events":
        return f"{row['type']}/{row['mode']}"
    party = row["party"] if parties is None or row["party"].removeprefix("=") in parties else "-"
    return f"{_known(row['role'], ROLES, where)}/{party}"


def _known(name: str, names: frozenset[str], where: str) -> str:
    if name not in names | {"block"}:
        raise BeatError(where, f"{name!r} is none of {', '.join(sorted(names))}")
    return name
