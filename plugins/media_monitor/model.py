"""What crosses a stage, as frozen dataclasses.

Field meanings, units and null rules are those of the columns of the same name in `tables`. Spans are
`(start, end)` in code points of `title + "\\n" + text` of the stored article. Times are aware UTC datetimes.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Stance = Literal["confirm", "allege", "deny", "decline", "condemn", "praise"]
Role = Literal["official", "media", "expert", "source"]
Modality = Literal["actual", "planned", "alleged", "hypothetical"]
Grade = Literal["primary", "corroborated", "single source", "implicit", "disputed", "on record"]
AlertKind = Literal[
    "first_confirmation",
    "implicit",
    "denial",
    "reversal",
    "grade_raised",
    "withdrawn",
    "burst",
    "silence",
    "quarantine",
]
DeliveryState = Literal["sending", "sent", "failed", "unknown"]


def stable_id(*parts: object) -> str:
    """16 hexadecimal digits that depend on the parts alone: the same input gives the same id on any machine.

    >>> stable_id("dprk_russia", "troops_in_combat", "RU") == stable_id("dprk_russia", "troops_in_combat", "RU")
    True
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def document_text(title: str, text: str | None) -> str:
    """The text that spans refer to: title, a line feed, body."""
    return f"{title}\n{text or ''}"


@dataclass(frozen=True, slots=True)
class Article:
    """One news item at one URL, in one revision."""

    article_id: str
    revision: int
    url: str | None
    guid: str | None
    feed_id: str
    outlet: str
    publisher: str
    affiliation: str
    country: str | None
    language: str | None
    title: str
    text: str | None
    agency: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    date_source: str
    fetched_at: datetime
    content_sha256: str
    relevant: bool | None = None
    beat: str | None = None
    story_id: str | None = None
    copy_of: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    aggregator: str | None = None
    change: str | None = None
    text_source: str | None = None

    @property
    def day(self) -> date:
        """The partition: publication date, or the date of the fetch for an undated article (UTC)."""
        return (self.published_at or self.fetched_at).date()


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in an article."""

    mention_id: str
    article_id: str
    revision: int
    day: date
    sentence: int
    start: int
    end: int
    surface: str
    entity_id: str | None
    kind: str
    party: str | None
    sector: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where and when."""

    event_id: str
    article_id: str
    revision: int
    day: date
    sentence: int
    start: int
    end: int
    surface: str
    type: str
    mode: str | None
    cameo: str | None
    quad_class: int | None
    goldstein: float | None
    actor: str | None
    actor_party: str | None
    recipient: str | None
    recipient_party: str | None
    place: str | None
    event_date: date | None
    date_precision: str | None
    quantity: float | None
    unit: str | None
    modality: Modality
    negated: bool
    confidence: float
    rule: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A speaker's stance on a claim. `via` is the source chain from the printing outlet's side to the speaker."""

    statement_id: str
    article_id: str
    revision: int
    day: date
    sentence: int
    start: int
    end: int
    surface: str
    speaker: str
    speaker_id: str | None
    party: str
    role: Role
    via: tuple[str, ...]
    stance: Stance
    claim: str
    quote: str | None
    said_on: date | None
    modality: Modality
    background: bool
    confidence: float
    rule: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A step of the ledger with its evidence: what a party said on a claim, that an alert tells of.

    Mostly the first `confirm` (or implicit praise) by a party to the claim; in an alert of another kind the denial.
    """

    beat: str
    claim: str
    party: str
    grade: Grade
    reversal: bool
    implied_by: str | None
    prior_status: str
    since: date
    first_statement: str
    evidence: tuple[str, ...]
    publishers: int
    speaker: str
    speaker_id: str | None
    quote: str
    via: tuple[str, ...]
    outlet: str
    url: str | None
    title: str
    language: str | None
    printed_at: datetime

    @property
    def alert_id(self) -> str:
        """The id of the alert on the first confirmation: one per (beat, claim, party), ever."""
        return stable_id(self.beat, self.claim, self.party)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An attempt to send an alert through a channel. `channel` holds no credentials.

    `unknown`: the sender died or lost the connection after it began, so that the message may have arrived.
    """

    channel: str
    state: DeliveryState
    at: datetime
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that happened once and was raised, and what became of its deliveries.

    `confirmation` is the step of the ledger that it tells of; None for bursts, silences and quarantine, whose beat and
    first day are `beat` and `since`. `subject` is a claim, feed id, language, party or table. `due_at` None: at once.
    """

    alert_id: str
    raised_at: datetime
    kind: AlertKind
    rule: str
    subject: str
    summary: str
    confirmation: Confirmation | None
    deliveries: tuple[Delivery, ...] = ()
    due_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    wrong_at: datetime | None = None
    wrong_reason: str | None = None
    withdrawn_at: datetime | None = None
    changed_at: datetime | None = None
    beat: str = ""
    since: date | None = None

    @property
    def step(self) -> Confirmation:
        """The step of the ledger that it tells of.

        Raises:
            ValueError: an alert of its kind tells of none.
        """
        if self.confirmation is None:
            raise ValueError(f"alert {self.alert_id}: a {self.kind} tells of no words")
        return self.confirmation

    @property
    def implied_by(self) -> str | None:
        """The more specific claim with whose alert this one is told; None where it goes out on its own."""
        return self.confirmation.implied_by if self.confirmation else None
