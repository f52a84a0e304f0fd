"""Finds those who may speak: names and titles that stand together are one figure.

"South Korea's defence ministry spokesman", "US Secretary of State Antony Blinken" are one each; a figure after a
preposition is no subject.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.declension import case
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.identity import chief, entity_of, role_of
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.grammar.nouns import adjective
from media_monitor.extract.grammar.standing import JOIN, glued, leading, particles
from media_monitor.model import Role

FORMER = 12  # characters around an office in which the word stands that makes it one of the past
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")


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
    """What the beat knows of speakers: entities that speak for a state, armies that are talked about, the party of
    each capital (an office "in Seoul" is South Korea's), and the sides that are meant by "both countries"."""

    organs: frozenset[str]
    mute: frozenset[str]
    capitals: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[str, ...] = ()


def figures(line: Line, start: int, end: int, grammar: Grammar, voices: Voices, quoted: bool = False) -> list[Figure]:
    """The figures of the span in order; those inside quotation marks only where `quoted`."""
    asked = ("figures", start, end, quoted)
    known: list[Figure] | None = line.memo.get(asked)
    if known is None:
        known = line.memo[asked] = _figures(line, start, end, grammar, voices, quoted)
    return known


def _figures(line: Line, start: int, end: int, grammar: Grammar, voices: Voices, quoted: bool) -> list[Figure]:
    groups: list[list[Name | Tag]] = []
    for part in _parts(line, start, end, quoted):
        if groups and _belongs(line, groups[-1], part, grammar):
            groups[-1].append(part)
        else:
            groups.append([part])
    made = (_one(line, group, grammar, voices) for group in groups)
    found = [figure for figure in made if figure]
    return found if line.postpositions else list(_coordinated(line, found, grammar))


def _parts(line: Line, start: int, end: int, quoted: bool) -> Iterator[Name | Tag]:
    """The names and titles of the span, in order, the longer one first."""
    known: list[tuple[Name | Tag, bool]] | None = line.memo.get("parts")
    if known is None:
        posts = {t.end for t in line.tables.get("grammar", ()) if t.name == "posted"}
        parts: list[Name | Tag] = [n for n in line.names if not (n.is_place or n.start in posts or _is_deed(line, n))]
        parts += line.tables.get("titles", ())
        parts.sort(key=lambda p: (p.start, -p.end))
        known = line.memo["parts"] = [(p, line.quoted(p.start)) for p in parts]
    return (p for p, inside in known if start <= p.start and p.end <= end and (quoted or not inside))


def _one(line: Line, group: Sequence[Name | Tag], grammar: Grammar, voices: Voices) -> Figure | None:
    """The figure of parts that stand together, None where it cannot speak; worked out once a line."""
    asked = ("figure", *map(id, group))
    if asked not in line.memo:
        spoken = _can_speak(group, voices) and _is_noun(line, group, grammar)
        line.memo[asked] = _standing(line, group, grammar, voices) if spoken else None
    found: Figure | None = line.memo[asked]
    return found


def _standing(line: Line, group: Sequence[Name | Tag], grammar: Grammar, voices: Voices) -> Figure:
    """The figure as it stands in the sentence and as its ending tells; the noun before a nominative does not govern
    it ("told reporters X")."""
    figure, mark = _figure(group, voices, _at_home(line, group)), case(line, group)
    before = leading(line, figure.start, grammar)
    after = particles(line, figure.start, figure.end) if line.postpositions else set()
    governed, letters = "genitive" in before, glued(line, figure.start)
    oblique = bool((before | after) & {"oblique", "goal"}) or letters in grammar.oblique or letters in grammar.goal
    oblique = (oblique and not (mark == "nominative" and governed)) or mark == "declined"
    return replace(
        figure,
        role="expert" if figure.role == "official" and _former(line, figure) else figure.role,
        oblique=oblique,
        subject="subject" in after,
        topic="topic" in after,
        object="object" in after,
        locus="locus" in before,
        governed=governed,
        nominative=mark == "nominative" and not oblique,
    )


def _former(line: Line, figure: Figure) -> bool:
    """Whether the office is held no more ("former Duma deputy", "النائب السابق"): who held it speaks for nobody."""
    near = [t for t in line.tagged("grammar", figure.start - FORMER, figure.end + FORMER) if t.name == "former"]
    titled = any(figure.start <= t.start and t.end <= figure.end for t in line.tables.get("titles", ()))
    return titled and any(
        (t.start < figure.end and figure.start < t.end)
        or not (line.slice(t.end, figure.start) or line.slice(figure.end, t.start)).strip(" -")
        for t in near
    )


def _belongs(line: Line, group: Sequence[Name | Tag], part: Name | Tag, grammar: Grammar) -> bool:
    """As `_joined`, worked out once a line."""
    asked = ("joined", id(part), *map(id, group))
    known: bool | None = line.memo.get(asked)
    if known is None:
        known = line.memo[asked] = _joined(line, group, part, grammar)
    return known


def _coordinated(line: Line, found: Sequence[Figure], grammar: Grammar) -> Iterator[Figure]:
    """The figures; one that "and" joins to a figure after a preposition is after it too: "between Kyiv and Seoul"."""
    before: Figure | None = None
    for figure in found:
        joined = before is not None and line.slice(before.end, figure.start).strip() in grammar.joiners
        if before and before.oblique and joined and not figure.nominative:
            figure = replace(figure, oblique=True)
        before = figure
        yield figure


def _is_deed(line: Line, name: Name) -> bool:
    """Whether the name of a country is that of a deed as a whole: 訪朝 is a visit."""
    inside = line.tagged("concepts", name.start, name.end) if line.postpositions else ()
    return any(t.start == name.start and t.name == "visit" for t in inside)


def _can_speak(group: Sequence[Name | Tag], voices: Voices) -> bool:
    """Whether the figure is one that speaks: an army alone ("North Korean soldiers") is talked about."""
    if any(isinstance(p, Tag) for p in group):
        return True
    return not any(e.entity_id in voices.mute for p in group if isinstance(p, Name) for e in p.entities)


def _is_noun(line: Line, group: Sequence[Name | Tag], grammar: Grammar) -> bool:
    """Whether the name of a country is a noun, where words are not spaced: not so in "NorthKoreantankers"."""
    if grammar.spaced and grammar.order == "svo" and grammar.modifier == "after" and adjective(line, group):
        return False
    if grammar.spaced or line.postpositions or any(isinstance(p, Tag) for p in group):
        return True
    if any(e.kind != "country" for p in group if isinstance(p, Name) for e in p.entities):
        return True
    return not is_word(line, max(p.end for p in group))


def is_word(line: Line, position: int) -> bool:
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
        or any(c.isdigit() for c in gap)  # a number begins what is counted: "… laut dem Geheimdienst 3000 Soldaten"
    ):
        return False
    between = {t.name for t in line.tagged("grammar", reach, part.start)} | _touching(line, reach, part.start)
    if line.verb_last and verb_between(line, reach, part.start):
        return False
    if isinstance(part, Name) and _apposed(group[-1], part) and _beside(line, part, gap):
        return True
    title = isinstance(group[-1], Tag) or isinstance(part, Tag)
    if line.verb_last and isinstance(group[-1], Tag) and isinstance(part, Tag) and "genitive" not in between:
        return not _LONG_WORD.search(gap)  # "das aus elf Staaten bestehende Team"
    if "genitive" in between:
        return isinstance(group[-1], Tag)
    if "article" in between or _strangers(group, part):
        return False
    if between & {"oblique", "goal", "and", "cut", "complement", "subject", "topic", "object"} or line.tagged(
        "cues", reach, part.start
    ):
        return False
    return title or (_same_side(group, part) and not _LONG_WORD.search(gap))


