"""Why an event was made, in words: a claim of the lead, somebody's stance there, or a trigger."""

from collections.abc import Sequence

from media_monitor.beat import Claim
from media_monitor.explain.reasons import Ground, claim_words
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.statements import claims
from media_monitor.model import Event, Statement


def reason(event: Event, line: Line | None, said: Sequence[tuple[str, Statement]], ground: Ground) -> str:
    """Why the event was made; `said` are the statements with their refs."""
    if line is None or event.rule not in ("claim", "stance", "trigger"):
        return f"rule {event.rule}"
    if event.rule == "claim":
        return _of_claim(event, line, ground)
    return _of_stance(event, said) if event.rule == "stance" else _of_trigger(event, line, ground)


def _of_claim(event: Event, line: Line, ground: Ground) -> str:
    span = (line.start, line.end)
    seen = claims.features(line, [span], ground.grammar.modifier)
    for claim in claims.matched(ground.known.topics, seen):
        if _wanted(event) in (_slot(claim), *(_slot(ground.known.beat.claims[i]) for i in claim.implies)):
            told, _ = claim_words(claim.claim_id, line, span, (), "", ground)
            return f"the sentence reports as a fact the {told}"
    return "the sentence reports as a fact a claim that has this event"


def _wanted(event: Event) -> tuple[str | None, ...]:
    return event.type, event.actor_party, event.recipient_party


def _slot(claim: Claim) -> tuple[str | None, ...]:
    return tuple(claim.slots.get("event", ()))


def _of_stance(event: Event, said: Sequence[tuple[str, Statement]]) -> str:
    for ref, one in said:
        if (one.sentence, one.party, one.stance) == (event.sentence, event.actor_party, event.mode):
            return f"a statement of the lead ({ref}): {one.party} {one.stance} {one.claim}"
    return f"a statement of {event.actor_party} in the lead"


def _of_trigger(event: Event, line: Line, ground: Ground) -> str:
    name = f"{event.type}/{event.mode or ''}"
    tags = [t for t in line.tagged("events", line.start, line.end) if t.name == name]
    words = " ".join(dict.fromkeys(ground.quoted(t.start, t.end) for t in tags))
    sides = [
        ground.quoted(n.start, n.end)
        for party in dict.fromkeys((event.actor_party, event.recipient_party))
        for n in [n for n in line.names if party in n.parties][:1]
    ]
    words = words or "of the sentence"
    return f"trigger {words} with the parties named beside it: {', '.join(sides)}"
