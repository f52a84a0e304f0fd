"""Who speaks: finds the speaker of a verb of speech in its sentence.

Names and titles that stand together ("South Korea's defence ministry spokesman", "US Secretary of State Antony
Blinken") are one figure. Word order decides where the speaker is looked for; a figure after a preposition is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from media_monitor.extract.clauses import Line, Name
from media_monitor.extract.declension import declined, impersonal
from media_monitor.extract.forms import Tag
from media_monitor.extract.lexicon import Grammar
from media_monitor.model import Role

JOIN = 14  # most characters between the parts of one figure
AFTER = 60  # most characters between a verb and a subject that follows it
LIST_MARKS = (",", "،", "、", "·")


@dataclass(frozen=True, slots=True)
class Figure:
    """A possible speaker: span, party (None while unknown), role, entity id, and how it stands in the sentence."""

    start: int
    end: int
    party: str | None
    role: Role
    entity: str | None
    oblique: bool = False
    subject: bool = False
    topic: bool = False
    object: bool = False
    locus: bool = False


@dataclass(frozen=True, slots=True)
class Voices:
    """What the beat knows of speakers: entities that speak for a state, and armies that are talked about."""

    organs: frozenset[str]
    mute: frozenset[str]


def figures(line: Line, start: int, end: int, grammar: Grammar, voices: Voices, quoted: bool = False) -> list[Figure]:
    """The figures of the span in order; those inside quotation marks only where `quoted`."""
    parts: list[Name | Tag] = [*line.named(start, end), *line.tagged("titles", start, end)]
    parts = [p for p in parts if quoted or not line.quoted(p.start)]
    parts = [p for p in parts if isinstance(p, Tag) or not p.is_place]
    parts.sort(key=lambda p: (p.start, -p.end))
    groups: list[list[Name | Tag]] = []
    for part in parts:
        if groups and _joined(line, groups[-1], part, grammar):
            groups[-1].append(part)
        else:
            groups.append([part])
    spoken = [group for group in groups if _can_speak(group, voices)]
    found = [_located(line, _figure(group, voices), grammar) for group in spoken]
    return [replace(f, oblique=f.oblique or declined(line, g)) for f, g in zip(found, spoken, strict=True)]


def _can_speak(group: Sequence[Name | Tag], voices: Voices) -> bool:
    """Whether the figure is one that speaks: an army alone ("North Korean soldiers") is talked about."""
    if any(isinstance(p, Tag) for p in group):
        return True
    return not any(e.entity_id in voices.mute for p in group if isinstance(p, Name) for e in p.entities)


def _joined(line: Line, group: Sequence[Name | Tag], part: Name | Tag, grammar: Grammar) -> bool:
    """Whether the part belongs to the figure: close, and without a preposition or comma that parts them."""
    reach = max(p.end for p in group)
    if part.start < reach:
        return True
    gap = line.slice(reach, part.start)
    if (
        len(gap) > JOIN
        or gap.strip() in grammar.joiners
        or any(c in gap for c in ',;:،؛、，。"“”«»')
        or gap.strip() in ("-",)
    ):
        return False
    between = {t.name for t in line.tagged("grammar", reach, part.start)} | _touching(line, reach, part.start)
    title = isinstance(group[-1], Tag) or isinstance(part, Tag)
    if "genitive" in between:
        return isinstance(group[-1], Tag)
    if between & {"oblique", "goal", "and", "cut", "subject", "topic", "object"} or line.tagged(
        "cues", reach, part.start
    ):
        return False
    return title or _same_side(group, part)


def _touching(line: Line, start: int, end: int) -> set[str]:
    """Grammar words that begin in the gap and are glued to the next name (Arabic prefixes, Korean particles)."""
    return {t.name for t in line.tables.get("grammar", ()) if start <= t.start < end <= t.end}


def _same_side(group: Sequence[Name | Tag], part: Name | Tag) -> bool:
    sides = {p.party for p in group if isinstance(p, Name)}
    return isinstance(part, Name) and sides == {part.party}


def _figure(group: Sequence[Name | Tag], voices: Voices) -> Figure:
    names = [p for p in group if isinstance(p, Name)]
    titles = [p.name.split("/") for p in group if isinstance(p, Tag)]
    named = _chief(names, bool(titles))
    role = _role(named, titles, voices)
    party = next((t[1] for t in titles if t[1] != "-"), None) or (named.party if named else None)
    return Figure(
        min(p.start for p in group), max(p.end for p in group), party, role, _entity(named) if named else None
    )


def _chief(names: Sequence[Name], titled: bool) -> Name | None:
    """The name that the figure is: a person, else an organisation, else the country (the first before a title)."""
    for kind in ("person", "organisation"):
        for name in reversed(names):
            if any(e.kind == kind and not (titled and e.sector == "IGO" and len(names) > 1) for e in name.entities):
                return name
    return (names[0] if titled else names[-1]) if names else None


def _entity(name: Name) -> str | None:
    order = {"person": 0, "organisation": 1, "country": 2, "place": 3}
    return min(name.entities, key=lambda e: order[e.kind]).entity_id


def _role(named: Name | None, titles: Sequence[Sequence[str]], voices: Voices) -> Role:
    roles = {t[0] for t in titles}
    if "source" in roles:
        return "source"
    if "expert" in roles:
        return "expert"
    if named is None:
        return "media" if "media" in roles else "official"
    if any(e.entity_id in voices.organs for e in named.entities):
        return "official"
    sectors = {e.sector for e in named.entities if e.kind in ("person", "organisation")}
    if "official" in roles and not sectors & {"MED", "EDU"}:
        return "official"
    if sectors & {"MED"} or "media" in roles:
        return "media"
    return "expert" if sectors & {"EDU", "NGO"} else "official"


def _located(line: Line, figure: Figure, grammar: Grammar) -> Figure:
    glued = _glued(line, figure.start)
    before = {t.name for t in line.tables.get("grammar", ()) if figure.start - 8 <= t.end and _leads(line, t, figure)}
    after = {t.name for t in line.tables.get("grammar", ()) if t.start == figure.end and t.name != "cut"}
    return replace(
        figure,
        oblique=bool((before | after) & {"oblique", "goal"}) or glued in grammar.oblique | grammar.goal,
        subject="subject" in after,
        topic="topic" in after,
        object="object" in after,
        locus="locus" in before,
    )


def _glued(line: Line, start: int) -> str:
    """Letters glued to the name: a clitic without "and"."""
    first = start
    while first > line.start and line.slice(first - 1, first).isalnum():
        first -= 1
    return line.slice(first, start).lstrip("وف") if first < start else ""


def _leads(line: Line, tag: Tag, figure: Figure) -> bool:
    """Whether only an article or nothing stands between the grammar word and the figure."""
    if tag.end > figure.start:
        return False
    gap = line.slice(tag.end, figure.start).strip()
    return len(gap) <= 4 and " " not in gap and not any(c in gap for c in ',.;:،"')


def speakers(line: Line, cue: Tag, low: int, high: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The speakers of a verb of speech, one or a list ("Kyiv and Seoul"); empty where none is named.

    `low` and `high` bound the search: the end of the cue before and the start of the next one.
    """
    clause = line.clauses[line.clause_at(cue.start)]
    start, end = max(low, clause.start), min(high, clause.end)
    before = figures(line, start, cue.start, grammar, voices)
    after = figures(line, cue.start, end, grammar, voices)
    for side in _sides(grammar, cue, before, after, line, low, voices):
        if side:
            return [_resolved(f, line, end) for f in side]
    return []


