"""Why a statement was made, in words: cue, speaker, claim, and what made the stance of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from media_monitor.explain.account import Mark
from media_monitor.explain.evidence import evidence
from media_monitor.extract.document import Reading
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech.stance import WEAK
from media_monitor.extract.statements.citation import Heard
from media_monitor.extract.statements.lore import Lore
from media_monitor.model import Statement

BEFORE = 30  # characters before a cue in which a negation of it is looked for
CATEGORIES = {
    "say": "plain verb of speech",
    "cite": "words that name a source",
    "call": "verb of calling something a name",
    "confirm": "word of confirming",
    "deny": "word of denial",
    "decline": "words of refusing to tell",
    "condemn": "word of condemnation",
    "praise": "word of praise or thanks",
    "allege": "word of accusing or alleging",
}
WHOLE = {  # kinds of acts that rest on no cue
    "headline": "a headline that gives its speaker",
    "quote": "a quotation that goes on with the last speaker's words",
    "subjunctive": "a verb form that goes on with the last speaker's words",
    "organ": "an article that is itself the word of a state organ",
    "cut off": "a headline cut off after its speaker",
}
CONTENT = {"deny": "deny it", "decline": "refuse to tell", "confirm": "confirm it"}


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in words, and the marks that it points at."""

    words: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """All that reasons are found in."""

    reading: Reading
    known: Lore
    grammar: Grammar

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the stored text of one in the normalised text."""
        return self.reading.normal.span(start, end)

    def quoted(self, start: int, end: int) -> str:
        """The stored words of a span of the normalised text, in quotation marks."""
        first, last = self.span(start, end)
        return f"«{' '.join(self.reading.text[first:last].split())}»"


def of_rules(one: Statement, heard: Heard, ref: str, ground: Ground) -> Reason:
    """Why the rules made the statement of an act of speech."""
    span, source = _place(one, heard)
    speaker = _speaker(one, heard)
    told, claim_marks = claim_words(one.claim, heard.line, span, heard.act.speakers, ref, ground)
    if source == "context" and not claim_marks:
        told = f"claim {one.claim}: what the text spoke of before"
    inner = _inner(one, heard, ground)
    cues = [*([heard.act.cue] if _has_cue(heard) else []), *([inner] if inner else [])]
    marks = [Mark(*ground.span(cue.start, cue.end), "cue", f"{ref} cue: {one.stance}", ref) for cue in cues]
    marks += [*_speaker_marks(one, speaker, ref, ground), *claim_marks]
    stance = _stance_words(one, heard, inner, ground)
    parts = [cue_words(heard, inner, ground), _speaker_words(speaker, heard, ground), told, *stance]
    return Reason(" · ".join(part for part in parts if part), tuple(marks))


def of_model(one: Statement, line: Line | None, ref: str, ground: Ground) -> Reason:
    """Why a model made the statement: the rules had left the clause open."""
    words = f"{one.rule}: the clause reads as {one.stance} with probability {one.confidence:.2f}; rules left it open"
    told, marks = claim_words(one.claim, line, (line.start, line.end), (), ref, ground) if line else ("", ())
    told = told if marks else f"claim {one.claim}: what the text spoke of before"
    at = one.surface.find(one.speaker) if one.speaker else -1
    spoken = (Mark(one.start + at, one.start + at + len(one.speaker), "speaker", f"{ref} speaker", ref),)
    parts = (words, f"speaker «{one.speaker}»", told)
    return Reason(" · ".join(part for part in parts if part), (*(spoken if at >= 0 else ()), *marks))


def cue_words(heard: Heard, inner: Tag | None, ground: Ground) -> str:
    """The act in words: its cue, or what it rests on without one; and what the words said make of it."""
    act = heard.act
    if act.rule in WHOLE:
        told = WHOLE[act.rule]
    else:
        noun = " (a noun)" if act.rule == "noun" else " (its words are an attribute)" if act.rule == "reported" else ""
        told = f"{CATEGORIES.get(act.category, act.category)} {ground.quoted(act.cue.start, act.cue.end)}{noun}"
    if heard.category != act.category:
        told += f", of words that {CONTENT.get(heard.category, heard.category)}"
        told += f" ({ground.quoted(inner.start, inner.end)})" if inner else ""
    return told


def claim_words(
    claim: str, line: Line, span: tuple[int, int], speakers: tuple[Figure, ...], ref: str, ground: Ground
) -> tuple[str, tuple[Mark, ...]]:
    """The claim with the words that bring each of its features, and their marks."""
    found = evidence(claim, line, span, speakers, ground.known.topics.topics, ground.grammar.modifier)
    told = " + ".join(f"{e.feature} {ground.quoted(e.start, e.end)}" for e in found)
    marks = tuple(Mark(*ground.span(e.start, e.end), "claim", f"{ref} {claim}: {e.feature}", ref) for e in found)
    return (f"claim {claim}: {told}" if told else f"claim {claim}"), marks


def _has_cue(heard: Heard) -> bool:
    return heard.act.rule not in WHOLE


def _place(one: Statement, heard: Heard) -> tuple[tuple[int, int], str]:
    """Where the claim was found and on what that rests: a finding of the act, else the words said."""
    source = one.rule.rsplit(":", 1)[-1]
    mine = [f for f in heard.found if f.claim.claim_id == one.claim]
    for finding in sorted(mine, key=lambda f: f.source != source):
        return finding.span, source
    return (heard.act.content[0] if heard.act.content else (heard.line.start, heard.line.end)), source


def _speaker(one: Statement, heard: Heard) -> Figure | None:
    mine = [s for s in heard.act.speakers if s.party == one.party]
    return next((s for s in mine if s.entity == one.speaker_id), next(iter(mine), None))


def _speaker_marks(one: Statement, speaker: Figure | None, ref: str, ground: Ground) -> tuple[Mark, ...]:
    if speaker is None or speaker.start == speaker.end:
        return ()
    return (Mark(*ground.span(speaker.start, speaker.end), "speaker", f"{ref} speaker, for {one.party}", ref),)


def _speaker_words(speaker: Figure | None, heard: Heard, ground: Ground) -> str:
    if speaker is None or speaker.start == speaker.end:
        return "speaker: the outlet itself"
    told = f"speaker {ground.quoted(speaker.start, speaker.end)}"
    if not heard.line.start <= speaker.start < heard.line.end:
        return f"{told} of an earlier sentence"
    if not _has_cue(heard):
        return told
    return f"{told} {'before' if speaker.end <= heard.act.cue.start else 'after'} it"


def _stance_words(one: Statement, heard: Heard, inner: Tag | None, ground: Ground) -> Iterator[str]:
    """What made the stance, where the cue alone does not say it."""
    if one.stance == heard.category:
        return
    negations = [t for t in heard.line.tagged("cues", *_reach(heard)) if t.name == "negation"]
    negated = f" {ground.quoted(negations[0].start, negations[0].end)}" if negations else ""
    party_to = one.party in ground.known.beat.claims[one.claim].parties
    if inner:
        yield f"the words said hold {ground.quoted(inner.start, inner.end)} ({one.stance})"
    elif one.stance == "decline":
        yield f"negated{negated} or conditional: whoever does not confirm does not tell"
    elif one.stance == "deny":
        yield f"what is said is negated{negated}"
    elif one.stance == "confirm" and heard.category in (*WEAK, "allege"):
        yield f"{one.party} is {'a' if party_to else 'no'} party to the claim: its plain assertion confirms"
    elif one.stance == "allege":
        yield f"{one.party} is no party to the claim: its assertion alleges" if not party_to else "an accusation"
    else:
        yield f"taken as {one.stance} of the act"


def _inner(one: Statement, heard: Heard, ground: Ground) -> Tag | None:
    """The cue in the words said that made the stance, where that of the act did not: "«brave», he said"."""
    if one.stance == heard.act.category:
        return None
    spans = heard.act.content
    inside = [t for t in heard.line.tables.get("cues", ()) if any(a <= t.start and t.end <= b for a, b in spans)]
    named = [t for t in inside if t.name.removesuffix("_quoted").removesuffix("_said") == one.stance]
    _, end = ground.reading.normal.inside(one.start, one.end)
    # A statement in quoted words ends with its own cue.
    return next(iter([*[t for t in named if t.end <= end][-1:], *named]), None)


def _reach(heard: Heard) -> tuple[int, int]:
    """Where a negation may stand: shortly before the cue, up to the end of the words said."""
    ends = [end for _, end in heard.act.content]
    return max(heard.line.start, heard.act.cue.start - BEFORE), max([heard.act.cue.end, *ends])
