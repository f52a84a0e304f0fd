"""Finds the acts of speech of a sentence: who says something, with which cue, and where the content stands.

A text is read with a memory: the last speaker, for "he added", and the last claims, for "this".
"""

from collections.abc import Iterator, Sequence

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import NOUNS, Grammar, Lexicon
from media_monitor.extract.speech import (
    attribution,
    content,
    headlines,
    labels,
    offices,
    reported,
    sequence,
    structure,
    subjects,
    verbfinal,
)
from media_monitor.extract.speech.cues import chosen
from media_monitor.extract.speech.memory import Act, Memory, heard
from media_monitor.extract.speech.relay import relayed_by
from media_monitor.extract.speech.stance import FIXED, WEAK

AGENT = 10  # most characters between a passive verb and the word that names its agent
EMBEDDING = 8  # most characters between a verb and the word that makes it part of a name


def acts(line: Line, words: Lexicon, voices: Voices, memory: Memory, organ: Figure | None) -> Iterator[Act]:
    """The acts of speech of a line in order; `organ` speaks where the article itself is a state's word."""
    known: list[Act] = []
    line.memo["acts"] = known
    for act in _acts(line, words, voices, memory, organ):
        known.append(act)
        yield act


def _acts(line: Line, words: Lexicon, voices: Voices, memory: Memory, organ: Figure | None) -> Iterator[Act]:
    """The acts of speech of a line in order; `organ` speaks where the article itself is a state's word."""
    cues = sorted(
        [
            *chosen(line),
            *structure.verbs(line, words.grammar, voices),
            *structure.views(line, words.grammar, voices),
        ],
        key=lambda t: t.start,
    )
    headline = (
        headlines.speaker(line, words, voices) if line.number == 0 else labels.speaker(line, words.grammar, voices)
    )
    if line.postpositions and line.number and not cues:
        headline = reported.ticker(line, words.grammar, voices)
    memory.speaker = headline or memory.speaker
    if line.postpositions:
        apart = reported.apart(line, cues, words.grammar, voices)
        told = [*reported.attributes(line, words.grammar, voices), *apart]
        yield from (Act(c, c.name.removesuffix("_noun"), (f,), (s,), "reported") for c, f, s in told)
        cues = [c for c in cues if not any(c is a for a, _, _ in apart)]
    praising: set[str | None] = (
        set()
    )  # whose praise it was that a verb of speech tells: "We thank those who …", he said
    relayed: list[tuple[int, int]] = []  # what an outlet reports, which may go on to say whom it cites
    owner: list[Figure] = []  # whose word the noun before a verb of speech is: "the words of Austin went"
    for index, cue in enumerate(cues):
        parted = [c for c in cues[:index] if c.name not in NOUNS and not verbfinal.is_attribute(line, c)]
        low = parted[-1].end if parted else line.start
        reach = _reach(line, cues[index:])
        high = reach if words.grammar.order == "svo" or index + 1 == len(cues) else cues[index + 1].start
        noun = cue.name in NOUNS
        verb = cues[index + 1] if index + 1 < len(cues) and verbfinal.is_content(line, cue) else cue
        who = _who(line, verb, (low, high), words.grammar, voices, memory) or (owner if cue.name in WEAK else [])
        who = who or ([headline] if headline and line.number and not noun else [])
        who = relayed_by(line, cue, who, heard(line), voices) or who
        owner = who if noun else []
        if not noun and not _embedded(line, cue):
            memory.speaker, memory.together, memory.before = who[0] if who else None, who, None
        since = line.start if praising and praising == {f.party for f in who} else low
        joined = low > line.start and words.grammar.order == "svo" and words.grammar.spaced
        joined = joined and sequence.continued(line, cue, low, words.grammar)
        where = content.spans(line, cue, since, reach, words.grammar)[: 1 if noun or joined else 2]
        where = (
            content.theirs(line, cue, where, who) if words.grammar.order == "svo" and words.grammar.spaced else where
        )
        where = [content.own_clause(line, cue, where[0])] if noun and where else where
        if cue.name == "cite" and words.grammar.order == "svo" and relayed:
            where = [*relayed, *where]
        where = [content.past_office(line, span, who) for span in where]
        outlet = cue.name in WEAK and bool(who) and all(f.role == "media" for f in who)
        relayed = where if outlet else []
        praising = {f.party for f in who} if cue.name == "praise" and words.grammar.spaced else set()
        yield Act(cue, cue.name.removesuffix("_noun"), tuple(who), tuple(where), "noun" if noun else "cue")
    if not cues or (headline and words.grammar.spaced and all(c.name in NOUNS for c in cues)):
        memory.before = line
        yield from _cueless(line, headline, words, voices, memory, organ)
    if line.postpositions:
        if cut := reported.cut_off(line, cues, words.grammar, voices):
            yield Act(cut[0], "say", (cut[1],), (cut[2],), "cut off")
        for title, bearer in reported.bearers(line, words.grammar, voices).items():
            memory.offices.pop(title, None)
            memory.offices[title] = bearer


