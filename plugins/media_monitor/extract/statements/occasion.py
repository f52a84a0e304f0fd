"""What is named only as the occasion of words: the topic of an answer, the visit of thanks, "during the talks"."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.speech import verbfinal
from media_monitor.extract.speech.memory import Act
from media_monitor.extract.speech.stance import WEAK
from media_monitor.extract.statements.citation import Context, Finding

REACH = 24  # most characters between a word of circumstance and the happening that it makes one
AFTER = 3  # most characters between a happening and such a word, where that follows (회담 뒤, 会谈时)
VALUED = frozenset({"troops", "brave", "battle", "presence"})  # concepts of praise for soldiers, none of a deed
BEFORE = 14  # most characters between a word of a visit and the praise that is for it


def by_the_way(act: Act, finding: Finding, at: Context) -> bool:
    """Whether a visit is only where the thanks were said: no word of it stands right before them."""
    met = finding.claim.slots.get("event", ("",))[0] == "CONSULT"
    near = at.line.tagged("concepts", act.cue.start - BEFORE, act.cue.start)
    return met and act.category == "praise" and not any(t.name == "visit" for t in near)


def only_topic(finding: Finding, category: str, at: Context) -> bool:
    """Whether the claim is only what the quoted words are said about, where its verb stands last."""
    told = verbfinal.after_topic(at.line, finding.span) if at.line.postpositions and category in WEAK else None
    return told is not None and not at.line.tagged("concepts", *told)


def circumstance(act: Act, finding: Finding, at: Context) -> bool:
    """Whether all that tells of the claim only says when the words were spoken: "during the talks, he said"."""
    concept = finding.claim.slots.get("occasion")
    tags = [t for t in at.line.tagged("concepts", *finding.span) if t.name == concept]
    return act.category in WEAK and bool(tags) and all(_beside(at.line, t) for t in tags)


def only_valued(act: Act, finding: Finding, inner: Sequence[Tag], line: Line) -> bool:
    """Whether what all know is only valued, outside quotation marks and with no word of what was done: "the treaty
    serves both peoples", "the soldiers showed courage in Kursk"."""
    told = {t.name for t in line.tagged("concepts", *finding.span)}
    start, end = finding.span
    praised = any(t.name == "praise" and start <= t.start < end and not line.quoted(t.start) for t in inner)
    bare = len(told) == 1 if finding.claim.slots.get("public") else "brave" in told and told <= VALUED
    return act.category in WEAK and praised and bare


def _beside(line: Line, happening: Tag) -> bool:
    clause = line.clauses[line.clause_at(happening.start)]
    low = max(clause.start, happening.start - REACH)
    opens = [t for t in line.tagged("grammar", low, happening.end + AFTER + REACH) if t.name == "circumstance"]
    before = [t for t in opens if t.end <= happening.start and not line.tagged("concepts", t.end, happening.start - 1)]
    return bool(before) or any(0 <= t.start - happening.end <= AFTER for t in opens)
