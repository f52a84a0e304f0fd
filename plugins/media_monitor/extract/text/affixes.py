"""What may be attached to a name in a language, and what makes a capital a place: `lexicons/<language>/affixes.toml`.

    attached_before   letters that may stand before a name in one word: Arabic and-, with-, the-; Korean pro-, anti-
    attached_after    letters that may follow it in one word: particles, possessive endings
    free_after        names of this many letters and more may be followed by any letters of their script
    surnames_first    family names that stand before the given name
    troops            nouns for soldiers; a star stands for an ending
    capitals_are_places  true where a capital is its government only before `government_after`
    locative_before   what makes the capital after it a place ("in ", "capital ")
    locative_after    what makes the capital before it a place (" airport")
    government_before  what makes the capital after it a government all the same ("said in ")
    government_after  what makes it a government all the same ("in Moscow they say")

All are compared in the normalised form of `text.normalise`. A language without the file has none of them.
"""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from media_monitor.beat import read_toml
from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError
from media_monitor.extract.text.normalise import folded

LEXICONS = PACKAGE / "lexicons"
NEVER = 99


@dataclass(frozen=True, slots=True)
class Affixes:
    """The tables of a language, normalised."""

    attached_before: frozenset[str] = frozenset()
    attached_after: frozenset[str] = frozenset()
    free_after: int = NEVER
    surnames_first: frozenset[str] = frozenset()
    locative_before: tuple[str, ...] = ()
    locative_after: tuple[str, ...] = ()
    government_after: tuple[str, ...] = ()
    government_before: tuple[str, ...] = ()
    troops: tuple[str, ...] = ()
    capitals_are_places: bool = False


@cache
def affixes(language: str | None) -> Affixes:
    """The affixes of the language; empty ones where it has no table.

    Raises:
        BeatError: the table is malformed; the message names the file.
    """
    path = LEXICONS / (language or "-") / "affixes.toml"
    return load(path) if path.is_file() else Affixes()


def load(path: Path) -> Affixes:
    """The affixes in the file.

    Raises:
        BeatError: the file is missing or malformed.
    """
    table = read_toml(path, {f.name for f in fields(Affixes)})
    free_after, places = table.pop("free_after", NEVER), table.pop("capitals_are_places", False)
    if not isinstance(free_after, int) or any(not _is_texts(value) for value in table.values()):
        raise BeatError(path, "free_after must be a number, and the tables lists of strings")
    plain = {name: tuple(folded(text) for text in texts) for name, texts in table.items()}
    return Affixes(
        frozenset(plain.get("attached_before", ())),
        frozenset(plain.get("attached_after", ())),
        free_after,
        frozenset(plain.get("surnames_first", ())),
        plain.get("locative_before", ()),
        plain.get("locative_after", ()),
        plain.get("government_after", ()),
        plain.get("government_before", ()),
        plain.get("troops", ()),
        bool(places),
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
