"""What is named only as the occasion of words, where verbs stand last: the topic of an answer, the visit of thanks."""

from media_monitor.extract.speech import verbfinal
from media_monitor.extract.speech.acts import WEAK, Act
from media_monitor.extract.statements.citation import Context, Finding

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
