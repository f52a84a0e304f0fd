"""An act of speech, and what a text is read with: who spoke last and on what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from media_monitor.beat import Claim
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.dates import Dated
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag


@dataclass
class Memory:
    """What the text has said so far."""

    speaker: Figure | None = None
    together: Sequence[Figure] = ()  # the last speakers, where several speak as one
    before: Line | None = None  # the sentence before, where nobody speaks in it
    claims: list[Claim] = field(default_factory=list)
    alleged: list[Claim] = field(default_factory=list)
    offices: dict[str, Figure] = field(default_factory=dict)  # who bore a title last, where the verb stands last
    history: list[Claim] = field(default_factory=list)  # all claims so far, the last one last
    dated: tuple[str | None, str | None, date] | None = None  # party, entity and day of who spoke on that day
    told: list[Dated] = field(default_factory=list)  # the first day told in the sentence that begins at `told_in`
    told_in: int = -1
    asserted: set[tuple[str, str]] = field(default_factory=set)  # party and most general claim of what it said is so
    narrated: Sequence[Claim] = ()  # by the sentence before, where nobody speaks in it


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of speech at work: its cue, its speakers, and where its content may stand, the likeliest first."""

    cue: Tag
    category: str
    speakers: tuple[Figure, ...]
    content: tuple[tuple[int, int], ...]
    rule: str


def heard(line: Line) -> Sequence[Act]:
    """The acts of speech that were found in the line when it was read."""
    found: Sequence[Act] = line.memo.get("acts", ())
    return found
