"""Makes events of a reading: what its title and first paragraph report, three at most.

An event comes from a claim that the lead asserts (its `event` slot), from a stance that somebody takes there (a
denial is REJECT, a condemnation ACCUSE, praise SUPPORT), or from a trigger of the lexicon with the parties around it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from media_monitor.beat import Beat
from media_monitor.extract import claims
from media_monitor.extract.clauses import Line
from media_monitor.extract.document import Reading
from media_monitor.extract.forms import Tag
from media_monitor.extract.lexicon import Lexicon, lexicon
from media_monitor.extract.lore import Lore, lore, read_lines
from media_monitor.extract.ontology import MUTUAL, codes
from media_monitor.extract.version import EXTRACTOR_VERSION
from media_monitor.model import Event, Modality, Statement, stable_id

MOST = 3
LEAD_SENTENCES = 3
OTHER = "OTHER"
BY_STANCE = frozenset({"REJECT"})  # made of statements alone: who denies what to whom is more than a verb
_NUMBER = re.compile(r"\d[\d.,' ]*\d|\d+")
_CONFIDENCE = {"claim": 0.8, "stance": 0.75, "trigger": 0.6}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event before it is written out: actor and recipient are parties, the span is in the normalised text."""

    type: str
    mode: str | None
    actor: str
    recipient: str
    line: Line
    start: int
    end: int
    rule: str
    modality: Modality = "actual"
    negated: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.type, self.actor, self.recipient


def events(reading: Reading, found: Sequence[Statement], beat: Beat) -> list[Event]:
    """The events of a relevant reading, the most prominent first; `found` are its statements.

    Raises:
        BeatError: a table of the lexicon or of the beat is malformed.
    """
    words = lexicon(reading.language)
    return made_of(read_lines(reading, words, beat), found, reading, words, beat) if words else []


def made_of(
    parsed: Sequence[Line], found: Sequence[Statement], reading: Reading, words: Lexicon, beat: Beat
) -> list[Event]:
    """The events of lines that are read already."""
    known = lore(beat)
    lead = _lead(parsed, reading)
    chosen: dict[tuple[str, str, str], Candidate] = {}
    for candidate in _candidates(lead, found, words, known):
        chosen.setdefault(candidate.key, candidate)
    return [_event(c, reading, words) for c in list(chosen.values())[:MOST]]


def _lead(all_lines: Sequence[Line], reading: Reading) -> list[Line]:
    """The title and the sentences of the first paragraph."""
    text = reading.normal.text
    body = text.find("\n") + 1
    stop = text.find("\n", body) if body else len(text)
    stop = stop if stop > 0 else len(text)
    inside = [line for line in all_lines if line.start < stop]
    return inside[: LEAD_SENTENCES + 1]


def _candidates(lead: Sequence[Line], found: Sequence[Statement], words: Lexicon, known: Lore) -> Iterator[Candidate]:
    numbers = {line.number for line in lead}
    said = [s for s in found if s.sentence in numbers and s.role == "official"]
    for line in lead:
        here = [s for s in said if s.sentence == line.number]
        yield from _triggered(line, words)
        yield from _of_claims(line, here, words, known)
        yield from _of_stances(line, here, said, known)


def _of_claims(line: Line, said: Sequence[Statement], words: Lexicon, known: Lore) -> Iterator[Candidate]:
    """The acts that the line reports; one that is denied in it is none, nor fighting that is only honoured."""
    seen = claims.features(line, [(line.start, line.end)], words.grammar.modifier)
    doubted = {s.claim for s in said if s.stance in ("deny", "decline")}
    tags = {t.name for t in line.tagged("cues", line.start, line.end)}
    told = [c for c in claims.matched(known.topics, seen) if c.slots.get("event") and c.claim_id not in doubted]
    honoured = any(c.slots["event"][0] == "SUPPORT" for c in told) or any(s.stance == "praise" for s in said)
    for claim in told if "hypothetical" not in tags else ():
        kind, actor, recipient = claim.slots["event"]
        if not (honoured and kind == "ASSAULT"):
            modality: Modality = "planned" if "planned" in tags else "actual"
            yield Candidate(kind, None, actor, recipient, line, line.start, line.end, "claim", modality)


def _of_stances(line: Line, here: Sequence[Statement], said: Sequence[Statement], known: Lore) -> Iterator[Candidate]:
    for one in here:
        actor = known.beat.claims[one.claim].slots.get("event", ("", "KP", "RU"))[1]
        if one.stance == "deny":
            accuser = next((s.party for s in said if s.stance == "allege" and s.party != one.party), OTHER)
            yield _stance_event("REJECT", one, accuser, line)
        elif one.stance in ("condemn", "allege") and actor != one.party:
            yield _stance_event("ACCUSE", one, actor, line)
        elif one.stance == "praise":
            yield _stance_event("SUPPORT", one, actor, line)