def _who(
    line: Line, cue: Tag, bounds: tuple[int, int], grammar: Grammar, voices: Voices, memory: Memory
) -> list[Figure]:
    """The speakers of a cue; the last speaker where it has no subject of its own."""
    low, last = bounds[0], memory.speaker
    if _passive(line, cue) and not any(t.name == "agent" for t in line.tagged("grammar", cue.start, cue.end + AGENT)):
        return []
    if subjects.pronoun(line, cue, low, grammar.free_order):
        last = sequence.announced(line, cue, grammar, voices, last) or last
        last = (sequence.protagonist(memory.before, grammar, voices) if memory.before else None) or last
    if cue.name in NOUNS:
        who = offices.owners(line, cue, low, grammar, voices)
    elif sequence.participle(line, cue) or (low > line.start and sequence.continued(line, cue, low, grammar)):
        who = _following(line, cue, bounds, grammar, voices)
        who = who or (sequence.doer(line, cue, grammar, voices) if low == line.start else list(memory.together))
        who = who or ([last] if last else [])
    else:
        who = sequence.first(line, cue, low, grammar, voices) or attribution.speakers(
            line, cue, *bounds, grammar, voices
        )
        if cue.name == "cite" and subjects.pronoun(line, cue, low):
            who = who or [f for f in [sequence.protagonist(line, grammar, voices)] if f]
        elif not who and last and cue.name != "cite" and not subjects.unknown_subject(line, cue, low, grammar):
            who = [last]
    if line.postpositions:
        who = [*memory.together] if memory.together and who == [memory.together[0]] == [last] else who
        who = reported.known(line, cue, who, memory.offices, last)
        return [one for f in who for one in offices.each(f, line, voices)]
    who = [one for f in who for one in offices.shared(f, line, grammar, voices)]
    return [offices.resolved(one, line, grammar, voices, last) for f in who for one in offices.each(f, line, voices)]


def _following(line: Line, cue: Tag, bounds: tuple[int, int], grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of "and said …" where subjects follow their verbs; inside a form like "refused … comment" it is no
    object as in "urged … to stop"."""
    if grammar.order != "vso" or sequence.participle(line, cue):
        return []
    found = attribution.speakers(line, cue, *bounds, grammar, voices)
    return [f for f in found if f.start >= cue.end or (f.start > cue.start and cue.name in ("deny", "decline"))]


def _passive(line: Line, cue: Tag) -> bool:
    """Whether the verb is passive ("was dismissed"): without an agent nobody says it."""
    near = [t for t in line.tagged("grammar", cue.start - EMBEDDING, cue.start) if t.name == "passive"]
    return any(not line.slice(t.end, cue.start).strip() for t in near)


def _embedded(line: Line, cue: Tag) -> bool:
    """Whether the verb only names what somebody else speaks of: "what Seoul said"."""
    near = [t for t in line.tagged("grammar", cue.start - EMBEDDING, cue.start) if t.name == "embedded"]
    return any(not line.slice(t.end, cue.start).strip() for t in near)


def _reach(line: Line, cues: Sequence[Tag]) -> int:
    """Where the content of the first of the cues ends: at the next verb; it reaches over "the allegation that"."""
    rest = [c for c in cues[1:] if c.name not in NOUNS and not (cues[0].name in FIXED and _embedded(line, c))]
    return rest[0].start if rest else line.end


def _cueless(
    line: Line, headline: Figure | None, words: Lexicon, voices: Voices, memory: Memory, organ: Figure | None
) -> Iterator[Act]:
    """A headline's speaker, a quotation that goes on, or an organ's own article."""
    whole = (verbfinal.headline(line, headline.end) if headline and line.postpositions else (line.start, line.end),)
    tag = Tag("cues", "say", line.start, line.end)
    if headline and not words.grammar.spaced and line.slice(headline.end, headline.end + 1) == ":":
        whole = ((headline.end, line.end),)
    if headline:
        yield Act(tag, "say", (headline,), whole, "headline")
        others = reported.answers(line, words.grammar, voices) if line.postpositions else ()
        yield from (Act(tag, "say", (figure,), (span,), "headline") for figure, span in others)
    elif memory.speaker and line.postpositions and verbfinal.breaks_off(line, memory.speaker):
        yield Act(tag, "say", (memory.speaker,), whole, "cut off")
    elif memory.speaker and _subjunctive(line):
        yield Act(tag, "say", (memory.speaker,), whole, "subjunctive")
    elif memory.speaker and line.quotes and line.quotes[0][0] - line.start <= 2 and line.quotes[-1][1] >= line.end - 2:
        yield Act(tag, "say", (memory.speaker,), whole, "quote")
    elif organ:
        yield Act(tag, "say", (organ,), whole, "organ")


def _subjunctive(line: Line) -> bool:
    """Whether a verb form says that somebody else's words go on (German: "the soldiers be heroes")."""
    return any(t.name == "subjunctive" and not line.quoted(t.start) for t in line.tables.get("cues", ()))
