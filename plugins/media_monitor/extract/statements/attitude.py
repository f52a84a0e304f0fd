"""Which stance a speaker takes on a claim: the cue, what negates or doubts it, and whom the claim concerns."""

from collections.abc import Collection, Sequence

from media_monitor.beat import Claim
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import SPEECH
from media_monitor.extract.speech import labels, verbfinal
from media_monitor.extract.speech.memory import Act
from media_monitor.extract.speech.stance import WEAK, stance
from media_monitor.extract.statements import claims, occasion, recall
from media_monitor.extract.statements.citation import Context, Finding, modifiers
from media_monitor.model import Stance

NEGATION_REACH = 14
OWN_REACH = 40  # what a party to the claim says is not so; a false confirmation would be an alert
BEFORE_CONFIRMING = 30  # in the clause: "sees no need to confirm", "may have to admit"


def attitude(act: Act, category: str, speaker: Figure, finding: Finding, at: Context) -> Stance | None:
    """The stance of the speaker on what was found; None where nothing is said for or against it."""
    line, party = at.line, speaker.party or ""
    own = party in finding.claim.parties
    if own and finding.claim.claim_id in at.known.accusations and category not in ("confirm", "deny", "decline"):
        refuted = category in WEAK and _negated(line, finding.span, modifiers(line, finding.span), NEGATION_REACH)
        return "deny" if refuted else None
    before = _before(act, category, line)
    if category == "confirm" and before & {"hypothetical", "planned"}:
        return None
    whole = line.postpositions or (own and not finding.claim.slots.get("public", False))
    others = modifiers(line, finding.span, whole, at.words.grammar.joiners)
    content_negated = category in WEAK and _negated(line, finding.span, others, OWN_REACH if own else NEGATION_REACH)
    if line.postpositions:
        content_negated = category in (*WEAK, "confirm") and verbfinal.negated(line, finding.span)
    doubts = {t.name for t in others if whole or not own or t.name != "hypothetical"}
    if not any(t.name == "valuing" and _values(line, t, finding.span, at.words.grammar.joiners) for t in others):
        doubts -= {"valuing"}
    took = stance(category, party, finding.claim, "negation" in before, content_negated, doubts)
    if took and not claims.doubtful([finding.claim], took):
        return None
    if own and took in ("confirm", "praise"):
        bygone = took == "confirm" and not finding.claim.slots.get("public") and recall.bygone(line)
        if bygone or recall.expected(act, line) or not recall.own_word(finding.span, line):
            return None
    others_word = (
        took == "confirm" and own and category in (*WEAK, "confirm") and recall.alleged(act, finding.span, line)
    )
    apart = others_word or (took in ("confirm", "allege") and labels.asks(line))
    apart = apart or (took in ("allege", "confirm") and occasion.only_topic(finding, category, at))
    return took if took and not apart and fits(took, speaker, finding.claim, at) else None


def fits(took: Stance, speaker: Figure, claim: Claim, at: Context) -> bool:
    """Whether the speaker can take it: only those whom a claim concerns deny or praise it, only others condemn it."""
    concerned = speaker.party in claims.concerned(claim, at.known.topics)
    return concerned if took in ("deny", "praise") else took != "condemn" or speaker.party not in claim.parties


def _before(act: Act, category: str, line: Line) -> set[str]:
    """The modifiers that stand before the cue and hold for it; none where the verb stands last: its content does."""
    if line.postpositions:
        return set()
    reach = BEFORE_CONFIRMING if category == "confirm" else NEGATION_REACH
    start = line.clauses[line.clause_at(act.cue.start)].start
    near = line.tagged("cues", max(start, act.cue.start - reach), act.cue.start)
    return {t.name for t in near if t.name not in SPEECH}


def _values(line: Line, tag: Tag, span: tuple[int, int], joiners: Collection[str]) -> bool:
    """Whether nothing but a value is told: no clause or sentence beside it asserts anything, nor words before "and":
    "they fought there and showed courage"."""
    words = line.slice(line.start, tag.start).split()
    clause = line.clauses[line.clause_at(tag.start)]
    stop = line.slice(tag.end, span[1]).find(". ")
    beside = [(span[0], clause.start)] + [(tag.end + stop, span[1])] * (stop >= 0)
    return not (words and words[-1] in joiners) and not any(line.tagged("concepts", a, b) for a, b in beside)


def _negated(line: Line, span: tuple[int, int], others: Sequence[Tag], reach: int) -> bool:
    """Whether the assertion itself is negated: a negation shortly before one of its first concepts."""
    concepts = line.tagged("concepts", *span)[:3]
    return any(t.name == "negation" and any(0 <= c.start - t.end <= reach for c in concepts) for t in others)
