"""Finds the acts of speech of a sentence: who says something, with which cue, and where the content stands.

A text is read with a memory: the last speaker, for "he added", and the last claims, for "this".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from media_monitor.beat import Claim
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.dates import Dated
from media_monitor.extract.grammar.figures import Figure, Voices
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import NOUNS, SPEECH, Grammar, Lexicon
from media_monitor.extract.speech import (
    attribution,
    content,
    headlines,
    labels,
    offices,
    reported,
    sequence,
    structure,
    verbfinal,
)
from media_monitor.extract.speech.stance import FIXED, WEAK

TERM = 30  # most characters of a term in quotation marks
AGENT = 10  # most characters between a passive verb and the word that names its agent
EMBEDDING = 8  # most characters between a verb and the word that makes it part of a name
GOVERNING = 6  # most characters between a verb of refusing and the one that is refused ("stopped short of verifying")
GOVERNED = 40  # most characters between a verb of speech and a noun of speech that is its object


@dataclass
class Memory:
    """What the text has said so far."""

    speaker: Figure | None = None
    together: Sequence[Figure] = ()  # the last speakers, where several speak as one
    before: Line | None = None  # the sentence before, where nobody speaks in it
    claims: list[Claim] = field(default_factory=list)
    alleged: list[Claim] = field(default_factory=list)
    offices: dict[str, Figure] = field(default_factory=dict)  # who bore a title last, where the verb stands last
    history: list[Claim] = field(default_factory=list)  # all claims so far, the last one last
    dated: tuple[str | None, str | None, date] | None = None  # party, entity and day of who spoke on that day
    told: list[Dated] = field(default_factory=list)  # the first day told in the sentence that begins at `told_in`
    told_in: int = -1
    asserted: set[tuple[str, str]] = field(default_factory=set)  # party and most general claim of what it said is so
    narrated: Sequence[Claim] = ()  # by the sentence before, where nobody speaks in it


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of speech at work: its cue, its speakers, and where its content may stand, the likeliest first."""

    cue: Tag
    category: str
    speakers: tuple[Figure, ...]
    content: tuple[tuple[int, int], ...]
    rule: str


def heard(line: Line) -> Sequence[Act]:
    """The acts of speech that were found in the line when it was read."""
    found: Sequence[Act] = line.memo.get("acts", ())
    return found


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
        [*_cues(line), *structure.verbs(line, words.grammar, voices), *structure.views(line, words.grammar, voices)],
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
        owner = who if noun else []
        if not noun and not _embedded(line, cue):
            memory.speaker, memory.together, memory.before = who[0] if who else None, who, None
        since = line.start if praising and praising == {f.party for f in who} else low
        joined = low > line.start and words.grammar.order == "svo" and words.grammar.spaced
        joined = joined and sequence.continued(line, cue, low, words.grammar)
        where = content.spans(line, cue, since, reach, words.grammar)[: 1 if noun or joined else 2]
        where = [content.own_clause(line, cue, where[0])] if noun and where else where
        if cue.name == "cite" and words.grammar.order == "svo" and relayed:
            where = [*relayed, *where]
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
    if attribution.pronoun(line, cue, low, grammar.free_order):
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
        if cue.name == "cite" and attribution.pronoun(line, cue, low):
            who = who or [f for f in [sequence.protagonist(line, grammar, voices)] if f]
        elif not who and last and cue.name != "cite" and not attribution.unknown_subject(line, cue, low, grammar):
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


def _cues(line: Line) -> list[Tag]:
    """The cues outside quotation marks, those that make one ("rejected as untrue") joined; a verb that is the object of
    the one before is a noun: "denied reports that"."""
    spoken = [t for t in line.tables.get("cues", ()) if t.name in SPEECH | NOUNS and not _spoken(line, t)]
    found = _main([t for t in spoken if not attribution.is_noun(line, t)])
    if line.verb_last:
        found = [t for t in found if not _told(line, t, found[-1])]
    made: list[Tag] = []
    for cue in found:
        before = made[-1] if made else None
        if before and before.name == cue.name and not line.slice(before.end, cue.start).strip():
            made[-1] = replace(cue, start=before.start)
        elif before and _spoken_before(line, before, cue):
            made[-1] = replace(cue, name=before.name)
        elif before and _evaded(line, before, cue):
            made[-1] = replace(before, end=cue.end)
        else:
            made.append(replace(cue, name=f"{cue.name}_noun") if before and _governed(line, before, cue) else cue)
    return made