def _apposed(before: Name | Tag, part: Name | Tag) -> bool:
    """Whether an office stands right after a person who holds it, or after the country that it belongs to, whatever
    country the office alone would be of ("팻 라이더 국방부 대변인", "ドイツ外務省")."""
    if isinstance(before, Tag) or isinstance(part, Tag) or part.is_person or part.is_country or part.is_place:
        return False
    return before.is_person or before.is_country


def _beside(line: Line, part: Name, gap: str) -> bool:
    """Whether nothing but a possessive parts an office from the country before it: "South Korea's Defense Intelligence
    Agency"."""
    return not gap.strip() if line.postpositions else gap == "'s " and all(e.sector != "IGO" for e in part.entities)


def _strangers(group: Sequence[Name | Tag], part: Name | Tag) -> bool:
    """Whether two stand side by side of whom one acts on the other, as the parties tell: a title of one party before
    the name of another ("accuse the eleven states North Korea …")."""
    last = group[-1]
    party = last.name.split("/")[1] if isinstance(last, Tag) else "-"
    return isinstance(part, Name) and party != "-" and part.party not in (party, None)


def verb_between(line: Line, start: int, end: int) -> bool:
    """Whether a source has ended where the verb comes second: "nach Angaben der Helfer liefert Nordkorea …"."""
    helpers = [t for t in line.tagged("grammar", start, end) if t.name in ("auxiliary", "finite")]
    return bool(helpers or line.tagged("concepts", start, end))


