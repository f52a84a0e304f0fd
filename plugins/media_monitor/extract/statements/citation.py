"""Writes a statement out: its span, speaker, quotation and day, and through whom it came."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from media_monitor.beat import Claim
from media_monitor.extract.document import Reading
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import SPEECH, Lexicon
from media_monitor.extract.speech.memory import Act, Memory
from media_monitor.extract.speech.stance import CONFIDENCE
from media_monitor.extract.statements.lore import Lore
from media_monitor.extract.text.normalise import folded
from media_monitor.extract.version import EXTRACTOR_VERSION
from media_monitor.model import Modality, Stance, Statement, stable_id

DOUBT = 14  # most characters between a modal verb and what it makes a supposition
OPENING = 12  # most characters before a day that opens a sentence and holds for the speaker's next ones
# A name after a title where names have capitals: up to four words, with the particles of names between them.
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁЄІЇҐ][\w'’-]*"
_UNLISTED = re.compile(rf" {_CAPITAL}(?: (?:(?:de|del|von|van|bin|al) )?{_CAPITAL}){{0,3}}")
_EDGES = " ,;:،؛、，-\n"


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim in a text: the span that tells it, and what the finding rests on (cue, say, context)."""

    claim: Claim
    span: tuple[int, int]
    source: str


@dataclass(frozen=True, slots=True)
class Heard:
    """An act of speech and what came of it: its category in the end, the claims found, the statements made."""

    line: Line
    act: Act
    category: str
    found: tuple[Finding, ...]
    made: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Context:
    """All that a line is read with; `heard` takes each act of speech in turn, for whoever explains the result."""

    line: Line
    reading: Reading
    words: Lexicon
    known: Lore
    memory: Memory
    heard: list[Heard]


def modifiers(line: Line, span: tuple[int, int], whole: bool = False, joiners: Collection[str] = ()) -> list[Tag]:
    """Cues in the span that are no speech. A condition or question counts before what is asserted, not after it:
    "fear that the soldiers sent may fight"; in the `whole` span where a party to the claim speaks, who confirms."""
    span = span[0], _first_part(line, span, joiners)
    concepts = line.tagged("concepts", *span)
    later = concepts[1].end if len(concepts) > 1 and not whole else span[1]
    if line.verb_last and len(concepts) > 1:
        later = max(later, line.clauses[line.clause_at(concepts[1].start)].end)
    found = [t for t in line.tagged("cues", *span) if t.name not in SPEECH and (whole or not line.quoted(t.start))]
    return [t for t in found if t.name not in ("hypothetical", "question") or t.start < later or _condition(line, t)]


def conditional(act: Act, cue: Tag, line: Line) -> bool:
    """Whether what is condemned is only supposed: "if it is true, …", "would be an escalation"."""
    start = next((a for a, b in act.content if a <= cue.start < b), act.content[0][0])
    doubts = [t for t in line.tagged("cues", start, cue.start) if t.name == "hypothetical"]
    return any(cue.start - t.end <= DOUBT or line.opens_clause(t.start) for t in doubts)


def _first_part(line: Line, span: tuple[int, int], joiners: Collection[str]) -> int:
    """Where a second "and that …" begins, which is no part of what is said first; the end where there is none."""
    cuts = [t for t in line.tagged("grammar", *span) if t.name == "cut" and " " in line.slice(t.start, t.end)]
    further = [t.start for t in cuts if line.slice(t.start, t.end).split()[0] in joiners]
    return next((s for s in further if len(line.tagged("concepts", span[0], s)) > 1), span[1])


def _condition(line: Line, tag: Tag) -> bool:
    """Whether the tag opens a clause of its own that is a condition of the rest: ", if the reports are true, …"."""
    return tag.name == "hypothetical" and not line.postpositions and line.opens_clause(tag.start)


