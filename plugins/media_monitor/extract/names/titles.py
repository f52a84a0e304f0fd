"""The titles of offices in a language, and the words around them: `lexicons/<language>/offices.tsv`.

    title, form     the title is one of a beat's offices.tsv: president, foreign_minister, head …; a star in the form
                    stands for an ending, `…` for a gap where the country may stand ("ministre … de la défense").
                    Ministries too: foreign_ministry, defence_ministry; the office is then the ministry itself
    block           titles that no office of a beat has: "deputy foreign minister"
    owner_before    what may stand between the country and the title after it ("'s", "new"); `_`: nothing need
    owner_after     what must stand between the title and the country after it ("of"); `_`: nothing need
    former          what makes it another holder's: "former", "deputy"; `own` is a possessive ("its president")
    and             what joins several countries: "the defence ministers of Russia and Belarus"

All are compared in the normalised form of `text.normalise`. A language without the file has none of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from media_monitor.beat import Alias, read_tsv
from media_monitor.extract.names.gazetteer import ENDING, Gazetteer
from media_monitor.extract.text.affixes import LEXICONS
from media_monitor.extract.text.normalise import Normalised, folded

BLOCK, NOTHING, GAP = "block", "_", "…"
WORDS = frozenset({"owner_before", "owner_after", "former", "own", "and"})
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Titles:
    """The table of a language, compiled. `before` and `after` match a whole gap; `former` and `own` a word at its edge.

    `senses` are by the key of a form, its part before a gap: (title, pattern of the rest) with gaps before plain ones.
    """

    gazetteer: Gazetteer
    senses: dict[str, tuple[tuple[str, re.Pattern[str] | None], ...]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    former_before: re.Pattern[str]
    former_after: re.Pattern[str]
    own: re.Pattern[str]
    joined: re.Pattern[str]

    def find(self, normal: Normalised) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """(titles, start, end) of each title in the normalised text, in order, the longest of those at a place first; a
        form may be several titles'."""
        for found in self.gazetteer.find(normal):
            readings: defaultdict[int, list[str]] = defaultdict(list)
            for title, rest in self.senses[found.alias.alias]:
                match = rest.match(normal.text, found.end) if rest else None
                if match or not rest:
                    readings[match.end() if match else found.end].append(title)
            for end in sorted(readings, reverse=True):
                if BLOCK in readings[end]:
                    break
                yield tuple(readings[end]), found.start, end


@cache
def titles(language: str | None) -> Titles | None:
    """The titles of the language, None where it has no table.

    Raises:
        BeatError: the table is malformed; the message names file and row.
    """
    path = LEXICONS / (language or "-") / "offices.tsv"
    if not path.is_file():
        return None
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for _, row in read_tsv(path, ("title", "form")):
        forms[row["title"]].append(folded(row["form"]))
    words = {name: forms.pop(name, []) for name in WORDS}
    senses: defaultdict[str, list[tuple[str, re.Pattern[str] | None]]] = defaultdict(list)
    for title, form in ((t, f) for t, group in forms.items() for f in group):
        key, gap, rest = (part.strip() for part in form.partition(GAP))
        senses[key].append((title, re.compile(rf" ?(.{{2,30}}?) ?{_pattern(rest)}(?!\w)") if gap and rest else None))
    return Titles(
        Gazetteer.compile((Alias(key, (key,), "name", language or "") for key in senses), language),
        {key: tuple(sorted(group, key=lambda one: one[1] is None)) for key, group in senses.items()},
        _gap(words["owner_before"]),
        _gap(words["owner_after"]),
        re.compile(rf"(?:^|[^\w]|(?<=[\u3000-\u9fff\uac00-\ud7a3])){_any(words['former'])}[ -]?$"),
        re.compile(rf"[ ,]?{_any(words['former'])}(?!\w)"),
        re.compile(rf"(?<!\w){_any(words['own'])} ?$"),
        re.compile(rf" ?{_any(words['and'])} ?"),
    )


def _gap(words: list[str]) -> re.Pattern[str]:
    some = [word for word in words if word != NOTHING]
    if not words:
        return _NEVER
    return re.compile(rf" ?(?:{_any(some)}[ ]?){'*' if NOTHING in words else '+'}")


def _any(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(_pattern, longest_first))})" if words else "(?!)"


def _pattern(form: str) -> str:
    return ENDING.join(map(re.escape, form.split("*")))
