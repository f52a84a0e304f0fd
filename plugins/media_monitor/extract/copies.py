"""Which articles print the text of another: reprints of a wire, reposts of an outlet's own.

Candidates come from locality-sensitive hashing of MinHash signatures (rensa), of the lead and of the whole text: feeds
cut articles short, and papers put a sentence of their own before a wire's. Each candidate is then compared exactly.
An article is compared with origins only, never with a copy of one, so that chains of edits do not drift.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import pyarrow as pa
from rensa import RMinHash, RMinHashLSH

from media_monitor import columns, tables
from media_monitor.extract import shingles
from media_monitor.model import Article

REACH = timedelta(days=7)  # a reprint comes within days; what is alike after weeks is a form or an anniversary
REPOST_REACH = timedelta(days=3)
_PERMUTATIONS, _BANDS, _SEED = 96, 32, 20250428  # bands of 3: stretches of which half is common meet almost surely
_MOST_CANDIDATES = 50
_LEAST, _SHORT = 8, 14  # pieces; below the first texts are alike by chance, below the second often
# Chosen on half of the labelled pairs (tests/extract/copies.tsv; docs/collecting.md).
_REPRINT, _SHORT_REPRINT = 0.7, 0.9  # share of the shorter text that is in one of another family
_REPOST = 0.8  # the same within a family, where forms and boilerplate are alike; headlines must be alike too
_HEADLINES = 0.1
_LABEL = re.compile(r"\[[^\]]*\]|【[^】]*】")  # "[Photo]", "[Update]": the form's, not the story's
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Text:
    """An article as far as it matters here. `family` is its publisher, `at` when it was printed or first fetched."""

    article_id: str
    family: str
    language: str | None
    at: datetime
    title: str
    text: str

    @cached_property
    def tokens(self) -> list[str]:
        return shingles.tokens(self.title, self.text)

    @cached_property
    def lead(self) -> frozenset[str]:
        return shingles.pieces(shingles.lead(self.tokens))

    @cached_property
    def whole(self) -> frozenset[str]:
        return shingles.pieces(self.tokens)

    @cached_property
    def headline(self) -> frozenset[str]:
        return frozenset(shingles.words(_LABEL.sub(" ", self.title)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(_NUMBER.findall(f"{self.title} {self.text}"))

    @cached_property
    def told(self) -> frozenset[str]:
        """The numbers of headline and lead."""
        return frozenset(_NUMBER.findall(f"{self.title} {shingles.joined(shingles.lead(self.tokens))}"))


def linked(articles: pa.Table, stored: pa.Table) -> pa.Table:
    """The table articles with `copy_of` of the relevant ones: the id of the origin, null for what is one.

    `stored` are origins of the days before: columns article_id, publisher, language, printed_at, title, text. Among
    the articles the earliest is the origin; an article that is stored is one whatever its time.
    """
    rows = columns.instances(Article, articles)
    new = {row.article_id: _text(row) for row in sorted(rows, key=lambda row: row.revision) if row.relevant}
    known = [text for text in _stored(stored) if text.article_id not in new]
    found = origins(list(new.values()), known)
    return tables.ARTICLES.arrow(replace(row, copy_of=found.get(row.article_id)) for row in rows)


def origins(new: Iterable[Text], known: Sequence[Text] = ()) -> dict[str, str]:
    """The origin's id by id of each new text that is a copy. Pure; independent of the order of its input."""
    index = _Index()
    for text in sorted(known, key=_order):
        index.add(text, _signatures(replace(text)))  # of a copy: what it works out for them is not kept in memory
    found: dict[str, str] = {}
    for text in sorted(new, key=_order):
        signatures = list(_signatures(text))
        alike = [(likeness(text, origin), origin) for origin in index.near(text, signatures)]
        best = max(((score, origin) for score, origin in alike if score), default=None, key=_rank)
        if best:
            found[text.article_id] = best[1].article_id
        else:
            index.add(text, signatures)
    return found


def likeness(one: Text, other: Text) -> float:
    """Share of the shorter text that is in the other, where one is a copy of the other; else 0.

    Headlines or leads with a number each that the other text lacks make two reports of what looks like one: tolls,
    forecasts and communiqués come every day in the same words.
    """
    size = min(len(one.whole), len(other.whole))
    if size < _LEAST or (one.told - other.numbers and other.told - one.numbers):
        return 0.0
    shared = max(shingles.containment(one.whole, other.whole), shingles.containment(one.lead, other.lead))
    least, reach = (_SHORT_REPRINT if size < _SHORT else _REPRINT), REACH
    if one.family == other.family:
        least, reach = _REPOST, REPOST_REACH
        if shingles.jaccard(one.headline, other.headline) < _HEADLINES:
            return 0.0
    return shared if shared >= least and abs(one.at - other.at) <= reach else 0.0


def _rank(found: tuple[float, Text]) -> tuple[float, float, str]:
    score, origin = found
    return (round(score, 2), -origin.at.timestamp(), origin.article_id)


def _order(text: Text) -> tuple[datetime, str]:
    return (text.at, text.article_id)


class _Index:
    """Texts by what they may be copies of; lead and whole text have a signature each."""

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._buckets = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)

    def add(self, text: Text, signatures: Iterable[Any]) -> None:
        for signature in signatures:
            self._buckets.insert(len(self._texts), signature)
            self._texts.append(text)

    def near(self, text: Text, signatures: Iterable[Any]) -> list[Text]:
        """Those with the most stretches alike; boilerplate that all have would make candidates of all."""
        alike = Counter(key for signature in signatures for key in self._buckets.query(signature))
        stretches: Counter[str] = Counter()
        found = {}
        for key, count in sorted(alike.items()):
            origin = self._texts[key]
            if origin.language == text.language:
                stretches[origin.article_id] += count
                found[origin.article_id] = origin
        return [found[article_id] for article_id, _ in stretches.most_common(_MOST_CANDIDATES)]


def _signatures(text: Text) -> Iterator[Any]:
    stretches = [shingles.pieces(stretch) for stretch in shingles.windows(text.tokens)]
    for wanted in dict.fromkeys((*stretches, text.whole)):
        if len(wanted) >= _LEAST:
            signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
            signature.update(sorted(wanted))
            yield signature


def _text(row: Article) -> Text:
    at = row.published_at or row.fetched_at
    return Text(row.article_id, row.publisher, row.language, at, row.title, row.text or "")


def _stored(rows: pa.Table) -> Iterator[Text]:
    for row in rows.to_pylist():
        at = row["printed_at"].astimezone(UTC)
        title, text = row["title"], row["text"] or ""
        yield Text(row["article_id"], row["publisher"], row["language"], at, title, text)
