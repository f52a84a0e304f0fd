"""Dates that a text tells, against its publication date.

A language's `dates.toml` holds names of weekdays and months, relative words and patterns. A weekday is the most
recent one, the day of publication included; a day without a year is the one nearest before the day of publication,
or up to a month after it; an expression that gives no real date is left out.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from media_monitor.beat import read_toml
from media_monitor.errors import BeatError
from media_monitor.extract.text.normalise import folded

_KEYS = {"weekdays", "months", "relative", "patterns"}
_NUMBERS = {"day": r"(?P<day>\d{1,2})", "year": r"(?P<year>\d{4})", "month_number": r"(?P<month_number>\d{1,2})"}
_SLOT = re.compile(r"\{(\w+)\}")
_LEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date told in a text: the span in the normalised text, the date, and its precision (day, month or year)."""

    start: int
    end: int
    date: date
    precision: str


@dataclass(frozen=True)
class Calendar:
    """The date expressions of a language, compiled."""

    patterns: tuple[re.Pattern[str], ...]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    relative: Mapping[str, int]

    @classmethod
    def load(cls, path: Path, boundary: str = "word") -> "Calendar":
        """The calendar of a dates.toml.

        Raises:
            BeatError: the file is missing or malformed.
        """
        table = read_toml(path, _KEYS)
        try:
            return cls._made(table, boundary)
        except (ValueError, TypeError, KeyError, re.error) as error:
            raise BeatError(path, f"cannot be compiled: {error}") from error

    @classmethod
    def _made(cls, table: Mapping[str, Any], boundary: str) -> "Calendar":
        names = {
            "weekday": {folded(f): int(n) for n, forms in table.get("weekdays", {}).items() for f in forms},
            "month": {folded(f): int(n) for n, forms in table.get("months", {}).items() for f in forms},
            "relative": {folded(f): int(n) for n, forms in table.get("relative", {}).items() for f in forms},
        }
        slots = {**_NUMBERS, **{k: f"(?P<{k}>{_alternatives(v)})" for k, v in names.items()}}
        edge = ("", "") if boundary == "none" else (r"(?<!\d)", r"(?!\w)") if boundary == "clitic" else (r"\b", r"\b")
        texts = [
            folded_pattern(p) for p in table.get("patterns", ()) if all(names.get(s, "x") for s in _SLOT.findall(p))
        ]
        patterns = tuple(re.compile(edge[0] + _SLOT.sub(lambda m: slots[m.group(1)], t) + edge[1]) for t in texts)
        return cls(patterns, names["weekday"], names["month"], names["relative"])

    def find(self, text: str, published: date) -> list[Dated]:
        """The dates of a normalised text in order; where patterns overlap, the earlier in the file wins."""
        found: list[Dated] = []
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                dated = self._dated(match, published)
                if dated and not any(d.start < dated.end and dated.start < d.end for d in found):
                    found.append(dated)
        return sorted(found, key=lambda d: d.start)

    def _dated(self, match: re.Match[str], published: date) -> Dated | None:
        parts = {k: v for k, v in match.groupdict().items() if v is not None}
        try:
            told, precision = self._date(parts, published)
        except (ValueError, OverflowError):
            return None
        return Dated(match.start(), match.end(), told, precision)

    def _date(self, parts: Mapping[str, str], published: date) -> tuple[date, str]:
        if "relative" in parts:
            return published + timedelta(days=self.relative[parts["relative"]]), "day"
        if "weekday" in parts and "day" not in parts:
            return published - timedelta(days=(published.weekday() - self.weekdays[parts["weekday"]] + 1) % 7), "day"
        month = self.months[parts["month"]] if "month" in parts else int(parts.get("month_number", 0))
        year = int(parts.get("year", 0))
        if "day" in parts:
            return _day(int(parts["day"]), month, year, published), "day"
        if month:
            return _nearest(lambda y: date(y, month, 1), year, published), "month"
        return date(year, 1, 1), "year"


def folded_pattern(pattern: str) -> str:
    """The pattern in comparable form; the names of its slots stay as they are."""
    return "".join(part if part.startswith("{") else folded(part) for part in re.split(r"(\{\w+\})", pattern))


def _alternatives(names: Mapping[str, int]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


def _day(day: int, month: int, year: int, published: date) -> date:
    if month:
        return _nearest(lambda y: date(y, month, min(day, 29) if month == 2 else day), year, published)
    if day <= published.day:
        return published.replace(day=day)
    last = published.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day, calendar.monthrange(last.year, last.month)[1]))


def _nearest(make: Any, year: int, published: date) -> date:
    """The date in the year given, else in the last year in which it is not more than a month after publication."""
    if year:
        made: date = make(year)
        return made
    this: date = make(published.year)
    return this if this <= published + _LEAD else make(published.year - 1)
