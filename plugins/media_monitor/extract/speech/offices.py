"""Whose word it is where no verb tells: nouns of speech and offices without a name.

"Moscow's first admission that …" is Moscow's; "the ministry in Seoul" is South Korea's, "their spokesman" theirs.
"""

from collections.abc import Sequence
from dataclasses import replace

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech.attribution import AFTER
from media_monitor.extract.speech.verbfinal import BOTH

OWNED = 24  # most characters between a noun of speech and the one whose word it is
OPENING = 8  # most characters before a country that opens the sentence: "In Germany the ministry protested"
WHERE = 40  # most characters from the start of a place to the title after it
SEAT = 8  # most characters between an office and the capital where it sits


def owners(line: Line, noun: Tag, low: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """Whose word a noun of speech is: "Moscow's first admission", "confirmation by Pyongyang"; [] where nobody's."""
    clause = line.clauses[line.clause_at(noun.start)]
    before = figures(line, max(low, clause.start), noun.start, grammar, voices)
    after = figures(line, noun.end, min(clause.end, noun.end + AFTER), grammar, voices)
    near = [f for f in before if noun.start - f.end <= OWNED and "," not in line.slice(f.end, noun.start)][-1:]
    marks = [t for t in line.tagged("grammar", noun.start, noun.end + OWNED) if t.name in ("agent", "genitive")]
    follow = [f for f in after if f.start - noun.end <= OWNED and (grammar.order == "vso" or marks)][:1]
    follow = follow or _nationality(line, noun, grammar)
    found = (follow or near) if grammar.order == "vso" else (near or follow)
    return found or _occasion(line, noun, grammar, voices)


def _nationality(line: Line, noun: Tag, grammar: Grammar) -> list[Figure]:
    """The country whose adjective follows the noun: "les accusations sud-coréennes"."""
    if grammar.modifier != "after" or grammar.order != "svo":
        return []
    names = [n for n in line.named(noun.end, line.end)[:1] if n.is_country and n.start - noun.end <= 1]
    return [Figure(n.start, n.end, n.party, "official", n.entities[0].entity_id) for n in names]


def _occasion(line: Line, noun: Tag, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of a sentence with an adverbial of confirming: "in a rare admission that …, Kim bowed"."""
    near = [t for t in line.tagged("grammar", noun.start - OWNED, noun.start) if t.name == "oblique"]
    marks = {t.name for t in line.tagged("grammar", noun.end, noun.end + 6)}
    if noun.name != "confirm_noun" or not near or ("complement" not in marks and noun.start - line.start > OWNED):
        return []
    return [f for f in figures(line, line.start, line.end, grammar, voices) if not f.oblique][:1]


def shared(figure: Figure, line: Line, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The figure, and the countries that share its title, where cases tell: "the ministers of the US and Japan"."""
    if not grammar.cased or not any(
        t.start < figure.end and figure.start < t.end for t in line.tables.get("titles", ())
    ):
        return [figure]
    chain, gap = [figure], ""
    for other in figures(line, figure.end, line.end, grammar, voices):
        between = line.slice(chain[-1].end, other.start).strip()
        country = all(n.is_country for n in line.named(other.start, other.end)) and not line.tagged(
            "titles", other.start, other.end
        )
        if between not in (",", *grammar.joiners) or not (other.oblique and country):
            break
        chain.append(replace(other, role=figure.role, oblique=False))
        gap = between
    return chain if gap in grammar.joiners else [figure]


def each(figure: Figure, line: Line, voices: Voices) -> list[Figure]:
    """The figure, or one for each side of the beat where it is both of them: "beide Regierungen", "the two countries";
    two other parties that the sentence names before are meant instead. A name of several countries is each of them."""
    if figure.party != BOTH:
        inside = line.named(figure.start, figure.end)
        joint = next((n.parties for n in inside if n.is_country and len(n.parties) > 1), ())
        alone = not joint or line.postpositions or any(len(n.parties) == 1 for n in inside)
        return [figure] if alone else [replace(figure, party=p, entity=None) for p in joint]
    if " " not in line.slice(figure.start, figure.end) and not _alone(line, figure):
        return []
    named = [n for n in line.named(line.start, figure.start) if n.party]
    parties = list(dict.fromkeys(n.party for n in named))
    both = parties if len(parties) == (len(voices.sides) or 2) else voices.sides
    return [replace(figure, party=p) for p in both]


def _alone(line: Line, figure: Figure) -> bool:
    """Whether a mere "both" stands beside its verb, and no noun follows ("both soldiers said")."""
    words = line.tables.get("grammar", ())
    verbs = [*line.tables.get("cues", ()), *(t for t in words if t.name == "auxiliary")]
    return any(t.start == figure.end + 1 or t.end == figure.start - 1 for t in verbs)


def resolved(figure: Figure, line: Line, grammar: Grammar, voices: Voices, last: Figure | None) -> Figure:
    """The figure with a party, where its title alone names none: that of the capital where it sits, of somebody who
    stands before it in the sentence ("their spokesman"), or, unless it is new ("a spokesman"), of the last speaker."""
    if figure.party or not any(t.start < figure.end and figure.start < t.end for t in line.tables.get("titles", ())):
        return figure
    if person := _apposed(line, figure, grammar, voices):
        return replace(figure, party=person.party, entity=person.entity)
    before = figures(line, line.start, figure.start, grammar, voices)
    party = _place_before(line, figure, voices) or _opening(line, before) or _seat(line, figure, grammar, voices)
    if not grammar.possessives or _marked(line, figure, "possessive"):
        named = [f for f in before if f.party and not f.oblique and f.role != "media"]
        owners = [f.party for f in ([f for f in named if f.nominative] or named)]
        party = party or next(iter(owners) if line.verb_last else reversed(owners), None)
    if party is None and last and last.role == "official" and not _marked(line, figure, "indefinite"):
        party = last.party
    return replace(figure, party=party)


def _apposed(line: Line, figure: Figure, grammar: Grammar, voices: Voices) -> Figure | None:
    """The person whose name stands after a comma: "the speaker of the house, Vyacheslav Volodin"."""
    for one in figures(line, figure.end, line.end, grammar, voices)[:1]:
        gap = line.slice(figure.end, one.start)
        given = gap.partition(", ")[2]  # a spelling of the given name that no alias has
        words = line.tagged("grammar", one.start - len(given), one.start)
        unread = given.count(" ") <= 1 and all(t.name == "infinitive" for t in words)
        if len(gap) <= OWNED and ", " in gap and gap.count(",") == 1 and unread:
            named = any(n.is_person for n in line.named(one.start, one.end))
            return one if named and one.party and not line.tagged("cues", figure.end, one.start) else None
    return None


def _opening(line: Line, before: Sequence[Figure]) -> str | None:
    return before[0].party if before and before[0].oblique and before[0].start - line.start <= OPENING else None


def _place_before(line: Line, figure: Figure, voices: Voices) -> str | None:
    """The party of the place right before a title: "the Primorye governor's office"."""
    for name in line.named(max(line.start, figure.start - WHERE), figure.start):
        if name.is_place and line.slice(name.end, figure.start) in (" ", "'s ", " region's "):
            return next((voices.capitals[e.entity_id] for e in name.entities if e.entity_id in voices.capitals), None)
    return None


def _seat(line: Line, figure: Figure, grammar: Grammar, voices: Voices) -> str | None:
    """The party of the name right after a title: "the ministry in Seoul", "a spokesman for the Russian army"."""
    reach = SEAT if grammar.modifier == "before" else OWNED
    for name in line.named(figure.end, line.end):
        gap = line.slice(figure.end, name.start)
        if len(gap) > reach or any(c in gap for c in ',;:،؛."“”«»') or line.tagged("cues", figure.end, name.start):
            return None
        if any(e.sector == "IGO" for e in name.entities) or _apart(line, figure.end, name.start):
            return None
        party = name.party or next((voices.capitals.get(e.entity_id) for e in name.entities), None)
        if party:
            return party
    return None


def _apart(line: Line, start: int, end: int) -> bool:
    """Whether two prepositions, or a "that", stand between: "the ministry spoke **of** its pact **with** Seoul"."""
    if any(t.name == "complement" for t in line.tagged("grammar", start, end)):
        return True
    return len({t.start for t in line.tagged("grammar", start, end) if t.name == "oblique"}) > 1


def _marked(line: Line, figure: Figure, mark: str) -> bool:
    """Whether an indefinite article or a possessive stands before the title."""
    near = [t for t in line.tables.get("grammar", ()) if t.name == mark and figure.start - 12 <= t.end]
    return any(t.end <= figure.start for t in near)
