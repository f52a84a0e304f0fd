"""Feeds, what was asked of servers, and what came of it, as frozen dataclasses: see `model` for their conventions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Affiliation = Literal["state", "independent", "wire", "official"]
AHEAD = timedelta(minutes=10)
"""How far ahead of the present a moment may lie that was noted before: a clock that was set right. What lies further
ahead was noted by a clock that was wrong."""
PageOutcome = Literal["text", "paywall", "consent", "robots", "error", "empty"]


@dataclass(frozen=True, slots=True)
class Feed:
    """One subscription of a beat. `publisher` is the family that owns the outlet; `tier` 1 is the best known;
    `full_text` whether the pages of its articles may be asked for (None: as for feeds that say nothing)."""

    feed_id: str
    url: str
    outlet: str
    publisher: str
    language: str | None = None
    country: str | None = None
    affiliation: Affiliation = "independent"
    tier: int = 3
    note: str = ""
    full_text: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as parsed, before it is an article. `published_raw` is the publisher's own string, `language`
    the item's own where it names one."""

    title: str
    link: str | None
    guid: str | None
    summary_html: str
    published_raw: str | None
    updated_raw: str | None = None
    authors: tuple[str, ...] = ()
    source_title: str | None = None
    source_url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FetchState:
    """What the next fetch of a feed needs to know of the last one (its latest row of `fetches`)."""

    feed_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    next_due_at: datetime | None = None
    failures: float = 0.0
    feed_url: str | None = None
    fetched_at: datetime | None = None
    interval_minutes: float | None = None
    on_time: int | None = None
    hint_minutes: float | None = None
    domain: str | None = None
    blocked_until: datetime | None = None
    moved_to: str | None = None
    moved_seen: int | None = None
    checked_at: datetime | None = None
    unchanged_at: datetime | None = None
    body_at: datetime | None = None
    body_url: str | None = None
    lying_since: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One row of `fetches`: an attempt to fetch a feed and what came of it."""

    feed_id: str
    batch: str
    url: str
    outlet: str
    fetched_at: datetime
    status: int | None = None
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    bytes: int = 0
    elapsed_ms: int = 0
    entries: int = 0
    new_entries: int = 0
    failures: float = 0.0
    error: str | None = None
    next_due_at: datetime | None = None
    note: str = ""
    warc_file: str | None = None
    warc_offset: int | None = None
    feed_url: str | None = None
    interval_minutes: float | None = None
    on_time: int | None = None
    hint_minutes: float | None = None
    domain: str | None = None
    blocked_until: datetime | None = None
    moved_to: str | None = None
    moved_seen: int | None = None
    conditional: bool | None = None
    checked_at: datetime | None = None
    unchanged_at: datetime | None = None
    body_at: datetime | None = None
    body_url: str | None = None
    lying_since: datetime | None = None
    retired_at: datetime | None = None

    @property
    def day(self) -> date:
        """The partition: date of the fetch, UTC."""
        return self.fetched_at.date()


@dataclass(frozen=True, slots=True)
class Page:
    """One row of `pages`: an article page that was asked for and what it was."""

    page_id: str
    article_id: str
    revision: int
    url: str
    fetched_at: datetime
    outcome: PageOutcome
    reason: str = ""
    status: int | None = None
    final_url: str | None = None
    canonical_url: str | None = None
    chars: int = 0
    title: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    library: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None

    @property
    def day(self) -> date:
        """The partition: date of the fetch, UTC."""
        return self.fetched_at.date()