def _sides(
    grammar: Grammar,
    cue: Tag,
    before: Sequence[Figure],
    after: Sequence[Figure],
    line: Line,
    low: int,
    voices: Voices,
) -> Iterator[list[Figure]]:
    """The places to look at, the likeliest first."""
    if grammar.order == "sov":
        yield from _sov(cue, before, line, low, grammar, voices)
        return
    near = [f for f in after if f.start - cue.end <= AFTER and _direct(line, cue, f)]
    agents = [t.end for t in line.tagged("grammar", cue.end, cue.end + 8) if t.name == "agent"]
    if agents:
        yield _listed(line, [f for f in near if f.start >= agents[0]][:1], grammar, forward=True)
        return
    if _continued(line, cue, low):
        return
    if cue.name == "cite" or grammar.order == "vso":
        yield _listed(line, [f for f in near if not f.oblique or cue.name == "cite"], grammar, forward=True)
        if cue.name == "cite":
            return
    yield _listed(line, [f for f in before if not f.oblique], grammar, forward=False)
    opens = not line.slice(line.clauses[line.clause_at(cue.start)].start, cue.start).strip(" ,،-\"”»'")
    if grammar.free_order or opens:
        yield _listed(line, [f for f in near if not f.oblique], grammar, forward=True)
    if impersonal(line, cue):
        yield [f for f in [*reversed(before), *near] if f.locus][:1]
    yield _earlier(line, cue, low, grammar, voices)