def _stance_event(kind: str, one: Statement, recipient: str, line: Line) -> Candidate:
    return Candidate(kind, one.stance, one.party, recipient, line, line.start, line.end, "stance")


def _triggered(line: Line, words: Lexicon) -> Iterator[Candidate]:
    """Events of the lexicon's triggers, with the parties that stand around them."""
    for tag in line.tagged("events", line.start, line.end):
        kind, mode = tag.name.split("/")
        if kind not in codes() or kind in BY_STANCE or line.quoted(tag.start) or _unreal(line, tag):
            continue
        pair = _pair(line, tag, kind, words)
        if pair:
            clause = line.clauses[line.clause_at(tag.start)]
            yield Candidate(kind, mode, *pair, line, clause.start, clause.end, "trigger")


def _pair(line: Line, tag: Tag, kind: str, words: Lexicon) -> tuple[str, str] | None:
    """Actor and recipient: the first party before a trigger and another one after it; after it both, verb first."""
    clause = line.clauses[line.clause_at(tag.start)]
    before, after = line.named(clause.start, tag.start), line.named(tag.end, clause.end)
    order = [*after, *before] if words.grammar.order == "vso" and not before else [*before, *after]
    first = next((p for n in [*order, *line.names] for p in n.parties), None)
    rest = [*after, *(n for n in line.names if n.start > tag.end), *before, *line.names]
    own = claims.features(line, [(line.start, line.end)], words.grammar.modifier)
    if first is None:
        return None
    if kind == "SUPPORT" and f"troops:{first}" in own:
        return first, first
    second = next((p for n in rest for p in n.parties if p != first), None)
    if second is None:
        return None
    return (min(first, second), max(first, second)) if kind in MUTUAL else (first, second)


def _unreal(line: Line, tag: Tag) -> bool:
    clause = line.clauses[line.clause_at(tag.start)]
    return any(t.name == "hypothetical" for t in line.tagged("cues", clause.start, clause.end))


def _event(c: Candidate, reading: Reading, words: Lexicon) -> Event:
    document, code = reading.document, codes()[c.type]
    start, end = reading.normal.span(c.start, c.end)
    surface = reading.text[start:end]
    start, end = start + len(surface) - len(surface.lstrip()), end - len(surface) + len(surface.rstrip())
    told, precision = _when(c.line, words, document.published)
    quantity, unit = _quantity(c.line)
    return Event(
        event_id=stable_id(document.document_id, document.revision, c.type, c.actor, c.recipient),
        article_id=document.document_id,
        revision=document.revision,
        day=document.day,
        sentence=c.line.number,
        start=start,
        end=end,
        surface=reading.text[start:end],
        type=c.type,
        mode=c.mode or None,
        cameo=code.cameo,
        quad_class=code.quad_class,
        goldstein=code.goldstein,
        actor=_entity(c.line, c.actor),
        actor_party=c.actor,
        recipient=_entity(c.line, c.recipient),
        recipient_party=c.recipient,
        place=next((e.entity_id for n in c.line.names for e in n.entities if e.kind == "place"), None),
        event_date=told,
        date_precision=precision,
        quantity=quantity,
        unit=unit,
        modality=c.modality,
        negated=c.negated,
        confidence=_CONFIDENCE[c.rule],
        rule=c.rule,
        extractor_version=EXTRACTOR_VERSION,
    )


def _entity(line: Line, party: str) -> str | None:
    """The entity of the party that the line names, a person before an organisation before a country."""
    order = {"person": 0, "organisation": 1, "country": 2, "place": 3}
    named = [e for n in line.names for e in n.entities if e.party == party]
    return min(named, key=lambda e: order[e.kind]).entity_id if named else None


def _when(line: Line, words: Lexicon, published: date | None) -> tuple[date | None, str | None]:
    """The first date that the line tells, else the day of publication."""
    if published is None:
        return None, None
    told = words.calendar.find(line.text, published)
    return (told[0].date, told[0].precision) if told else (published, "day")


def _quantity(line: Line) -> tuple[float | None, str | None]:
    """A number of at least 2 with the concept that it counts, the next one within 25 characters."""
    concepts = line.tagged("concepts", line.start, line.end)
    for match in _NUMBER.finditer(line.text):
        value = _value(match.group())
        end = match.end() + line.start
        counted = next((t for t in concepts if 0 <= t.start - end <= 25), None)
        if value is not None and value >= 2 and counted:
            return value, counted.name
    return None, None


def _value(digits: str) -> float | None:
    """The number written with separators of thousands; None for one with decimals or a year alone."""
    groups = re.split(r"[.,' ]", digits)
    if any(len(g) != 3 for g in groups[1:]):
        return None
    number = float("".join(groups))
    return None if len(groups) == 1 and 1900 <= number <= 2100 else number
