"""Makes events of a reading: what its title and first paragraph report, three at most.

An event comes from a claim that the lead asserts (its `event` slot), from a stance that somebody takes there (a
denial is REJECT, a condemnation ACCUSE, praise SUPPORT), or from a trigger of the lexicon with the parties around it.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from media_monitor.beat import Beat
from media_monitor.extract.document import Reading
from media_monitor.extract.events import deeds, triggers
from media_monitor.extract.events.candidate import Candidate
from media_monitor.extract.events.ontology import MUTUAL, codes
from media_monitor.extract.events.quantity import quantity_of
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.lexicon import Lexicon, lexicon
from media_monitor.extract.speech import verbfinal
from media_monitor.extract.statements import owners
from media_monitor.extract.statements.lore import Lore, lore, read_lines
from media_monitor.extract.version import EXTRACTOR_VERSION
from media_monitor.model import Event, Modality, Statement, stable_id

MOST = 3
LEAD_SENTENCES = 3
OTHER = "OTHER"
DEEDS = frozenset({"AID", "ASSAULT", "COERCE"})  # made of claims where a claim tells them
_CONFIDENCE = {"claim": 0.8, "stance": 0.75, "trigger": 0.6}


def events(reading: Reading, found: Sequence[Statement], beat: Beat) -> list[Event]:
    """The events of a relevant reading, the most prominent first; `found` are its statements.

    Raises:
        BeatError: a table of the lexicon or of the beat is malformed.
    """
    words = lexicon(reading.language, beat)
    return made_of(read_lines(reading, words, beat), found, reading, words, beat) if words else []


def made_of(
    parsed: Sequence[Line],
    found: Sequence[Statement],
    reading: Reading,
    words: Lexicon,
    beat: Beat,
) -> list[Event]:
    """The events of lines that are read already."""
    known = lore(beat)
    lead = _lead(parsed, reading)
    chosen: dict[tuple[str, str, str], Candidate] = {}
    told = list(_candidates(lead, found, words, known))
    for candidate in told:
        if not _better_told(candidate, told) and not _told_already(candidate, chosen.values()):
            chosen.setdefault(candidate.key, candidate)
    return [_event(c, reading, words) for c in list(chosen.values())[:MOST]]


def _better_told(new: Candidate, told: Sequence[Candidate]) -> bool:
    """Whether another one says the same and more: who denies whom, an act with its claim."""
    others = [c for c in told if c is not new]
    if new.type == "REJECT" and new.recipient == OTHER:
        return any(c.type == "REJECT" and c.actor == new.actor and c.recipient != OTHER for c in others)
    acted = new.type in DEEDS and new.rule == "trigger"
    return acted and any(c.type == new.type and c.rule == "claim" for c in others)


def _told_already(new: Candidate, chosen: Collection[Candidate]) -> bool:
    """Whether an allegation of the same speaker is there, or the greeting that this one turns round."""
    if new.mode == "allege":
        return any(c.type == "ACCUSE" and c.actor == new.actor for c in chosen)
    turned = (new.type, new.recipient, new.actor)
    return new.rule == "trigger" and new.type == "SUPPORT" and any(c.key == turned for c in chosen)


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
    titled = False
    for line in lead:
        here = [s for s in said if s.sentence == line.number]
        triggered = list(triggers.triggered(line, words, triggers.Ground(frozenset(known.voices.sides), known.soil)))
        told = list(deeds.told(line, here, triggered, not titled, words, known))
        taken = list(_of_stances(line, here, said, lead, known))
        yield from (*triggered, *told, *taken)
        titled = titled or (line.number == 0 and bool(triggered or told or taken))


def _of_stances(
    line: Line, here: Sequence[Statement], said: Sequence[Statement], lead: Sequence[Line], known: Lore
) -> Iterator[Candidate]:
    for one in here:
        kind, actor, recipient = _deed(one, known)
        if one.stance == "deny":
            yield _stance_event(
                "REJECT", one, _accuser(one, said, [line, *lead] if line.postpositions else [line], known), line
            )
        elif one.stance == "allege" and one.rule.startswith("noun") and any(s.stance == "deny" for s in here):
            continue  # what is denied is told with the denial
        elif one.stance == "condemn" or (one.stance == "allege" and (kind == "AID" or one.claim in known.accusations)):
            accused = _accused(one, (actor, recipient), line)
            if accused != one.party:
                yield _stance_event("ACCUSE", one, accused, line)
        elif one.stance == "praise" and kind not in MUTUAL:
            thanked = one.party == actor and actor not in known.fighting  # for what the other side gave it
            yield _stance_event("SUPPORT", one, recipient if thanked else actor, line)


def _deed(one: Statement, known: Lore) -> tuple[str, str, str]:
    """The event of the statement's claim; without one, "" between the sides of the beat or the parties to the claim."""
    claim = known.beat.claims[one.claim]
    told: tuple[str, str, str] | None = claim.slots.get("event")
    pair = (*(known.voices.sides or claim.parties), OTHER, OTHER)
    return told or ("", pair[0], pair[1])


def _accuser(one: Statement, said: Sequence[Statement], lead: Sequence[Line], known: Lore) -> str:
    """Who is denied: whoever alleges it in the lead, else a third party that is named in the lines."""
    alleged = next((s.party for s in said if s.stance == "allege" and s.party != one.party), None)
    own = (one.party, *known.voices.sides)
    others = (p for line in lead for n in verbfinal.free(line) for p in n.parties if p not in own)
    return alleged or next(others, OTHER)


def _accused(one: Statement, sides: Sequence[str], line: Line) -> str:
    """Which side of the act the line names first."""
    acting = (n for n in verbfinal.free(line) if not owners.receives(line, n))
    return next((p for n in acting for p in n.parties if p in sides and p != one.party), sides[0])


def _stance_event(kind: str, one: Statement, recipient: str, line: Line) -> Candidate:
    return Candidate(kind, one.stance, one.party, recipient, line, line.start, line.end, "stance")


def _event(c: Candidate, reading: Reading, words: Lexicon) -> Event:
    document, code = reading.document, codes()[c.type]
    start, end = reading.normal.span(c.start, c.end)
    surface = reading.text[start:end]
    start, end = start + len(surface) - len(surface.lstrip()), end - len(surface) + len(surface.rstrip())
    told, precision = _when(c.line, words, document.published)
    quantity, unit = quantity_of(c.line, words)
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
        modality=_modality(c.modality, told, document.published),
        negated=c.negated,
        confidence=_CONFIDENCE[c.rule],
        rule=c.rule,
        extractor_version=EXTRACTOR_VERSION,
    )


def _modality(read: Modality, told: date | None, published: date | None) -> Modality:
    """What is dated after its publication has not happened yet, whatever the words."""
    return "planned" if read == "actual" and told and published and told > published else read


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
