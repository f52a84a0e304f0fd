"""Explains a document: its text with marks, and each fact with the reason for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from media_monitor.beat import Beat
from media_monitor.explain import happenings, silence
from media_monitor.explain.account import Account, Fact, Mark, Named, Passage
from media_monitor.explain.reasons import Ground, Reason, of_model, of_rules
from media_monitor.extract import facts
from media_monitor.extract.document import Document, Reading
from media_monitor.extract.facts import Facts
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.lexicon import Grammar, lexicon
from media_monitor.extract.names import relevance
from media_monitor.extract.reading import read
from media_monitor.extract.semantic.model import Model
from media_monitor.extract.statements.citation import Heard
from media_monitor.extract.statements.lore import lore
from media_monitor.extract.text import sentences
from media_monitor.model import Event, Statement

STANCES = {
    "confirm": "confirms",
    "allege": "alleges",
    "deny": "denies",
    "decline": "declines to say",
    "condemn": "condemns",
    "praise": "praises",
}
_PLAIN = Grammar("svo", False, "before", (), "", frozenset(), frozenset(), frozenset())


def explain(document: Document, beat: Beat, model: Model | None = None) -> Account:
    """The account of a document, by rules alone or with a model for what they leave open.

    Raises:
        BeatError: a file of the beat or of a lexicon is faulty.
    """
    reading = read(document, beat)
    listed = reading.language in beat.languages
    found = facts.traced(reading, beat, model) if reading.relevant and listed else Facts()
    words = lexicon(reading.language, beat)
    ground = Ground(reading, lore(beat), words.grammar if words else _PLAIN)
    said = [(f"S{n}", one) for n, one in enumerate(found.statements, 1)]
    reasons = {ref: _reason(one, ref, found, ground) for ref, one in said}
    return Account(
        document_id=document.document_id,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        beat=beat.name,
        text=reading.text,
        language=reading.language,
        language_confidence=reading.language_confidence,
        declared=document.language,
        relevant=reading.relevant,
        score=reading.score,
        weights=(
            ("base", relevance.BASE),
            *((r, relevance.WEIGHTS[r]) for r in reading.reasons),
        ),
        passages=tuple(_passages(reading, found.lines)),
        entities=tuple(_named(reading, beat)),
        marks=(*_entity_marks(reading, beat), *(mark for r in reasons.values() for mark in r.marks)),
        statements=tuple(_statement(ref, one, reasons[ref].words, beat) for ref, one in said),
        events=tuple(
            _event(f"E{n}", one, happenings.reason(one, _line(one, found, reading), said, ground), beat)
            for n, one in enumerate(found.events, 1)
        ),
        unmade=tuple(silence.unmade(found.heard, found.statements, ground)),
        notes=tuple(_notes(reading, beat, listed)),
    )


def _reason(one: Statement, ref: str, found: Facts, ground: Ground) -> Reason:
    heard = _heard(one, found.heard)
    if heard:
        return of_rules(one, heard, ref, ground)
    return of_model(one, _line(one, found, ground.reading), ref, ground)


def _line(one: Statement | Event, found: Facts, reading: Reading) -> Line | None:
    """The line that the fact stands in; a title of several pieces of news has several."""
    start, _ = reading.normal.inside(one.start, one.end)
    return next((line for line in found.lines if line.start <= start < line.end), None)


def _heard(one: Statement, heard: Iterable[Heard]) -> Heard | None:
    """The act that made the statement."""
    return next((h for h in heard if any(s.statement_id == one.statement_id for s in h.made)), None)


def _passages(reading: Reading, lines: Sequence[Line]) -> Iterator[Passage]:
    """The sentences, with clauses where the rules cut any."""
    clauses: dict[int, list[tuple[int, int]]] = {}
    for line in lines:
        cuts = (reading.normal.span(c.start, c.end) for c in line.clauses if c.start < c.end)
        clauses.setdefault(line.number, []).extend(cuts)
    for one in reading.sentences or sentences.split(reading.text, reading.language):
        yield Passage(one.number, one.start, one.end, tuple(clauses.get(one.number, ())))


def _entity_marks(reading: Reading, beat: Beat) -> Iterator[Mark]:
    for hit in reading.named:
        known = [beat.entities[e] for e in hit.entities]
        note = " + ".join(f"{e.name} ({e.entity_id}{f', {e.party}' if e.party else ''})" for e in known)
        if known:
            yield Mark(hit.start, hit.end, "entity", note)


def _named(reading: Reading, beat: Beat) -> Iterator[Named]:
    forms: dict[str, list[str]] = {}
    for hit in reading.named:
        for entity in hit.entities:
            forms.setdefault(entity, []).append(hit.surface)
    for entity_id, surfaces in forms.items():
        e = beat.entities[entity_id]
        yield Named(entity_id, e.name, e.party, e.kind, tuple(dict.fromkeys(surfaces)), len(surfaces))


def _statement(ref: str, one: Statement, reason: str, beat: Beat) -> Fact:
    claim = beat.claims[one.claim]
    who = f"«{one.speaker or one.party}» ({', '.join(p for p in (one.speaker_id, one.party, one.role) if p)})"
    values = {
        "claim": claim.title,
        "speaker": who,
        "via": " → ".join(_name(step, beat) for step in one.via),
        "quote": one.quote or "",
        "said on": one.said_on.isoformat() if one.said_on else "",
        "modality": f"{one.modality}{', recalled as background' if one.background else ''}",
        "counts": "" if one.role == "official" else f"no: the ledger counts officials, and this is role {one.role}",
    }
    heading = f"{one.party} {STANCES[one.stance]} {one.claim}"
    return _fact(ref, one.stance, heading, one, values, reason)


def _event(ref: str, one: Event, reason: str, beat: Beat) -> Fact:
    who = (_side(one.actor_party, one.actor, beat), _side(one.recipient_party, one.recipient, beat))
    quantity = f"{one.quantity:g} {one.unit or ''}".strip() if one.quantity is not None else ""
    values = {
        "who": " → ".join(who),
        "where": _name(one.place, beat) if one.place else "",
        "when": f"{one.event_date.isoformat()} ({one.date_precision})" if one.event_date else "",
        "quantity": quantity,
        "modality": f"{one.modality}{', negated' if one.negated else ''}",
        "codes": f"CAMEO {one.cameo}, quad class {one.quad_class}, Goldstein {one.goldstein}",
    }
    heading = f"{one.type}{f' ({one.mode})' if one.mode else ''}: {one.actor_party} → {one.recipient_party}"
    return _fact(ref, one.type, heading, one, values, reason)


def _fact(ref: str, code: str, heading: str, one: Statement | Event, values: Mapping[str, str], reason: str) -> Fact:
    shown = tuple((label, value) for label, value in values.items() if value)
    place = (one.sentence, one.start, one.end, one.surface)
    fact_id = one.statement_id if isinstance(one, Statement) else one.event_id
    return Fact(ref, fact_id, code, heading, *place, shown, one.rule, one.confidence, reason)


def _side(party: str | None, entity: str | None, beat: Beat) -> str:
    return f"{_name(entity, beat)} ({party})" if entity else party or "unknown"


def _name(entity: str | None, beat: Beat) -> str:
    return beat.entities[entity].name if entity in beat.entities else entity or ""


def _missing(reading: Reading, rule: relevance.Rule, beat: Beat) -> str:
    """What the beat is about, and is not named."""
    if rule.subjects:
        return f"{' or '.join(sorted(_name(one, beat) for one in rule.subjects))} is not named"
    missing = sorted(rule.sides - relevance.named(reading.mentions, rule))
    return f"{' and '.join(missing)} of the two sides {'is' if len(missing) == 1 else 'are'} not named"


def _notes(reading: Reading, beat: Beat, listed: bool) -> Iterator[str]:
    """What a reader should know of the reading as a whole."""
    language, declared = reading.language, reading.document.language
    if not listed:
        told = f"language {language}" if language else "no language that can be told"
        yield f"{told}: names are found, statements and events only in {', '.join(beat.languages)}"
    if declared and language and declared != language:
        yield f"declared as {declared}, read as {language}"
    rule = relevance.rule(beat)
    if not reading.relevant and not relevance.may_be(reading.mentions, rule):
        yield f"not relevant: {_missing(reading, rule, beat)}"
    if not reading.document.text.strip():
        yield "there is no text beside the title; of articles that are not relevant only the title is stored"
    if reading.document.published is None:
        yield "publication date not known: dates in the text that are told by it cannot be resolved"
    if len(reading.text) < len(reading.document.title) + 1 + len(reading.document.text):
        yield f"only the first {len(reading.text):,} characters are read"
