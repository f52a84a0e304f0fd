"""Why an act of speech led to no statement."""

from collections.abc import Iterable, Iterator, Sequence

from media_monitor.explain.account import Unmade
from media_monitor.explain.reasons import CATEGORIES, WHOLE, Ground
from media_monitor.extract.speech.stance import WEAK
from media_monitor.extract.statements.citation import Heard, modifiers
from media_monitor.model import Statement

DOUBTS = {"hypothetical": "is hypothetical", "question": "is a question", "planned": "is only planned"}
BEFORE = 30  # characters before a word of confirming in which a condition is looked for


def unmade(heard: Iterable[Heard], statements: Sequence[Statement], ground: Ground) -> Iterator[Unmade]:
    """A row for each act of speech without a statement in the end, in the order of the text."""
    kept = {one.statement_id for one in statements}
    decided = [(one.start, one.end) for one in statements if one.rule.startswith("model:")]
    for one in heard:
        low, high = one.act.cue.start, one.act.cue.end
        start, end = ground.span(low, high)
        by_model = any(a <= start and end <= b for a, b in decided)
        if not by_model and not any(made.statement_id in kept for made in one.made):
            words = (
                WHOLE.get(one.act.rule) or f"{CATEGORIES.get(one.category, one.category)} {ground.quoted(low, high)}"
            )
            yield Unmade(one.line.number, start, end, words, "; ".join(dict.fromkeys(why(one, ground))))


def why(one: Heard, ground: Ground) -> Iterator[str]:
    """What kept the act from being a statement."""
    if one.made:
        yield from (f"{s.party} {s.stance} {s.claim} is left out beside what else the text says" for s in one.made)
    elif not one.act.speakers:
        yield "nobody is named who says it"
    elif not any(s.party for s in one.act.speakers):
        speakers = [s for s in one.act.speakers if s.start < s.end]
        told = " ".join(ground.quoted(s.start, s.end) for s in speakers)
        yield f"the party of the speaker {told} is not known" if told else "the party of the speaker is not known"
    elif not one.found:
        yield _no_claim(one, ground)
    else:
        yield from (_no_stance(one, i, ground) for i in range(len(one.found)))


def _no_claim(one: Heard, ground: Ground) -> str:
    tags = [t for span in one.act.content for t in one.line.tagged("concepts", *span) if t.name != "block"]
    words = dict.fromkeys(f"{t.name} {ground.quoted(t.start, t.end)}" for t in tags)
    return f"no claim fits the words {', '.join(words)}" if words else "what is said has no word of a claim"


def _no_stance(one: Heard, index: int, ground: Ground) -> str:
    """Why no stance was taken on a claim that was found, in the order in which the rules ask."""
    finding, parties = one.found[index], {s.party for s in one.act.speakers if s.party}
    claim, told = finding.claim, f"on {finding.claim.claim_id}: "
    party = ", ".join(sorted(parties))
    cue = one.act.cue
    before = {t.name for t in one.line.tagged("cues", max(one.line.start, cue.start - BEFORE), cue.start)}
    around = {t.name: t for t in modifiers(one.line, finding.span, whole=True)}
    doubt = next((name for name in DOUBTS if name in around), None)
    if claim.claim_id in ground.known.accusations and parties <= set(claim.parties):
        return f"{told}it accuses {party}, who does not accuse itself"
    if one.category == "confirm" and before & {"hypothetical", "planned"}:
        return f"{told}the confirming is hypothetical or planned"
    if "negation" in before and one.category not in ("confirm", "deny"):
        return f"{told}the verb is negated, so nothing is asserted"
    if one.category in ("deny", "praise") and not parties & ground.known.topics.concerned[claim.claim_id]:
        return f"{told}only those whom the claim concerns deny or praise it, and {party} is none of them"
    if one.category == "condemn" and parties <= set(claim.parties):
        return f"{told}{party} would condemn its own act"
    if doubt and one.category in (*WEAK, "confirm", "allege"):
        return f"{told}what is said {DOUBTS[doubt]} ({ground.quoted(around[doubt].start, around[doubt].end)})"
    if one.category == "call":
        return f"{told}calling something a name asserts nothing of it"
    if one.category == "allege" and parties <= set(claim.parties):
        return f"{told}a party to the claim that accuses somebody asserts nothing of its own act"
    return f"{told}no stance follows from a {CATEGORIES.get(one.category, one.category)} here"
