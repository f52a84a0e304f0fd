"""What a search asks for: words that all must be there, phrases, and what must not.

    kursk troops            both words, in any order, with the endings that their script lets them have
    "neither confirmed"     these words one after the other, as they stand
    deploy*                 words that begin so
    -exercise  -"New York"  not in the article

A word of a script without spaces, and of Hangul, is found inside longer runs: 北朝鲜, 김정은.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from media_monitor.beat import read_toml
from media_monitor.errors import QueryError
from media_monitor.warehouse.search.folding import is_free, words

LONGEST, MOST_TERMS = 300, 12  # characters of a search, and terms in it
ENDINGS = Path(__file__).parent / "endings.toml"
_SCRIPTS = {"arabic": re.compile("[ء-ۓ]+"), "cyrillic": re.compile("[а-яѐ-џґ]+"), "latin": re.compile("[a-z]+")}
_QUOTES = '"“”„‟«»「」『』＂'
_TERM = re.compile(f"(?P<no>[-−–－]?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\\s{_QUOTES}]+))")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for in the searched form.

    `needle` stands in every article that has it, and begins with no space, which would make looking for it three times
    as slow; `pattern` is a regular expression of what is found, in a syntax that both DuckDB and Python read; `left`
    and `right` say whether a space must stand on that side.
    """

    needle: str
    pattern: str
    left: bool
    right: bool
    wanted: bool = True

    @property
    def whole(self) -> str:
        """The pattern with the spaces around it."""
        return f"{' ' * self.left}{self.pattern}{' ' * self.right}"

    @property
    def exact(self) -> bool:
        """Whether the needle alone decides."""
        return self.whole == self.needle


@dataclass(frozen=True, slots=True)
class _Endings:
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    least: int = 99
    shortest: int = 99


def parsed(search: str) -> tuple[Term, ...]:
    """The terms of a search, each once, in their order; those without a letter or digit are left out.

    Raises:
        QueryError: the search is too long, or has too many terms.
    """
    if len(search) > LONGEST:
        raise QueryError("search", f"has {len(search)} characters; {LONGEST} are read")
    found = tuple(dict.fromkeys(_terms(search)))
    if len(found) > MOST_TERMS:
        raise QueryError("search", f"has {len(found)} words and phrases; {MOST_TERMS} can be asked at once")
    return found


def _terms(search: str) -> Iterable[Term]:
    for match in _TERM.finditer(search):
        spoken = match["phrase"] if match["word"] is None else match["word"]
        tokens = words(spoken).split()
        if tokens:
            starred = match["word"] is not None and spoken.endswith(("*", "＊"))
            yield _term(tokens, match["phrase"] is not None, starred, wanted=not match["no"])


def _term(tokens: list[str], quoted: bool, starred: bool, *, wanted: bool) -> Term:
    *head, last = tokens
    left, right = not is_free(tokens[0]), not is_free(last) and not starred
    if quoted or starred or is_free(last):
        return Term(" ".join(tokens), " ".join(tokens), left, right, wanted)
    shared, pattern = _inflected(last)
    before = "".join(f"{token} " for token in head)
    return Term(f"{before}{shared}", f"{before}{pattern}", left, right, wanted)


def _inflected(word: str) -> tuple[str, str]:
    """What all forms of the word share, and a pattern of them."""
    script = _script(word)
    endings = _endings()[script] if script else _Endings()
    if len(word) < endings.shortest:
        return word, word
    if script == "arabic":
        return _arabic(word, endings)
    stem = _stem(word, endings)
    return stem, f"{_either({word, stem})}{_optional(endings.after)}"


def _arabic(word: str, endings: _Endings) -> tuple[str, str]:
    """With attached particles: the article is one of them, and a teh marbuta opens before an ending."""
    bare = word.removeprefix("ال") if len(word) - 2 >= endings.least else word
    opened = bare[:-1] + "ت" if bare.endswith("ه") else bare
    shared = bare if opened == bare else bare[:-1]
    return shared, f"{_optional(endings.before)}{_either({word, bare, opened})}{_optional(endings.after)}"


def _stem(base: str, endings: _Endings) -> str:
    fitting = [e for e in endings.dropped if base.endswith(e) and len(base) - len(e) >= endings.least]
    return base.removesuffix(max(fitting, key=len)) if fitting else base


def _script(token: str) -> str | None:
    return next((name for name, letters in _SCRIPTS.items() if letters.fullmatch(token)), None)


def _either(forms: Iterable[str]) -> str:
    found = sorted(forms, key=lambda form: (-len(form), form))
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _optional(affixes: Iterable[str]) -> str:
    return f"{_either(affixes)}?" if affixes else ""


@cache
def _endings() -> dict[str, _Endings]:
    tables: dict[str, dict[str, Any]] = read_toml(ENDINGS, set(_SCRIPTS))
    lists = ("before", "after", "dropped")
    return {
        name: _Endings(
            least=table["least"], shortest=table["shortest"], **{key: tuple(table.get(key, ())) for key in lists}
        )
        for name, table in tables.items()
    }