def _touching(line: Line, start: int, end: int) -> set[str]:
    """Grammar words that begin in the gap and are glued to the next name (Arabic prefixes, Korean particles)."""
    return {t.name for t in line.tables.get("grammar", ()) if start <= t.start < end <= t.end}


def _same_side(group: Sequence[Name | Tag], part: Name | Tag) -> bool:
    sides = {p.party for p in group if isinstance(p, Name)}
    return isinstance(part, Name) and sides == {part.party}


def _at_home(line: Line, group: Sequence[Name | Tag]) -> bool:
    """Whether nothing stands before that an office could be of: no letter, and no word without a particle."""
    start = min(p.start for p in group)
    gap = line.slice(start - 1, start)
    ends = {t.end for t in line.tables.get("grammar", ())} | {t.end for t in line.tables.get("cues", ())}
    return not gap.isalnum() and (gap != " " or not line.slice(start - 2, start - 1).isalnum() or start - 1 in ends)


def _figure(group: Sequence[Name | Tag], voices: Voices, at_home: bool) -> Figure:
    names = [p for p in group if isinstance(p, Name)]
    titles = [p.name.split("/") for p in group if isinstance(p, Tag)]
    named = chief(names, bool(titles))
    if len(names) > 1 and names[0].is_country and _apposed(names[0], named or names[0]) and named:
        named = named if named.party == names[0].party else names[0]
    role = role_of(named, titles, voices.organs)
    fixed = next((t[1] for t in titles if t[1][0] not in "-="), None)
    homes = (t[1][1:] for t in titles if t[1][0] == "=")  # the press's own government is not named
    home = next(homes, None) if at_home else None
    party = fixed or (named.party if named else home)
    lands = [n.party for n in names if named and n.is_country and n.party in named.parties]
    if named and len(named.parties) > 1 and lands:  # "the foreign ministers of the US, Japan …": one of several
        return Figure(
            min(p.start for p in group), max(p.end for p in group), lands[0], role, entity_of(named, lands[0])
        )
    if named and named.party and party == "OTHER":  # "the foreign ministers of Japan"
        party = named.party
    if named and named.party and party != named.party:  # "Ukraine's state broadcaster"
        role, party = ("media" if named.is_country else role), named.party
    somebody = bool(titles) and named is not None and named.is_country  # an office-holder who is not in the registry
    entity = entity_of(named, party) if named and not somebody else None
    return Figure(min(p.start for p in group), max(p.end for p in group), party, role, entity)
