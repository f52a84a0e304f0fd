"""Makes events of a reading: what its title and first paragraph report, three at most.

An event comes from a claim that the lead asserts (its `event` slot), from a stance that somebody takes there (a
denial is REJECT, a condemnation ACCUSE, praise SUPPORT), or from a trigger of the lexicon with the parties around it.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from media_monitor.beat import Beat
from media_monitor.extract.document import Reading
from media_monitor.extract.events import deeds
from media_monitor.extract.events.candidate import Candidate
from media_monitor.extract.events.ontology import MUTUAL, codes
from media_monitor.extract.events.quantity import quantity_of
from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Lexicon, lexicon
from media_monitor.extract.speech import verbfinal
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.lore import Lore, lore, read_lines
from media_monitor.extract.version import EXTRACTOR_VERSION
from media_monitor.model import Event, Modality, Statement, stable_id

MOST = 3
LEAD_SENTENCES = 3
OTHER = "OTHER"
SANCTIONED = frozenset({"KP", "RU"})
ADDRESSED = 6  # most characters between a threat and whom it is said to, or a passive and its agent
BY_STANCE = frozenset({"REJECT"})  # made of statements alone: who denies what to whom is more than a verb
WAR = 16  # most characters between a war and the country that it is named after
_CONFIDENCE = {"claim": 0.8, "stance": 0.75, "trigger": 0.6}


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
        if not _told_already(candidate, chosen.values()):
            chosen.setdefault(candidate.key, candidate)
    return [_event(c, reading, words) for c in list(chosen.values())[:MOST]]


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
        triggered = list(_triggered(line, words, known.voices.sides))
        told = list(deeds.told(line, here, triggered, not titled, words, known))
        taken = list(_of_stances(line, here, said, known))
        yield from (*triggered, *told, *taken)
        titled = titled or (line.number == 0 and bool(triggered or told or taken))


def _of_stances(line: Line, here: Sequence[Statement], said: Sequence[Statement], known: Lore) -> Iterator[Candidate]:
    for one in here:
        kind, actor, recipient = known.beat.claims[one.claim].slots.get("event", ("", "KP", "RU"))
        if one.stance == "deny":
            yield _stance_event("REJECT", one, _accuser(one, said, line), line)
        elif one.stance == "condemn" or (one.stance == "allege" and (kind == "AID" or one.claim in known.accusations)):
            accused = _accused(one, (actor, recipient), line)
            if accused != one.party:
                yield _stance_event("ACCUSE", one, accused, line)
        elif one.stance == "praise" and kind not in MUTUAL:
            yield _stance_event("SUPPORT", one, recipient if one.party == actor == "RU" else actor, line)


def _accuser(one: Statement, said: Sequence[Statement], line: Line) -> str:
    """Who is denied: whoever alleges it in the lead, else a third party that the line names."""
    alleged = next((s.party for s in said if s.stance == "allege" and s.party != one.party), None)
    others = (p for n in line.names for p in n.parties if p not in (one.party, "KP", "RU"))
    return alleged or next(others, OTHER)


def _accused(one: Statement, sides: Sequence[str], line: Line) -> str:
    """Which side of the act the line names first."""
    acting = (n for n in verbfinal.free(line) if not claims.receives(line, n))
    return next((p for n in acting for p in n.parties if p in sides and p != one.party), sides[0])


def _stance_event(kind: str, one: Statement, recipient: str, line: Line) -> Candidate:
    return Candidate(kind, one.stance, one.party, recipient, line, line.start, line.end, "stance")


def _triggered(line: Line, words: Lexicon, sides: Sequence[str]) -> Iterator[Candidate]:
    """Events of the lexicon's triggers, with the parties that stand around them."""
    for tag in line.tagged("events", line.start, line.end):
        kind, mode = tag.name.split("/")
        if kind not in codes() or kind in BY_STANCE or line.quoted(tag.start) or _unreal(line, tag):
            continue
        clause = line.clauses[line.clause_at(tag.start)]
        for pair in _of_sides(_pairs(line, tag, kind, mode, words), line, kind, sides):
            yield Candidate(kind, mode, *pair, line, clause.start, clause.end, "trigger")


