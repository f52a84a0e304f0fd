"""Who speaks: finds the speaker of a verb of speech in its sentence.

Names and titles that stand together ("South Korea's defence ministry spokesman", "US Secretary of State Antony
Blinken") are one figure. Word order decides where the speaker is looked for; a figure after a preposition is none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from media_monitor.extract import verbfinal
from media_monitor.extract.clauses import Line, Name
from media_monitor.extract.declension import case, impersonal, stranger
from media_monitor.extract.forms import Tag
from media_monitor.extract.lexicon import Grammar
from media_monitor.model import Role

JOIN = 14  # most characters between the parts of one figure
AFTER = 60  # most characters between a verb and a subject that follows it
OWNED = 24  # most characters between a noun of speech and the one whose word it is
INVERTED = 5  # most characters between a verb and a subject that follows it where the order is fixed
OPENING = 8  # most characters before a country that opens the sentence: "In Germany the ministry protested"
ASIDE = 3  # most words of a clause that is no more than "however", "in turn"
TRAILING = 16  # most characters between a subject and the parenthesis after it, where order is free
BESIDE = 1  # most characters between a headline's subject and its verb where subjects follow their verbs
SEAT = 8  # most characters between an office and the capital where it sits
_WORD = re.compile(r"\w+")


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
    nominative: bool = False
    governed: bool = False


@dataclass(frozen=True, slots=True)
class Voices:
    """What the beat knows of speakers: entities that speak for a state, armies that are talked about, and the party
    of each capital (an office "in Seoul" is South Korea's)."""

    organs: frozenset[str]
    mute: frozenset[str]
    capitals: Mapping[str, str] = field(default_factory=dict)


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
    spoken = [group for group in groups if _can_speak(group, voices) and _is_noun(line, group, grammar)]
    found = [_located(line, _figure(group, voices), grammar) for group in spoken]
    return [_in_case(f, case(line, group)) for f, group in zip(found, spoken, strict=True)]


def _in_case(figure: Figure, mark: str | None) -> Figure:
    """The figure as its ending tells; the noun before a nominative does not govern it ("told reporters X")."""
    oblique = (figure.oblique and not (mark == "nominative" and figure.governed)) or mark == "declined"
    return replace(figure, oblique=oblique, nominative=mark == "nominative" and not oblique)


def _can_speak(group: Sequence[Name | Tag], voices: Voices) -> bool:
    """Whether the figure is one that speaks: an army alone ("North Korean soldiers") is talked about."""
    if any(isinstance(p, Tag) for p in group):
        return True
    return not any(e.entity_id in voices.mute for p in group if isinstance(p, Name) for e in p.entities)


def _is_noun(line: Line, group: Sequence[Name | Tag], grammar: Grammar) -> bool:
    """Whether the name of a country is a noun, where words are not spaced: not so in "NorthKoreantankers"."""
    if grammar.spaced or line.postpositions or any(isinstance(p, Tag) for p in group):
        return True
    if any(e.kind != "country" for p in group if isinstance(p, Name) for e in p.entities):
        return True
    return not _is_word(line, max(p.end for p in group))


def _is_word(line: Line, position: int) -> bool:
    """Whether a word of its own begins here: a letter, and no word of the grammar or cue."""
    tags = [*line.tables.get("grammar", ()), *line.tables.get("cues", ())]
    return line.slice(position, position + 1).isalpha() and not any(t.start == position for t in tags)


def _joined(line: Line, group: Sequence[Name | Tag], part: Name | Tag, grammar: Grammar) -> bool:
    """Whether the part belongs to the figure: close, and without a preposition or comma that parts them."""
    reach = max(p.end for p in group)
    if part.start < reach:
        return True
    gap = line.slice(reach, part.start)
    if (
        len(gap) > JOIN
        or (")" in gap and "(" not in line.slice(min(p.start for p in group), part.start))
        or gap.strip() in grammar.joiners
        or any(c in gap for c in ',;:=،؛、，。"“”«»')
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
    if named and named.party and party != named.party:  # "Ukraine's state broadcaster"
        role, party = ("media" if named.is_country else role), named.party
    entity = _entity(named, party) if named else None
    return Figure(min(p.start for p in group), max(p.end for p in group), party, role, entity)


def _chief(names: Sequence[Name], titled: bool) -> Name | None:
    """The name that the figure is: a person, else an organisation, else the country (the first before a title)."""
    for kind in ("person", "organisation"):
        for name in reversed(names):
            if any(e.kind == kind and not (titled and e.sector == "IGO" and len(names) > 1) for e in name.entities):
                return name
    return (names[0] if titled else names[-1]) if names else None


def _entity(name: Name, party: str | None) -> str | None:
    """The entity of the name that is of the party, a person before an organisation; None where none is."""
    order = {"person": 0, "organisation": 1, "country": 2, "place": 3}
    mine = [e for e in name.entities if e.party == party]
    return min(mine, key=lambda e: order[e.kind]).entity_id if mine else None


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
    words = line.tables.get("grammar", ())
    leading = [t for t in words if figure.start - 8 <= t.end and not line.postpositions]
    before = {t.name for t in leading if _leads(line, t, figure)}
    after = line.particles(figure.end) if line.postpositions else set()
    return replace(
        figure,
        oblique=bool((before | after) & {"oblique", "goal"}) or glued in grammar.oblique | grammar.goal,
        subject="subject" in after,
        topic="topic" in after,
        object="object" in after,
        locus="locus" in before,
        governed="genitive" in before,
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
            return side
    return []


def owners(line: Line, noun: Tag, low: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """Whose word a noun of speech is: "Moscow's first admission", "confirmation by Pyongyang"; [] where nobody's."""
    clause = line.clauses[line.clause_at(noun.start)]
    before = figures(line, max(low, clause.start), noun.start, grammar, voices)
    after = figures(line, noun.end, min(clause.end, noun.end + AFTER), grammar, voices)
    near = [f for f in before if noun.start - f.end <= OWNED and "," not in line.slice(f.end, noun.start)][-1:]
    marks = [t for t in line.tagged("grammar", noun.start, noun.end + OWNED) if t.name in ("agent", "genitive")]
    follow = [f for f in after if f.start - noun.end <= OWNED and (grammar.order == "vso" or marks)][:1]
    found = (follow or near) if grammar.order == "vso" else (near or follow)
    return found or _occasion(line, noun, grammar, voices)


def _occasion(line: Line, noun: Tag, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of a sentence with an adverbial of confirming: "in a rare admission that …, Kim bowed"."""
    near = [t for t in line.tagged("grammar", noun.start - OWNED, noun.start) if t.name == "oblique"]
    marks = {t.name for t in line.tagged("grammar", noun.end, noun.end + 6)}
    if noun.name != "confirm_noun" or not near or ("complement" not in marks and noun.start - line.start > OWNED):
        return []
    return [f for f in figures(line, line.start, line.end, grammar, voices) if not f.oblique][:1]


def continued(line: Line, cue: Tag, low: int, grammar: Grammar) -> bool:
    """Whether the subject of the verb is that of the verb before: after "and", and where the verb is a participle."""
    if any(t.name == "participle" and t.start == cue.start for t in line.tagged("grammar", cue.start, cue.end)):
        return True
    first = cue.start
    while first > line.start and line.slice(first - 1, first).isalnum():
        first -= 1
    if line.slice(first, cue.start) in grammar.joiners:
        return True
    if not grammar.spaced and not line.postpositions:
        return False
    words = line.slice(low, cue.start)
    joined = [t for t in line.tagged("grammar", low, cue.start) if t.name == "and"]
    return bool(words.strip()) and bool(joined) and not _own_words(line, joined[-1].end, cue.start)


def _own_words(line: Line, start: int, end: int) -> int:
    """How many words stand in the span, auxiliaries and adverbs left out."""
    helpers = [t for t in line.tables.get("grammar", ()) if t.name == "auxiliary" and t.start < end and start < t.end]
    words = [(m.start() + start, m.end() + start) for m in _WORD.finditer(line.slice(start, end))]
    return sum(not any(t.start < b and a < t.end for t in helpers) for a, b in words)


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
        yield from _sov(cue, line, low, grammar, voices)
        return
    near = [f for f in after if f.start - cue.end <= AFTER and _direct(line, cue, f)]
    agents = [t.end for t in line.tagged("grammar", cue.end, cue.end + 8) if t.name == "agent"]
    if agents:
        yield _listed(line, [f for f in near if f.start >= agents[0]][:1], grammar, forward=True)
        return
    if pronoun(line, cue, low, grammar.free_order):
        return
    if grammar.order == "vso":
        yield [f for f in before if not f.oblique and cue.start - f.end <= BESIDE and not _bound(line, cue)][-1:]
    if cue.name == "cite" or grammar.order == "vso":
        yield _listed(line, [f for f in near if not f.oblique or cue.name == "cite"], grammar, forward=True)
        if cue.name == "cite":
            return
    yield _listed(line, [f for f in before if not f.oblique], grammar, forward=False)
    opens = not line.slice(line.clauses[line.clause_at(cue.start)].start, cue.start).strip(" ,،-\"”»'")
    if grammar.free_order:
        found = [f for f in near if not f.oblique and (f.nominative or not _takes_object(cue, grammar))]
        yield _listed(line, found, grammar, forward=True)
    elif opens and grammar.inversion:
        follow = [f for f in near if not f.oblique]
        yield _listed(line, follow, grammar, forward=True) if _inverted(line, cue, follow) else []
    if impersonal(line, cue):
        yield _seats(line, cue, before, near)
    if not unknown_subject(line, cue, low, grammar):
        yield _earlier(line, cue, low, grammar, voices)


def _takes_object(cue: Tag, grammar: Grammar) -> bool:
    """Whether a name after the verb may be whom it thanks or blames, in a language whose endings would tell."""
    return grammar.cased and cue.name in ("praise", "condemn", "allege")


def _seats(line: Line, cue: Tag, before: Sequence[Figure], near: Sequence[Figure]) -> list[Figure]:
    """The office that a verb without a subject speaks of: right after it, or before it and not in what is told."""
    start = line.clauses[line.clause_at(cue.start)].start
    follow = [f for f in near if f.locus and f.start - cue.end <= INVERTED]
    return (follow or [f for f in before if f.locus and not line.tagged("concepts", start, f.start)])[:1]


def _bound(line: Line, cue: Tag) -> bool:
    """Whether a letter is glued to the verb ("and said"), which then opens its own sentence."""
    return cue.start > line.start and line.slice(cue.start - 1, cue.start).isalnum()


def _inverted(line: Line, cue: Tag, follow: Sequence[Figure]) -> bool:
    """Whether the subject stands right after its verb ("said Peskov"), an article between at most."""
    if not follow:
        return False
    between = line.tagged("grammar", cue.end, follow[0].start)
    return (
        cue.name == "say" and follow[0].start - cue.end <= INVERTED and not any(t.name == "complement" for t in between)
    )


def _direct(line: Line, cue: Tag, figure: Figure) -> bool:
    """Whether the figure can be the subject of the verb before it: no preposition, "that" or quotation between."""
    if cue.name == "cite" or figure.start <= cue.end:
        return True
    marks = [t.name for t in line.tagged("grammar", cue.end, figure.start)]
    if "complement" in marks:
        return False
    return (figure.nominative or marks.count("oblique") <= int(figure.oblique)) and not any(
        cue.end <= a < figure.start for a, _ in line.quotes
    )


def pronoun(line: Line, cue: Tag, low: int, free_order: bool = False) -> bool:
    """Whether a pronoun stands before the verb where its subject does, or in free order right after it ("sagte er")."""
    follow = [t for t in line.tagged("cues", cue.end, line.end) if t.name == "continue"] if free_order else []
    if any(not line.slice(cue.end, t.start).strip(" -t") for t in follow):
        return True
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    return any(t.name == "continue" and not line.quoted(t.start) for t in line.tagged("cues", start, cue.start))


def protagonist(line: Line, grammar: Grammar, voices: Voices) -> Figure | None:
    """The one person that a sentence tells of first, outside prepositions: whom "he" means in the next one."""
    found = [f for f in figures(line, line.start, line.end, grammar, voices) if not f.oblique][:1]
    return next((f for f in found if any(n.is_person for n in line.named(f.start, f.end))), None)


def unknown_subject(line: Line, cue: Tag, low: int, grammar: Grammar) -> bool:
    """Whether the verb has a subject of its own that the registry does not know ("one of the men said")."""
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    if grammar.order == "sov":
        return verbfinal.other_topic(line, cue, max(low, line.start))
    if grammar.order == "vso" or pronoun(line, cue, low, grammar.free_order) or start == low > line.start:
        return False
    if not grammar.spaced:
        words = line.slice(start, cue.start)
        return _is_word(line, start + len(words) - len(words.lstrip(" ,")))
    if grammar.free_order and stranger(line, cue):
        return True
    return _own_words(line, start, cue.start) > (0 if grammar.auxiliaries else 2)


def _sov(cue: Tag, line: Line, low: int, grammar: Grammar, voices: Voices) -> Iterator[list[Figure]]:
    whole = figures(line, max(low, line.start), cue.start, grammar, voices)
    if cue.name == "cite":
        yield whole[-1:]
        return
    yield from verbfinal.candidates(line, cue, whole)


def _loose(grammar: Grammar) -> bool:
    """Whether subjects stand anywhere, so that only one right before a parenthesis is surely that of its verb."""
    return grammar.free_order and grammar.order != "vso"


def _earlier(line: Line, cue: Tag, low: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of the clause before a parenthesis ("Kim, who met Putin, said")."""
    index = line.clause_at(cue.start)
    for clause in reversed(line.clauses[:index]):
        if clause.start < low:
            return []
        if not clause.relative:
            found = [f for f in figures(line, clause.start, clause.end, grammar, voices) if not f.oblique]
            found = [f for f in found[:1] if not _loose(grammar) or clause.end - _reach(found) <= TRAILING]
            if found or (grammar.spaced and _own_words(line, clause.start, clause.end) > ASIDE):
                return found[:1]
    return []


def _reach(found: Sequence[Figure]) -> int:
    """Where the first figure ends, its apposition included: "the president, Volodymyr Zelensky, …"."""
    parties = {f.party for f in found if f.party}
    return found[-1].end if len(parties) == 1 else found[0].end


def _listed(line: Line, found: Sequence[Figure], grammar: Grammar, forward: bool) -> list[Figure]:
    """The nearest figure, and those that "and" or a comma joins to it."""
    order = list(found) if forward else list(reversed(found))
    chosen = order[:1]
    for figure in order[1:]:
        first, second = (chosen[-1], figure) if forward else (figure, chosen[-1])
        gap = line.slice(first.end, second.start).strip()
        if (not gap or gap not in grammar.list_marks) and gap.strip(",،、 ") not in grammar.joiners:
            break
        chosen.append(replace(figure, oblique=False))
    return chosen if not forward or _closed(line, chosen) else chosen[:1]


def _closed(line: Line, chosen: Sequence[Figure]) -> bool:
    """Whether "and" joins the last of a list: after "according to Kyiv, Pyongyang …" the comma ends the phrase."""
    gaps = [line.slice(a.end, b.start).strip() for a, b in pairwise(chosen)]
    return not gaps or gaps[-1] not in (",", "،")


def resolved(figure: Figure, line: Line, grammar: Grammar, voices: Voices, last: Figure | None) -> Figure:
    """The figure with a party, where its title alone names none: that of the capital where it sits, of somebody who
    stands before it in the sentence ("their spokesman"), or, unless it is new ("a spokesman"), of the last speaker."""
    if figure.party or not any(t.start < figure.end and figure.start < t.end for t in line.tables.get("titles", ())):
        return figure
    before = figures(line, line.start, figure.start, grammar, voices)
    party = _opening(line, before) or _seat(line, figure, grammar, voices)
    if not grammar.possessives or _marked(line, figure, "possessive"):
        named = [f for f in before if f.party and not f.oblique and f.role != "media"]
        owners = [f.party for f in ([f for f in named if f.nominative] or named)]
        party = party or next(reversed(owners), None)
    if party is None and last and last.role != "media" and not _marked(line, figure, "indefinite"):
        party = last.party
    return replace(figure, party=party)


def _opening(line: Line, before: Sequence[Figure]) -> str | None:
    return before[0].party if before and before[0].oblique and before[0].start - line.start <= OPENING else None


def _seat(line: Line, figure: Figure, grammar: Grammar, voices: Voices) -> str | None:
    """The party of the name right after a title: "the ministry in Seoul", "a spokesman for the Russian army"."""
    reach = SEAT if grammar.modifier == "before" else OWNED
    for name in line.named(figure.end, line.end):
        gap = line.slice(figure.end, name.start)
        if len(gap) > reach or any(c in gap for c in ',;:،؛."“”«»') or line.tagged("cues", figure.end, name.start):
            return None
        if any(e.sector == "IGO" for e in name.entities):
            return None
        party = name.party or next((voices.capitals.get(e.entity_id) for e in name.entities), None)
        if party:
            return party
    return None


def _marked(line: Line, figure: Figure, mark: str) -> bool:
    """Whether an indefinite article or a possessive stands before the title."""
    near = [t for t in line.tables.get("grammar", ()) if t.name == mark and figure.start - 12 <= t.end]
    return any(t.end <= figure.start for t in near)