def _told(line: Line, cue: Tag, outer: Tag) -> bool:
    """Whether somebody says that another one said it: "Kim habe beschlossen …, sagte Schoigu"."""
    start = line.clauses[line.clause_at(cue.start)].start
    near = line.tagged("cues", start, cue.start)
    decided = any(t.name == "decided" for t in line.tagged("grammar", cue.start, cue.end))
    return decided and outer.start > cue.end and outer.name == "say" and any(t.name == "subjunctive" for t in near)


def _evaded(line: Line, before: Tag, cue: Tag) -> bool:
    """Whether a verb of speech is what somebody declines to do: "stopped short of **verifying**"."""
    gap = line.slice(before.end, cue.start)
    apart = {t.name for t in line.tagged("grammar", before.end, cue.start)} & {"and", "cut", "complement"}
    verbs = before.name == "decline" and cue.name in ("confirm", "deny", "say")
    if (
        verbs
        and line.verb_last
        and any(t.name == "infinitive" for t in line.tagged("grammar", cue.start - 3, cue.start))
    ):
        return True
    return verbs and not line.postpositions and len(gap) <= GOVERNING and not apart and not set(gap) & set(",;:")


def _spoken_before(line: Line, words: Tag, cue: Tag) -> bool:
    """Whether the verb only tells who says the words, which a dash marks as his: "- No comment, - said Peskov"."""
    gap = line.slice(words.end, cue.start)
    return words.name in ("deny", "decline") and cue.name == "say" and "-" in gap and not gap.strip(" ,-")


def _spoken(line: Line, cue: Tag) -> bool:
    """Whether the cue is in words that somebody says; a term in quotation marks is the text's own: called it "lies"."""
    marks = next(((a, b) for a, b in line.quotes if a < cue.start < b - line.postpositions), None)
    if marks and line.postpositions and verbfinal.is_said(line, marks):
        return True
    if marks is None or _half_quoted(line, cue, marks[0]):
        return False
    return cue.name not in FIXED or marks[1] - marks[0] > TERM or marks[0] == line.start


def _half_quoted(line: Line, cue: Tag, start: int) -> bool:
    """Whether the verb opens a quotation that its auxiliary stands before: 'have "condemned it in strong terms"'."""
    helpers = [t for t in line.tagged("grammar", start - EMBEDDING, start) if t.name == "auxiliary"]
    return cue.start - start <= 2 and any(not line.slice(t.end, start).strip() for t in helpers)


def _governed(line: Line, verb: Tag, cue: Tag) -> bool:
    if verb.name not in ("deny", "decline", "condemn", "praise") or cue.name not in ("say", "allege"):
        return False
    if line.postpositions:
        return False
    gap = line.slice(verb.end, cue.start)
    marks = {t.name for t in line.tagged("grammar", verb.end, cue.start)}
    return len(gap) <= GOVERNED and not any(c in gap for c in ",;:،؛") and not marks & {"and", "cut", "complement"}


def _reach(line: Line, cues: Sequence[Tag]) -> int:
    """Where the content of the first of the cues ends: at the next verb; it reaches over "the allegation that"."""
    rest = [c for c in cues[1:] if c.name not in NOUNS and not (cues[0].name in FIXED and _embedded(line, c))]
    return rest[0].start if rest else line.end


def _main(cues: Sequence[Tag]) -> list[Tag]:
    """The cues without a plain verb of speech at the place of a stronger one, and without those cut into by another."""
    strong = {(c.start, c.end) for c in cues if c.name not in WEAK}
    chosen: list[Tag] = []
    for cue in cues:
        cut = chosen and chosen[-1].start < cue.start < chosen[-1].end
        if cut and chosen[-1].name in WEAK and cue.name not in WEAK:
            chosen[-1] = cue  # "said not to know" says more than "said"
        elif not cut and (cue.name not in WEAK or (cue.start, cue.end) not in strong):
            chosen.append(cue)
    return chosen


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
