"""Who speaks: finds the speaker of a verb of speech in its sentence.

Names and titles that stand together ("South Korea's defence ministry spokesman", "US Secretary of State Antony
Blinken") are one figure. Word order decides where the speaker is looked for; a figure after a preposition is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.declension import impersonal
from media_monitor.extract.grammar.figures import Figure, Voices, figures, verb_between
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech import verbfinal, verbfirst
from media_monitor.extract.speech.joint import listed
from media_monitor.extract.speech.subjects import own_words, participial, pronoun, unknown_subject

AFTER = 60  # most characters between a verb and a subject that follows it
PASSIVE = 18  # most characters between a passive verb and the end of the word that marks its agent
AGENT = 12  # most characters between "by" and who did it
INVERTED = 5  # most characters between a verb and a subject that follows it where the order is fixed
ASIDE = 3  # most words of a clause that is no more than "however", "in turn"
TRAILING = 16  # most characters between a subject and the parenthesis after it, where order is free
BESIDE = 1  # most characters between a headline's subject and its verb where subjects follow their verbs
_WORD = re.compile(r"\w+")


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
    inside = cue.end if grammar.free_order else cue.start  # "dismissed by Seoul as a lie" is one form
    agents = [t.end for t in line.tagged("grammar", inside, cue.end + PASSIVE) if t.name == "agent"]
    agents = [end for end in agents if not line.tagged("cues", cue.end, end)]
    if agents and (named := [f for f in near if 0 <= f.start - agents[0] <= AGENT]):
        yield listed(line, named[:1], grammar, forward=True)
        return
    if any(t.name == "impersonal" for t in line.tagged("grammar", cue.start, cue.end)):
        yield from (near[:1], _capital(line, cue, voices), list(before[-1:]))
        return
    if pronoun(line, cue, low, grammar.free_order):
        return
    if grammar.order == "vso":
        before = [f for f in before if not verbfirst.adjectival(line, f)]
        near = [f for f in near if f.start >= cue.end or not verbfirst.adjectival(line, f)]
        yield [f for f in after if verbfirst.closes_on(line, cue, f)][:1]
        beside = [f for f in before if not f.oblique and not _bound(line, cue)]
        yield listed(line, beside, grammar, forward=False) if cue.start - _end(beside) <= BESIDE else []
    if any(t.name == "postposed" for t in line.tagged("grammar", cue.start, cue.end)):
        yield [f for f in before[-1:] if own_words(line, f.end, cue.start) <= 1]
        return
    if cue.name == "cite" or grammar.order == "vso":
        follow = [f for f in near if cue.name == "cite" or not (f.oblique or line.tagged("concepts", cue.end, f.start))]
        yield listed(line, follow, grammar, forward=True)
        if cue.name == "cite":
            return
    if not grammar.free_order and grammar.inversion:
        yield [f for f in near if not f.oblique and before and _last(line, cue, f)]
    free = [f for f in before if not f.oblique or (f is before[-1] and _after_that(line, cue, f))]
    if _perfect(line, cue):  # "Seoul hat … Nordkoreas Granaten verurteilt": the object is nearer to the verb
        yield listed(line, free, grammar, forward=True)
    # "Kim receives Lavrov and thanks him": a verb after "and" has the first subject.
    yield listed(line, free[:1] if grammar.order == "vso" and _bound(line, cue) else free, grammar, forward=False)
    yield _apposition(line, cue, grammar, voices)
    opens = not line.slice(_unquoted(line, cue), cue.start).strip(" ,،-\"”»'")
    if grammar.free_order:
        found = [f for f in near if not f.oblique and (f.nominative or not _takes_object(cue, grammar))]
        yield listed(line, found, grammar, forward=True)
    elif opens and grammar.inversion:
        follow = [f for f in near if not f.oblique]
        yield listed(line, follow, grammar, forward=True) if _inverted(line, cue, follow) else []
    if impersonal(line, cue):
        yield _seats(line, cue, before, near)
    if not unknown_subject(line, cue, low, grammar):
        yield _antecedent(line, cue, grammar, voices) or _earlier(line, cue, low, grammar, voices)


def _unquoted(line: Line, cue: Tag) -> int:
    """Where the clause of a verb begins, or where the quotation before it ends."""
    start = line.clauses[line.clause_at(cue.start)].start
    return max([start, *(b for a, b in line.quotes if start <= a and b <= cue.start)])


def _takes_object(cue: Tag, grammar: Grammar) -> bool:
    """Whether a name after the verb may be whom it thanks or blames, in a language whose endings would tell."""
    return grammar.cased and cue.name in ("praise", "condemn", "allege")


def _capital(line: Line, cue: Tag, voices: Voices) -> list[Figure]:
    """The government in the capital right after an impersonal verb: "hieß es in Tokio"."""
    for name in line.named(cue.end, line.end)[:1]:
        party = name.party or next((voices.capitals.get(e.entity_id) for e in name.entities), None)
        locus = any(t.name == "locus" for t in line.tagged("grammar", cue.end, name.start))
        if party and locus and name.start - cue.end <= TRAILING:
            return [Figure(name.start, name.end, party, "official", None)]
    return []


def _seats(line: Line, cue: Tag, before: Sequence[Figure], near: Sequence[Figure]) -> list[Figure]:
    """The office that a verb without a subject speaks of: right after it, or before it and not in what is told."""
    start = line.clauses[line.clause_at(cue.start)].start
    follow = [f for f in near if f.locus and f.start - cue.end <= INVERTED]
    return (follow or [f for f in before if f.locus and not line.tagged("concepts", start, f.start)])[:1]


def _end(found: Sequence[Figure]) -> int:
    return found[-1].end if found else -BESIDE


def _bound(line: Line, cue: Tag) -> bool:
    """Whether a letter is glued to the verb ("and said"), which then opens its own sentence."""
    return cue.start > line.start and line.slice(cue.start - 1, cue.start).isalnum()


def _inverted(line: Line, cue: Tag, follow: Sequence[Figure]) -> bool:
    """Whether the subject stands right after its verb ("said Peskov"), an article between at most."""
    if not follow:
        return False
    near = line.tagged("grammar", cue.start, follow[0].start)
    barred = any(t.name == "telling" or (t.name == "complement" and t.start >= cue.end) for t in near)
    return cue.name == "say" and follow[0].start - cue.end <= INVERTED and not barred


def _after_that(line: Line, cue: Tag, figure: Figure) -> bool:
    """Whether the figure opens what is said and takes a stance there: "told Kim that Russia would never forget"."""
    near = line.tagged("grammar", figure.start - 6, figure.start)
    that = any(t.name == "complement" and not line.slice(t.end, figure.start).strip() for t in near)
    return that and cue.name in ("praise", "condemn", "deny", "decline") and cue.start - figure.end <= AGENT


def _perfect(line: Line, cue: Tag) -> bool:
    """Whether an auxiliary stands before in the clause of a verb that stands last, as in the German perfect."""
    start = line.clauses[line.clause_at(cue.start)].start
    return line.verb_last and any(t.name == "perfect" for t in line.tagged("grammar", start, cue.start))


def _last(line: Line, cue: Tag, figure: Figure) -> bool:
    """Whether the verb and its subject end the line: "…, says Seoul"."""
    words = line.tagged("grammar", cue.start, cue.end)
    if figure.start - cue.end > 1 or not any(t.name == "inverting" and t.start == cue.start for t in words):
        return False
    return not line.slice(figure.end, line.end).strip(" .")


def _direct(line: Line, cue: Tag, figure: Figure) -> bool:
    """Whether the figure can be the subject of the verb before it: no preposition, "that" or quotation between."""
    if cue.name == "cite" or figure.start <= cue.end:
        ended = line.verb_last and cue.name == "cite" and verb_between(line, cue.end, figure.start)
        return not ended and not any(c in line.slice(cue.end, figure.start) for c in ",،")
    own = figure.governed and not figure.oblique  # by "of" to a noun of speech
    places = [n.end for n in line.named(cue.end, figure.start) if n.is_place]
    between = line.tagged("grammar", max([cue.end, *places]), figure.start)
    marks = [t.name for t in between if not (own and not line.slice(t.end, figure.start).strip())]
    if "complement" in marks or _holds_complement(line, cue):
        return False
    return (figure.nominative or marks.count("oblique") <= int(figure.oblique)) and not any(
        cue.end <= a < figure.start for a, _ in line.quotes
    )


def _holds_complement(line: Line, cue: Tag) -> bool:
    """Whether the form of the verb ends with the word that opens what is said ("soutenu que")."""
    return any(t.name == "complement" and t.end == cue.end for t in line.tagged("grammar", cue.start, cue.end))


def _sov(cue: Tag, line: Line, low: int, grammar: Grammar, voices: Voices) -> Iterator[list[Figure]]:
    whole = figures(line, max(low, line.start), cue.start, grammar, voices)
    places = [whole[-1:]] if cue.name == "cite" else verbfinal.candidates(line, cue, whole)
    yield from (verbfinal.listed(line, found, whole, grammar.joiners) for found in places)


def _loose(grammar: Grammar) -> bool:
    """Whether subjects stand anywhere, so that only one right before a parenthesis is surely that of its verb."""
    return grammar.free_order and grammar.order != "vso"


def _antecedent(line: Line, cue: Tag, grammar: Grammar, voices: Voices) -> list[Figure]:
    """Whom a parenthesis with the verb stands beside: "Putin received the minister, who praised …"."""
    index = line.clause_at(cue.start)
    if not index or not line.clauses[index].relative or own_words(line, line.clauses[index].start, cue.start) > 1:
        return []
    before = line.clauses[index - 1]
    found = figures(line, before.start, before.end, grammar, voices)[-1:]
    return [replace(f, oblique=False) for f in found if not line.slice(f.end, before.end).strip(" ,")]


def _apposition(line: Line, cue: Tag, grammar: Grammar, voices: Voices) -> list[Figure]:
    """Who speaks after commas that tell who it is: "the team, a group set up after Moscow had vetoed a panel, said"."""
    index = line.clause_at(cue.start)
    if grammar.order != "svo" or own_words(line, line.clauses[index].start, cue.start):
        return []
    for before, told in pairwise(line.clauses[:index]):
        opening = {t.name for t in line.tagged("grammar", told.start, told.end) if t.start - told.start <= 1}
        found = figures(line, before.start, before.end, grammar, voices)[-1:] if "article" in opening else []
        if found and not found[0].oblique and line.slice(found[0].end, before.end).strip() == ",":
            return found
    return []


def _earlier(line: Line, cue: Tag, low: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of the clause before a parenthesis ("Kim, who met Putin, said"; "Kim, visiting Moscow, said") or an
    apposition ("Kim Yo Jong, the leader's sister, said")."""
    index = line.clause_at(cue.start)
    nameless: list[Figure] = []
    for clause in reversed(line.clauses[:index]):
        if clause.start < low:
            return nameless
        if not clause.relative and not participial(line, clause.start):
            found = [f for f in figures(line, clause.start, clause.end, grammar, voices) if not f.oblique]
            found = [f for f in found[:1] if not _loose(grammar) or clause.end - _reach(found) <= TRAILING]
            if found and found[0].party is None and not nameless:
                nameless = found[:1]
            elif found or (grammar.spaced and own_words(line, clause.start, clause.end) > ASIDE):
                return found[:1] or nameless
    return nameless


def _reach(found: Sequence[Figure]) -> int:
    """Where the first figure ends, its apposition included: "the president, Volodymyr Zelensky, …"."""
    parties = {f.party for f in found if f.party}
    return found[-1].end if len(parties) == 1 else found[0].end
