"""Rows for the lake: an article, the facts in it, a fetch. A change sets a field of the row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pyarrow as pa

from media_monitor import columns, tables
from media_monitor.model import Article, Event, Mention, Statement, stable_id
from media_monitor.sources import Fetch

PARTS: tuple[tuple[columns.Table, type], ...] = (
    (tables.ARTICLES, Article),
    (tables.MENTIONS, Mention),
    (tables.EVENTS, Event),
    (tables.STATEMENTS, Statement),
    (tables.FETCHES, Fetch),
)


def moment(day: str, hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), UTC)


def article(name: str, day: str, revision: int = 1, **changes: Any) -> Article:
    made = Article(
        article_id=name, revision=revision, url=f"https://courier.example/{name}", guid=None, feed_id="courier",
        outlet="The Courier", publisher="courier", affiliation="independent", country="KR", language="en",
        title=f"Headline of {name}", text="Body", agency=None, authors=("A. Writer",), published_at=moment(day),
        date_source="published", fetched_at=moment(day, 13), content_sha256=stable_id(name, revision),
        relevant=True, beat="dprk_russia",
    )  # fmt: skip
    return replace(made, **changes)


def _span(within: Article) -> dict[str, Any]:
    return {
        "article_id": within.article_id, "revision": within.revision, "day": within.day,
        "sentence": 1, "start": 0, "end": 8, "surface": "Headline",
    }  # fmt: skip


def mention(within: Article, entity: str, **changes: Any) -> Mention:
    made = Mention(
        mention_id=stable_id(within.article_id, within.revision, entity), **_span(within), entity_id=entity,
        kind="country", party=None, sector=None, rule="name",
    )  # fmt: skip
    return replace(made, **changes)


def event(within: Article, kind: str, actor_party: str, recipient_party: str, **changes: Any) -> Event:
    made = Event(
        event_id=stable_id(within.article_id, within.revision, kind, actor_party, recipient_party), **_span(within),
        type=kind, mode=None, cameo="07", quad_class=2, goldstein=7.4, actor=None, actor_party=actor_party,
        recipient=None, recipient_party=recipient_party, place=None, event_date=within.day, date_precision="day",
        quantity=None, unit=None, modality="actual", negated=False, confidence=0.9, rule="test",
        extractor_version="1",
    )  # fmt: skip
    return replace(made, **changes)


def statement(within: Article, party: str, stance: Any, claim: str, **changes: Any) -> Statement:
    made = Statement(
        statement_id=stable_id(within.article_id, within.revision, party, stance, claim), **_span(within),
        speaker="a spokesman", speaker_id=None, party=party, role="official", via=(), stance=stance, claim=claim,
        quote="we know of it", said_on=within.day, modality="actual", background=False, confidence=0.9, rule="test",
        extractor_version="1",
    )  # fmt: skip
    return replace(made, **changes)


def fetch(feed: str, batch: str, day: str, **changes: Any) -> Fetch:
    made = Fetch(
        feed_id=feed, batch=batch, url=f"https://{feed}.example/rss", outlet=feed, fetched_at=moment(day), status=200
    )
    return replace(made, **changes)


def batch(*rows: object) -> dict[str, pa.Table]:
    """The rows as a batch; articles and facts are there even when they are empty, fetches only if there are some."""
    found = {table.name: table.arrow(r for r in rows if isinstance(r, kind)) for table, kind in PARTS}
    return {name: part for name, part in found.items() if name != "fetches" or part.num_rows}


def ids(table: pa.Table, column: str) -> list[Any]:
    return table[column].to_pylist()


def plain(table: pa.Table, key: Iterable[str]) -> list[dict[str, Any]]:
    """The rows as dictionaries, by key."""
    return table.sort_by([(name, "ascending") for name in key]).to_pylist()