def _of_sides(
    pairs: list[tuple[str, str]], line: Line, kind: str, sides: Sequence[str]
) -> list[tuple[str, str]]:
    """What two do together is done by the sides of the beat where the line names both, and a third only tells of it."""
    told = {p for n in line.names for p in n.parties}
    if kind in MUTUAL and told.issuperset(sides) and any(len({*pair} & {*sides}) == 1 for pair in pairs):
        return [(min(sides), max(sides))]
    return pairs


def _theatre(line: Line, name: Name) -> bool:
    """Whether the name only tells which war is meant: "the Ukraine war", "the invasion of Ukraine"."""
    wars = [t for t in line.tagged("concepts", name.start - WAR, name.end + WAR) if t.name == "war"]
    joined = [t for t in line.tagged("grammar", name.start - WAR, name.start) if t.name in ("oblique", "genitive")]
    after = any(0 <= t.start - name.end <= 1 for t in wars)
    return after or any(0 <= j.start - t.end <= 1 and name.start - j.end <= 5 for t in wars for j in joined)


def _pairs(line: Line, tag: Tag, kind: str, mode: str, words: Lexicon) -> list[tuple[str, str]]:
    """Actor and recipient: the first party before a trigger and another one after it; after it both, verb first.

    The mode `receive` and an agent after the trigger ("thanked by") turn them round; sanctions hit all that are named.
    """
    clause = line.clauses[line.clause_at(tag.start)]
    acting = [n for n in line.names if not _theatre(line, n)]
    before = [n for n in acting if clause.start <= n.start and n.end <= tag.start]
    after = [n for n in acting if tag.end <= n.start and n.end <= clause.end]
    order = [*after, *before] if words.grammar.order == "vso" and not before else [*before, *after]
    if words.grammar.order == "svo" and not before:
        order = [*line.named(line.start, clause.start)[:1], *after]
    if line.postpositions:
        order = [*verbfinal.actors(line, before), *order]
    near = [p for n in order for p in n.parties]
    nearest = [*reversed(before)] if line.postpositions else []
    named = [*nearest, *after, *(n for n in acting if n.start > tag.end), *before, *acting]
    rest = [p for n in named for p in n.parties]
    first = next(iter(near or [p for n in line.names for p in n.parties]), None)
    if first is None or (words.grammar.order == "svo" and kind not in MUTUAL and not _has_actor(line, tag)):
        return []
    own = claims.features(line, [(line.start, line.end)], words.grammar.modifier)
    if kind == "SUPPORT" and f"troops:{first}" in own:
        return [(first, first)]
    if kind == "CONSULT" and mode == "visit" and "troops" in own:
        return []
    others = [p for p in dict.fromkeys(near if kind in MUTUAL else rest) if p != first]
    if kind == "SANCTION" or (mode == "threaten" and first not in SANCTIONED):
        return [(first, p) for p in others if p in SANCTIONED]
    if not others or (kind == "THREATEN" and not (after and after[0].start - tag.end <= ADDRESSED)):
        return []
    turned = mode == "receive" or any(t.name == "agent" for t in line.tagged("grammar", tag.end, tag.end + ADDRESSED))
    pair = (others[0], first) if turned else (first, others[0])
    return [(min(pair), max(pair))] if kind in MUTUAL else [pair]


def _has_actor(line: Line, tag: Tag) -> bool:
    """Whether any party stands before the trigger in its sentence; else its subject is left out ("thanked Kim")."""
    return any(n.party for n in line.named(line.start, tag.start))


def _unreal(line: Line, tag: Tag) -> bool:
    """Whether the clause speaks of what may be; a threat does."""
    if tag.name == "THREATEN/threaten":
        return False
    clause = line.clauses[line.clause_at(tag.start)]
    return any(t.name == "hypothetical" for t in line.tagged("cues", clause.start, clause.end))


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