def _direct(line: Line, cue: Tag, figure: Figure) -> bool:
    """Whether the figure can be the subject of the verb before it: no preposition or quotation stands between."""
    if cue.name == "cite" or figure.start <= cue.end:
        return True
    between = [t for t in line.tagged("grammar", cue.end, figure.start) if t.name == "oblique"]
    return len(between) <= int(figure.oblique) and not any(cue.end <= a < figure.start for a, _ in line.quotes)


def _continued(line: Line, cue: Tag, low: int) -> bool:
    """Whether a pronoun stands before the verb where its subject does."""
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    return any(t.name == "continue" and not line.quoted(t.start) for t in line.tagged("cues", start, cue.start))


def unknown_subject(line: Line, cue: Tag, low: int, grammar: Grammar) -> bool:
    """Whether the verb has a subject of its own that the registry does not know ("one of the men said")."""
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    if grammar.order == "sov":
        return any(t.name == "topic" and not line.quoted(t.start) for t in line.tagged("grammar", start, cue.start))
    if grammar.order == "vso" or _continued(line, cue, low) or start == low > line.start:
        return False
    return len(line.slice(start, cue.start).split()) > 2


def _sov(
    cue: Tag, before: Sequence[Figure], line: Line, low: int, grammar: Grammar, voices: Voices
) -> Iterator[list[Figure]]:
    whole = figures(line, max(low, line.start), cue.start, grammar, voices)
    if cue.name == "cite":
        yield whole[-1:]
        return
    near = [f for f in before if f.subject and cue.start - f.end <= AFTER // 3]
    yield near[-1:] if not any(f.topic for f in whole) else []
    yield [f for f in whole if f.topic][:1]
    yield [f for f in whole if f.subject][:1]


def _earlier(line: Line, cue: Tag, low: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of the clause before a parenthesis ("Kim, who met Putin, said")."""
    index = line.clause_at(cue.start)
    for clause in reversed(line.clauses[:index]):
        if clause.start < low:
            return []
        if not clause.relative:
            found = [f for f in figures(line, clause.start, clause.end, grammar, voices) if not f.oblique]
            return found[:1]
    return []


def _listed(line: Line, found: Sequence[Figure], grammar: Grammar, forward: bool) -> list[Figure]:
    """The nearest figure, and those that "and" or a comma joins to it."""
    order = list(found) if forward else list(reversed(found))
    chosen = order[:1]
    for figure in order[1:]:
        first, second = (chosen[-1], figure) if forward else (figure, chosen[-1])
        gap = line.slice(first.end, second.start).strip()
        if gap not in LIST_MARKS and gap.strip(",،、 ") not in grammar.joiners:
            break
        chosen.append(replace(figure, oblique=False))
    return chosen


def _resolved(figure: Figure, line: Line, end: int) -> Figure:
    """The figure with the party of a country named near it, where its title alone names none."""
    if figure.party:
        return figure
    near = [n for n in line.named(line.start, end) if n.party and n.end <= figure.start and not line.quoted(n.start)]
    countries = [n for n in near if any(e.kind == "country" for e in n.entities)]
    if countries and figure.start - countries[-1].end <= AFTER:
        return replace(figure, party=countries[-1].party)
    return figure
