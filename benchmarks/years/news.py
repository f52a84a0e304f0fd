"""News of ten languages, of any number, recombined from the project's own texts; the same every time.

An article on the beat is one labelled item of tests/gold among everyday sentences (`everyday.toml`): its statements are
known. One in `NEAR_EVERY` of the others is a labelled item off the beat among such sentences, the rest are nothing
but these. As in real archives, one in `AGAIN_EVERY` is there twice, and of one in `CORRECTED_EVERY` there is a second,
longer version.
"""

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
EVERYDAY = Path(__file__).with_name("everyday.toml")
LANGUAGES = {"en": 30, "ru": 16, "ko": 15, "uk": 9, "zh": 8, "ja": 7, "ar": 6, "fr": 4, "es": 3, "de": 2}  # per cent
OUTLETS = 15  # of a language
BEAT_SHARE = 0.1  # of the articles
NEAR_EVERY = 5  # of the articles off the beat
AGAIN_EVERY, CORRECTED_EVERY = 50, 40
FIRST, DAYS = date(2024, 1, 1), 730
WEEKEND_SHARE = 0.6  # of what a weekday brings


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled item; statements as (claim, party, stance)."""

    title: str
    text: str
    statements: frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Pool:
    """Labelled items of a language, on the beat and off it, and what everyday articles are made of."""

    on: tuple[Item, ...]
    off: tuple[Item, ...]
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """An article as archives have it, and what is true of it."""

    row: dict[str, Any]
    relevant: bool
    statements: frozenset[tuple[str, str, str]]


def articles(count: int, first: int = 0) -> Iterator[Made]:
    """The articles `first` to `first + count`; a later copy or version of one comes next to it, and is not counted."""
    for number in range(first, first + count):
        chance = random.Random(number)
        made = _article(number, chance)
        yield made
        if number % AGAIN_EVERY == 0:
            yield made
        if number % CORRECTED_EVERY == 1:
            yield _corrected(made, chance)


def expected(count: int) -> tuple[int, int]:
    """(articles, revisions) that `count` articles make."""
    return count, count + len(range(1, count, CORRECTED_EVERY))


def _article(number: int, chance: random.Random) -> Made:
    (language,) = chance.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))
    pool, relevant = _pool(language), chance.random() < BEAT_SHARE
    item = chance.choice(pool.on) if relevant else Item(_filled(pool, pool.titles, chance), "", frozenset())
    if not relevant and chance.randrange(NEAR_EVERY) == 0:
        item = chance.choice(pool.off)
    rest = [_filled(pool, pool.sentences, chance) for _ in range(chance.randint(2, 14))]
    at = datetime.combine(_day(chance), datetime.min.time(), UTC) + timedelta(seconds=chance.randrange(86_400))
    outlet = chance.randrange(OUTLETS)
    row = {
        "url": f"https://{language}-{outlet}.example/{at:%Y/%m}/{number}",
        "title": item.title,
        "text": "\n".join(part for part in (item.text, *rest) if part),
        "published_at": at,
        "language": language,
        "outlet": f"Outlet {language} {outlet}",
    }
    return Made(row, relevant, item.statements if relevant else frozenset())


def _corrected(made: Made, chance: random.Random) -> Made:
    pool = _pool(made.row["language"])
    text = f"{made.row['text']}\n{_filled(pool, pool.sentences, chance)}"
    later = {"text": text, "fetched_at": made.row["published_at"] + timedelta(hours=6)}
    return Made(made.row | later, made.relevant, made.statements)


def _day(chance: random.Random) -> date:
    while True:
        day = FIRST + timedelta(chance.randrange(DAYS))
        if day.weekday() < 5 or chance.random() < WEEKEND_SHARE:
            return day


@cache
def _pool(language: str) -> Pool:
    paths = [GOLD / f"{language}.jsonl", GOLD / "wire" / f"{language}.jsonl"]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    everyday = tomllib.loads(EVERYDAY.read_text(encoding="utf-8"))[language]
    on, off = (tuple(_item(row) for row in rows if row["relevant"] is wanted) for wanted in (True, False))
    return Pool(on, off, *(tuple(everyday[name]) for name in ("titles", "sentences", "places")))


def _filled(pool: Pool, texts: tuple[str, ...], chance: random.Random) -> str:
    return chance.choice(texts).format_map(_Slots(pool, chance))


class _Slots(dict[str, str]):
    """What stands in a slot of a sentence, another each time."""

    def __init__(self, pool: Pool, chance: random.Random) -> None:
        self.pool, self.chance = pool, chance

    def __missing__(self, slot: str) -> str:
        return self.chance.choice(self.pool.places) if slot == "place" else str(self.chance.randint(2, 900))


def _item(row: dict[str, Any]) -> Item:
    said = frozenset((s["claim"], s["party"], s["stance"]) for s in row["statements"] if s["claim"])
    return Item(row["title"], row["text"], said)
