"""What an explanation holds. All spans are (start, end) in title + line feed + text, as everywhere."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

MarkKind = Literal["entity", "speaker", "cue", "claim"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that matters. `note` says what it is; `fact` is the ref of the fact that it belongs to,
    "" for an entity."""

    start: int
    end: int
    kind: MarkKind
    note: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its clauses; number 0 is the title."""

    number: int
    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the text: its forms there, and how often they stand there."""

    entity_id: str
    name: str
    party: str | None
    kind: str
    forms: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement (`S1`, …) or event (`E1`, …): what it says, by which rule or model, how sure, and why.

    `fact_id` is the id that it is stored under; `code` is the stance or the event type; `values` are labelled details
    for people; `reason` is in words.
    """

    ref: str
    fact_id: str
    code: str
    heading: str
    sentence: int
    start: int
    end: int
    surface: str
    values: tuple[tuple[str, str], ...]
    rule: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Unmade:
    """An act of speech that led to no statement, and why. `words` are those of its cue."""

    sentence: int
    start: int
    end: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """An explained document. `weights` are what relevance was judged by, which is given from a `score` of 0 on."""

    document_id: str
    title: str
    outlet: str
    published: date | None
    beat: str
    text: str
    language: str | None
    language_confidence: float
    declared: str | None
    relevant: bool
    score: float
    weights: tuple[tuple[str, float], ...]
    passages: tuple[Passage, ...]
    entities: tuple[Named, ...]
    marks: tuple[Mark, ...]
    statements: tuple[Fact, ...]
    events: tuple[Fact, ...]
    unmade: tuple[Unmade, ...]
    notes: tuple[str, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.statements + self.events

    def as_dict(self) -> dict[str, Any]:
        """The account for JSON, dates as ISO 8601."""
        plain = asdict(self)
        published = self.published.isoformat() if self.published else None
        facts = {
            kind: [_fact(f) for f in facts]
            for kind, facts in (("statements", self.statements), ("events", self.events))
        }
        return {**plain, **facts, "published": published, "weights": dict(self.weights)}


def _fact(fact: Fact) -> dict[str, Any]:
    return {**asdict(fact), "values": dict(fact.values)}
