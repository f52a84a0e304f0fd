"""Rows to be judged: a good batch, and records to put in it. A change sets a column to any value, null included."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from media_monitor import tables
from media_monitor.model import Article, Event, Mention, Statement
from media_monitor.sources import Fetch, Page

Record = dict[str, Any]

NOW = datetime(2025, 4, 29, 12, tzinfo=UTC)
PUBLISHED = datetime(2025, 4, 28, 9, tzinfo=UTC)
TITLE = "Pyongyang speaks of Kursk"
TEXT = "北京：Kim Jong Un said that “the troops 𝟏 fought” near Kursk."  # spans count code points, not bytes or UTF-16
CODES = {
    "claims": ["troops_in_combat", "treaty"],
    "entities": ["kim_jong_un", "north_korea", "russia", "kursk_region"],
    "parties": ["KP", "RU", "OTHER"],
    "entity_parties": ["kim_jong_un KP", "north_korea KP", "russia RU", "kursk_region -"],
    "people": ["kim_jong_un"],
    "event_types": ["ASSAULT", "AID"],
    "event_codes": ["ASSAULT 18 4", "AID 07 2"],
}

_ARTICLE = Article(
    article_id="article",
    revision=1,
    url="https://news.example/1",
    guid=None,
    feed_id="feed",
    outlet="The Example",
    publisher="example",
    affiliation="independent",
    country="KR",
    language="en",
    title=TITLE,
    text=TEXT,
    agency=None,
    authors=("A. Writer",),
    published_at=PUBLISHED,
    date_source="published",
    fetched_at=PUBLISHED + timedelta(hours=3),
    content_sha256="0" * 64,
    relevant=True,
    beat="dprk_russia",
)
_NAME = (TITLE + "\n" + TEXT).index("Kim Jong Un")
_SPAN: dict[str, Any] = {
    "article_id": "article",
    "revision": 1,
    "day": PUBLISHED.date(),
    "sentence": 1,
    "start": _NAME,
    "end": _NAME + len("Kim Jong Un"),
    "surface": "Kim Jong Un",
}
_MENTION = Mention(
    mention_id="mention",
    entity_id="kim_jong_un",
    kind="person",
    party="KP",
    sector="GOV",
    rule="name",
    **_SPAN,
)
_EVENT = Event(
    event_id="event",
    type="ASSAULT",
    mode=None,
    cameo="18",
    quad_class=4,
    goldstein=-9.0,
    actor="north_korea",
    actor_party="KP",
    recipient=None,
    recipient_party="OTHER",
    place="kursk_region",
    event_date=PUBLISHED.date() - timedelta(days=30),
    date_precision="day",
    quantity=None,
    unit=None,
    modality="actual",
    negated=False,
    confidence=0.8,
    rule="rule",
    extractor_version="1",
    **_SPAN,
)
_STATEMENT = Statement(
    statement_id="statement",
    speaker="Kim Jong Un",
    speaker_id="kim_jong_un",
    party="KP",
    role="official",
    via=("kcna",),
    stance="confirm",
    claim="troops_in_combat",
    quote="the troops 𝟏 fought",
    said_on=PUBLISHED.date(),
    modality="actual",
    background=False,
    confidence=0.9,
    rule="rule",
    extractor_version="1",
    **_SPAN,
)
_FETCH = Fetch(
    feed_id="feed",
    batch="batch",
    url="https://news.example/feed",
    outlet="The Example",
    fetched_at=PUBLISHED + timedelta(hours=3),
    status=200,
    entries=3,
    new_entries=1,
    next_due_at=PUBLISHED + timedelta(hours=4),
)
_PAGE = Page(
    page_id="page",
    article_id="article",
    revision=1,
    url="https://news.example/article",
    fetched_at=PUBLISHED + timedelta(hours=3),
    outcome="text",
    status=200,
    chars=900,
)
_GOOD: dict[str, list[object]] = {
    "fetches": [_FETCH, replace(_FETCH, feed_id="quiet", status=304, entries=0, new_entries=0)],
    "articles": [
        _ARTICLE,
        replace(_ARTICLE, revision=2, text=TEXT + " More."),
        replace(_ARTICLE, article_id="other", text=None, relevant=False, language="ru"),
        replace(_ARTICLE, article_id="undated", published_at=None, date_source="none", url=None, guid="tag:1"),
    ],
    "pages": [
        _PAGE,
        replace(_PAGE, page_id="walled", outcome="paywall", reason="says that it is for subscribers", chars=0),
        replace(_PAGE, page_id="refused", outcome="robots", reason="robots.txt", status=None, chars=0),
    ],
    "mentions": [
        _MENTION,
        replace(_MENTION, mention_id="unlisted", entity_id=None, party=None, sector=None),
        replace(_MENTION, mention_id="place", entity_id="kursk_region", kind="place", party=None),
    ],
    "events": [
        _EVENT,
        replace(_EVENT, event_id="undated", event_date=None, date_precision=None),
        replace(_EVENT, event_id="plan", modality="planned", event_date=PUBLISHED.date() + timedelta(days=9)),
    ],
    "statements": [
        _STATEMENT,
        replace(_STATEMENT, statement_id="source", role="source", speaker_id=None, party="OTHER", quote=None),
    ],
}


def record(table: str, row_id: str, **changes: Any) -> Record:
    """A good row of the table with this id, changed."""
    spec = tables.BY_NAME[table]
    row: Record = spec.arrow([_GOOD[table][0]]).to_pylist()[0]
    return {**row, spec.key[0]: row_id, **changes}


def records(table: str, count: int, **changes: Any) -> list[Record]:
    """As many such rows, each with another id."""
    return [record(table, f"{table}_{number}", **changes) for number in range(count)]


def good(**more: Iterable[Record]) -> dict[str, pa.Table]:
    """The good batch, with more records at the end of the tables named."""
    return {
        name: arrow(name, [*tables.BY_NAME[name].arrow(rows).to_pylist(), *more.get(name, ())])
        for name, rows in _GOOD.items()
    }


def only(**given: Iterable[Record]) -> dict[str, pa.Table]:
    """A batch of these records; the tables that are not named are empty."""
    return {name: arrow(name, given.get(name, ())) for name in _GOOD}


def arrow(table: str, rows: Iterable[Record]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=tables.BY_NAME[table].schema)
