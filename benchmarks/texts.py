"""Texts to time extraction on, made of the labelled items in tests/gold, the same every time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from pathlib import Path

from media_monitor.extract.document import Document

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
LENGTH = 3_000
PUBLISHED = date(2025, 4, 28)
ON_BEAT_EVERY = 3  # of the items that make an article one in three is on the beat, the others are background


@dataclass(frozen=True, slots=True)
class Items:
    """(title, text) of the items of a language, on the beat and not."""

    on: tuple[tuple[str, str], ...]
    off: tuple[tuple[str, str], ...]


def languages() -> list[str]:
    """Codes of the languages that have labelled items."""
    return sorted(path.stem for path in GOLD.glob("*.jsonl"))


def items(language: str) -> Items:
    rows = [json.loads(line) for line in (GOLD / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]
    on = tuple((r["title"], r["text"]) for r in rows if r["relevant"])
    return Items(on, tuple((r["title"], r["text"]) for r in rows if not r["relevant"]))


def articles(language: str, count: int, dense: bool = False) -> list[Document]:
    """Articles of 3,000 characters, each with an item on the beat for title and lead.

    The rest is one item on the beat for two that are not, as in real articles; `dense` has nothing but the beat.
    """
    known = items(language)
    on, off = cycle(known.on), cycle(known.off)
    return [_article(f"{language}-{n}", language, on, on if dense else off) for n in range(count)]


def _article(name: str, language: str, on: Iterator[tuple[str, str]], rest: Iterator[tuple[str, str]]) -> Document:
    title, body = next(on)
    turn = 0
    while len(title) + len(body) < LENGTH:
        turn += 1
        head, text = next(rest if turn % ON_BEAT_EVERY else on)
        body = f"{body}\n{head}.\n{text}"
    return Document(name, title, body[: LENGTH - len(title) - 1], language, PUBLISHED)


def summaries(count: int) -> list[Document]:
    """Feed items of all languages, title and at most 300 characters, on the beat and not, as a feed mixes them."""
    known = [(code, *pair) for code in languages() for pair in (*items(code).on, *items(code).off)]
    chosen = (pair for pair, _ in zip(cycle(known), range(count), strict=False))
    return [Document(f"{n}", title, text[:300], code, PUBLISHED) for n, (code, title, text) in enumerate(chosen)]
