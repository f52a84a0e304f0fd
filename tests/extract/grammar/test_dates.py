"""Dates that a text tells, against a Monday."""

from datetime import date
from pathlib import Path

import pytest

from media_monitor.errors import BeatError
from media_monitor.extract.grammar.dates import Calendar
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.text.normalise import folded

MONDAY = date(2025, 4, 28)


def told(language: str, text: str, published: date = MONDAY) -> list[tuple[str, str]]:
    words = lexicon(language)
    assert words is not None
    return [(d.date.isoformat(), d.precision) for d in words.calendar.find(folded(text), published)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on Monday", "2025-04-28"),
        ("en", "on Saturday", "2025-04-26"),
        ("en", "on Tuesday", "2025-04-22"),
        ("en", "yesterday", "2025-04-27"),
        ("en", "on April 26", "2025-04-26"),
        ("en", "on 26th of April, 2024", "2024-04-26"),
        ("en", "on November 3", "2024-11-03"),
        ("ar", "يوم السبت", "2025-04-26"),
        ("ar", "الإثنين", "2025-04-28"),
        ("ar", "أمس", "2025-04-27"),
        ("ar", "في 26 نيسان/أبريل 2025", "2025-04-26"),
    ],
)
def test_days(language: str, text: str, expected: str) -> None:
    assert told(language, text) == [(expected, "day")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "in June 2024", "2024-06-01"),
        ("ar", "في غشت 2024", "2024-08-01"),
        ("ar", "في آب 2024", "2024-08-01"),
        ("ar", "في أغسطس 2024", "2024-08-01"),
    ],
)
def test_months_by_their_names_in_east_and_west(language: str, text: str, expected: str) -> None:
    assert told(language, text) == [(expected, "month")]


def test_a_year_alone() -> None:
    assert told("en", "in 2022") == [("2022-01-01", "year")]


def test_no_real_date_is_none() -> None:
    assert told("en", "on April 31, 2025") == []


def test_a_day_soon_after_publication_is_of_this_year() -> None:
    assert told("en", "on May 9") == [("2025-05-09", "day")]


def test_a_faulty_calendar_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "dates.toml"
    path.write_text('patterns = ["(unclosed"]', encoding="utf-8")
    with pytest.raises(BeatError, match=r"dates\.toml"):
        Calendar.load(path)
