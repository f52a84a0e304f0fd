"""What an article tells of the happening that it reports: names, deeds, days, numbers and words of its head.

The head is the title and the beginning of the text. What comes later is background more often than not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import pyarrow as pa

from media_monitor.extract import shingles
from media_monitor.extract.grammar.dates import Dated
from media_monitor.extract.stories.figures import figures
from media_monitor.extract.stories.rows import Row, unpacked
from media_monitor.extract.text.normalise import normalise
from media_monitor.model import document_text

HEAD = 400  # code points
_LEAST_BARE, _YEARS = 100, range(1900, 2101)  # a small bare figure counts anything, a bare 2024 is a year


@dataclass(frozen=True)
class Report:
    """An article in one revision. `at` is when it was printed, or first fetched where that is not known.

    `entities` are the ids of the registry that the head names, `titled` those of the title; `deeds` are codes of events
    and statements of the head; `vector` is the centred row of the encoder, as `rows.packed` writes it.
    """

    article_id: str
    revision: int
    at: datetime
    language: str | None
    title: str
    text: str
    entities: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    vector: str | None = None

    @property
    def head(self) -> str:
        return head_of(self.title, self.text)

    @cached_property
    def row(self) -> Row | None:
        return unpacked(self.vector) if self.vector else None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the head in lower case; of what is written without spaces, pairs of characters."""
        return frozenset(_words(self._normal))

    @cached_property
    def headline(self) -> frozenset[str]:
        return frozenset(_words(normalise(self.title[:HEAD]).text))

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that the head names, in the year next to that of printing."""
        return frozenset(found.date for found in self._dated if found.precision == "day")

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The numbers of the head, however written (1만2천, 12 thousand), but for dates and small bare figures."""
        known = figures(self.language)
        if known is None:
            return frozenset()
        dates = [(found.start, found.end) for found in self._dated]
        return frozenset(
            round(n.value, 2)
            for n in known[1].find(self._normal)
            if n.value > 1
            and not (n.bare and (n.value < _LEAST_BARE or n.value in _YEARS))
            and not any(start < n.end and n.start < end for start, end in dates)
        )

    @cached_property
    def _normal(self) -> str:
        return normalise(self.head).text

    @cached_property
    def _dated(self) -> list[Dated]:
        known = figures(self.language)
        return known[0].find(self._normal, self.at.date()) if known else []


def head_of(title: str, text: str) -> str:
    """The title and the beginning of the text."""
    return document_text(title, text[:HEAD])[:HEAD].strip()


def reports(facts: Mapping[str, pa.Table]) -> list[Report]:
    """The relevant articles of a batch in order of time; of an article its last revision.

    `facts` are the tables articles, mentions, events and statements.
    """
    rows = sorted(facts["articles"].to_pylist(), key=lambda row: row["revision"])
    articles = {row["article_id"]: row for row in rows if row["relevant"]}
    titles = {key: len(row["title"]) for key, row in articles.items()}
    entities, titled = _gathered(_entities(facts, titles, HEAD)), _gathered(_entities(facts, titles, 0))
    deeds = _gathered(_deeds(facts))
    found = []
    for key, row in articles.items():
        own = (key, row["revision"])
        at = (row["published_at"] or row["fetched_at"]).astimezone(UTC)
        about = (*own, at, row["language"], row["title"], row["text"] or "")
        found.append(Report(*about, _of(entities, own), _of(titled, own), _of(deeds, own)))
    return sorted(found, key=order)


def order(report: Report) -> tuple[datetime, str]:
    """What reports are sorted by: time, then id."""
    return report.at, report.article_id


_Own = tuple[str, int]


def _entities(facts: Mapping[str, pa.Table], titles: Mapping[str, int], least: int) -> Iterator[tuple[_Own, str]]:
    """The entities of title and head; with `least` 0 those of the title alone."""
    for row in facts["mentions"].to_pylist():
        if row["entity_id"] and row["start"] < (least or titles.get(row["article_id"], 0)):
            yield (row["article_id"], row["revision"]), row["entity_id"]


def _deeds(facts: Mapping[str, pa.Table]) -> Iterator[tuple[_Own, str]]:
    for row in facts["events"].to_pylist():
        if row["start"] < HEAD:
            yield (row["article_id"], row["revision"]), f"{row['type']}:{row['actor_party']}:{row['recipient_party']}"
    for row in facts["statements"].to_pylist():
        if row["start"] < HEAD and not row["background"]:
            yield (row["article_id"], row["revision"]), f"{row['claim']}:{row['party']}:{row['stance']}"


def _gathered(found: Iterable[tuple[_Own, str]]) -> dict[_Own, frozenset[str]]:
    gathered: dict[_Own, set[str]] = {}
    for key, value in found:
        gathered.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in gathered.items()}


def _words(normal: str) -> Iterable[str]:
    parts = shingles.words(normal)
    if shingles.is_spaced(parts):
        return parts
    return (shingles.joined(parts[i : i + 2]) for i in range(max(0, len(parts) - 1)))


def _of(gathered: Mapping[_Own, frozenset[str]], own: _Own) -> frozenset[str]:
    return gathered.get(own, frozenset())


def founding(row: Mapping[str, Any]) -> Report:
    """The founding article of a row of `warehouse.stories.founders`."""
    about = (row["article_id"], row["revision"], row["founded_at"].astimezone(UTC), row["language"])
    entities, titled, deeds = (frozenset(row[name]) for name in ("entities", "titled", "deeds"))
    return Report(*about, row["title"], row["text"] or "", entities, titled, deeds, row["vector"])
