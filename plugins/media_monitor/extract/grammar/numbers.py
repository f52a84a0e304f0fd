"""Numbers that a text tells: figures with separators, with a multiplier ("12 thousand", 1만1000), and in words.

A language's `numbers.toml` holds the words; `counters` are what stands between a figure and the noun in languages
that have them (3000名, 1万人), `not_before` what follows a figure that is no quantity of ours (per cent, years).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_monitor.beat import read_toml
from media_monitor.errors import BeatError
from media_monitor.extract.text.normalise import folded

_KEYS = {"not_before", "counters", "multipliers", "words"}
_FIGURE = r"\d+(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_SEPARATORS = re.compile("[.,'’ \u00a0\u202f]")
STEP = 10_000  # East Asian numbers go in steps of it: 1万2千 is 12,000, 二十万 is 200,000


@dataclass(frozen=True, slots=True)
class Number:
    """A number told in a text: the span in the normalised text, its counter included, and the value.

    `bare` is a figure without multiplier, separator or counter, which may be a year.
    """

    start: int
    end: int
    value: float
    bare: bool


@dataclass(frozen=True)
class Numbers:
    """The numbers of a language, compiled."""

    expression: re.Pattern[str]
    part: re.Pattern[str]
    after: re.Pattern[str]
    multipliers: Mapping[str, float]
    words: Mapping[str, float]
    spaced: bool

    @classmethod
    def load(cls, path: Path, boundary: str = "word") -> "Numbers":
        """The numbers of a numbers.toml.

        Raises:
            BeatError: the file is missing or malformed.
        """
        table = read_toml(path, _KEYS)
        try:
            return cls._made(table, boundary)
        except (ValueError, TypeError, AttributeError, re.error) as error:
            raise BeatError(path, f"cannot be compiled: {error}") from error

    @classmethod
    def _made(cls, table: Mapping[str, Any], boundary: str) -> "Numbers":
        multipliers, words = (
            {folded(form): float(value) for value, forms in table.get(name, {}).items() for form in forms}
            for name in ("multipliers", "words")
        )
        spaced = boundary != "none"
        begin, end = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
        times, word = f"(?:{_either(multipliers)}){end}", f"{begin}(?:{_either(words)}){end}"
        one = f"(?:{_FIGURE}|{word}(?:[- ]{word})?)" if spaced else f"(?:{_FIGURE}|{word})"
        chain = f"{one}(?: ?{times})?" if spaced else f"{one}(?: ?{times})?(?: ?{one}?{times})*{one}?"
        counter = f"(?: ?(?:{_either(table.get('counters', ()))}))?"
        edge = r"(?<!\w)(?<!\d[.,])" if spaced else r"(?<!\d)(?<!\d[.,])"
        return cls(
            re.compile(f"{edge}(?P<number>{chain})(?P<counter>{counter})"),
            re.compile(f"(?P<one>{one}) ?(?P<times>{times})?|(?P<alone>{times})"),
            re.compile(f" ?-?(?:{_either(table.get('not_before', ()))})"),
            multipliers,
            words,
            spaced,
        )

    def find(self, text: str) -> list[Number]:
        """The numbers of a normalised text in order, those that count something else left out."""
        found = []
        for match in self.expression.finditer(text):
            if self.after.match(text, match.end("number")):
                continue
            told, counter = match.group("number"), match.group("counter")
            if not self.spaced and not counter and told in self.words:  # 二战 is no quantity
                continue
            bare = told.isdigit() and not counter
            found.append(Number(match.start(), match.end(), self._value(told), bare))
        return found

    def _value(self, told: str) -> float:
        """The sum of its parts: 1만1000 is 11,000, "12.5 thousand" 12,500."""
        total, section = 0.0, 0.0
        for match in self.part.finditer(told):
            one = self._one(match.group("one")) if match.group("one") else 1.0
            times = self.multipliers.get(match.group("times") or match.group("alone") or "", 1.0)
            if times >= STEP and not self.spaced:
                total += (section + one if match.group("one") else section or 1.0) * times
                section = 0.0
            else:
                section += one * times
        return total + section

    def _one(self, told: str) -> float:
        if told in self.words:
            return self.words[told]
        if not told[0].isdigit():
            cuts = [m.span() for m in re.finditer("[- ]", told)]  # a word may hold one: "أحد عشر"
            pairs = [(told[:a], told[b:]) for a, b in cuts]
            first, second = next((self.words[a], self.words[b]) for a, b in pairs if {a, b} <= self.words.keys())
            return first + second if second < first else first * second  # twenty-five; deux mille
        groups = _SEPARATORS.split(told)
        if len(groups) == 2 and not (len(groups[1]) == 3 and not told.startswith("0")):
            return float(f"{groups[0]}.{groups[1]}")
        return float("".join(groups))


def _either(forms: Any) -> str:
    """An expression for one of the forms, the longest first; one that matches nothing where there are none."""
    return "|".join(re.escape(folded(f)) for f in sorted(forms, key=len, reverse=True)) or "(?!)"