def statement(act: Act, speaker: Figure, took: Stance, finding: Finding, at: Context) -> Statement:
    document, line = at.reading.document, at.line
    start, end = _extent(act, speaker, finding.span, line)
    stored = at.reading.normal.span(start, end)
    claim = finding.claim.claim_id
    return Statement(
        statement_id=stable_id(document.document_id, document.revision, *stored, speaker.party, took, claim),
        article_id=document.document_id,
        revision=document.revision,
        day=document.day,
        sentence=line.number,
        start=stored[0],
        end=stored[1],
        surface=at.reading.text[stored[0] : stored[1]],
        speaker=_surface(at.reading, speaker),
        speaker_id=speaker.entity,
        party=speaker.party or "",
        role=speaker.role,
        via=_via(at, speaker),
        stance=took,
        claim=claim,
        quote=_quote(at.reading, line, start, end),
        said_on=_said_on(at, speaker),
        modality=_modality(line, finding.span, took),
        background=any(t.name == "background" for t in line.tagged("cues", line.start, line.end)),
        confidence=CONFIDENCE[finding.source],
        rule=f"{act.rule}:{act.category}:{finding.source}",
        extractor_version=EXTRACTOR_VERSION,
    )


def _extent(act: Act, speaker: Figure, span: tuple[int, int], line: Line) -> tuple[int, int]:
    """The clause of a statement: speaker, cue and content as far as they stand in this line."""
    here = [speaker.start, speaker.end] if line.start <= speaker.start and speaker.end <= line.end else []
    edges = [act.cue.start, act.cue.end, *span, *here]
    low, high = max(min(edges), line.start), min(max(edges), line.end)
    piece = line.slice(low, high)
    low += len(piece) - len(piece.lstrip(_EDGES))
    high -= len(piece) - len(piece.rstrip(_EDGES))
    return low, max(high, low + 1)


def _surface(reading: Reading, speaker: Figure) -> str:
    """The speaker as printed, with the name of who is not in the registry; the outlet where its whole article is
    the speaker's word."""
    if speaker.start == speaker.end:
        return reading.document.outlet
    start, end = reading.normal.span(speaker.start, speaker.end)
    unlisted = _UNLISTED.match(reading.text, end) if speaker.entity is None else None
    return reading.text[start : unlisted.end() if unlisted else end]


def _via(at: Context, speaker: Figure) -> tuple[str, ...]:
    """The outlet, then the media named in the sentence; neither the speaker nor the outlet a second time."""
    outlet, line = at.reading.document.outlet, at.line
    own = at.known.outlets.get(folded(outlet))
    named = [e.entity_id for n in line.names for e in n.entities if e.sector == "MED" and not line.quoted(n.start)]
    itself = speaker.start == speaker.end or (own is not None and own == speaker.entity)
    first = [outlet] if outlet and not itself else []
    return tuple(dict.fromkeys([*first, *(m for m in named if m not in (speaker.entity, own))]))


def _quote(reading: Reading, line: Line, start: int, end: int) -> str | None:
    """The words inside quotation marks, several pieces joined by an ellipsis."""
    inside = [q for q in line.quotes if start <= q[0] and q[1] <= end + 1 and q[1] - q[0] > 3]
    pieces = [reading.normal.span(a + 1, b - 1) for a, b in inside]
    return " … ".join(reading.text[a:b].strip() for a, b in pieces) or None


def _said_on(at: Context, speaker: Figure) -> date | None:
    """The first day that the sentence tells, if it is not in the future; else the day that opened a sentence of the
    same speaker just before, else the publication date."""
    published, memory = at.reading.document.published, at.memory
    if published is None:
        return None
    if memory.told_in != at.line.start:
        told = at.words.calendar.find(at.line.text, published)
        memory.told = [d for d in told if d.precision == "day" and d.date <= published][:1]
        memory.told_in = at.line.start
    who = (speaker.party, speaker.entity)
    if memory.told:
        memory.dated = (*who, memory.told[0].date) if memory.told[0].start <= OPENING else None
        return memory.told[0].date
    if memory.dated is None or not _same(memory.dated[:2], who):
        memory.dated = None
        return published
    return memory.dated[2]


def _same(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether two speakers are one, as far as known."""
    return one[0] == other[0] and (None in (one[1], other[1]) or one[1] == other[1])


def _modality(line: Line, span: tuple[int, int], took: Stance) -> Modality:
    if any(t.name == "planned" for t in modifiers(line, span)):
        return "planned"
    return "alleged" if took == "allege" else "actual"
