"""Events that a sentence reports as facts, by the claims that it tells.

`claims.toml` says which event a claim reports (`event`), where it is that of the implied claim (`event_implied`), which
other words make it no news (`event_unless`), that only a title, or a lead after a title that tells nothing, makes it
news (`event_titled`), and which event a confirmation by a party reports as well (`event_admitted`).
"""

from collections.abc import Iterator, Sequence

from media_monitor.beat import Claim
from media_monitor.extract.events.candidate import Candidate
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.speech import labels
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.lore import Lore
from media_monitor.model import Modality, Statement

ACTS = frozenset({"AID", "ASSAULT"})  # of these an honour speaks without reporting them
DENIALS = frozenset({"deny", "deny_quoted", "deny_said"})


def told(
    line: Line, here: Sequence[Statement], triggered: Sequence[Candidate], first: bool, words: Lexicon, known: Lore
) -> Iterator[Candidate]:
    """The acts that the line reports; `here` are its statements, `first` whether no line before told the news."""
    tags = {t.name for t in line.tagged("cues", line.start, line.end)}
    if "hypothetical" in tags or labels.asks(line):
        return
    seen = claims.features(line, [(line.start, line.end)], words.grammar.modifier)
    matched = [c for c in claims.matched(known.topics, seen) if c.slots.get("event")]
    kinds = {c.type for c in triggered}
    honoured = "SUPPORT" in kinds or any(s.stance == "praise" for s in here)
    honoured = honoured or any(c.slots["event"][0] == "SUPPORT" for c in matched)
    modality: Modality = "planned" if "planned" in tags else "actual"
    for claim in matched:
        denied = bool(tags & DENIALS) and not _stands(claim, here)
        if denied or _doubted(claim, here, known) or not _news(claim, seen, first):
            continue
        for kind, actor, recipient in _slots(claim, seen, here, known):
            accused = "ACCUSE" in kinds and not _stands(claim, here)
            accused = kind == "AID" and (accused or _accused(claim, here, line))
            if not accused and not (honoured and kind in ACTS):
                yield Candidate(kind, None, actor, recipient, line, line.start, line.end, "claim", modality)


def _doubted(claim: Claim, here: Sequence[Statement], known: Lore) -> bool:
    """Whether somebody denies or evades it."""
    doubted = {claims.root(known.beat.claims[s.claim], known.topics) for s in here if s.stance in ("deny", "decline")}
    return claims.root(claim, known.topics) in doubted


def _news(claim: Claim, seen: frozenset[str], first: bool) -> bool:
    return not _fits(claim, "event_unless", seen) and (first or not claim.slots.get("event_titled", False))


def _slots(
    claim: Claim, seen: frozenset[str], here: Sequence[Statement], known: Lore
) -> Iterator[tuple[str, str, str]]:
    """The events of a claim; that of the claim it implies where its `event_implied` fits: "troops sent to fight"."""
    if "event_admitted" in claim.slots and any(s.stance == "confirm" and s.party in claim.parties for s in here):
        yield claim.slots["event_admitted"]
    implied = claim.implies and _fits(claim, "event_implied", seen)
    yield (known.beat.claims[claim.implies[0]].slots if implied else claim.slots)["event"]


def _fits(claim: Claim, slot: str, seen: frozenset[str]) -> bool:
    return any(claims.pattern(p).fits(seen) for p in claim.slots.get(slot, ()))


def _accused(claim: Claim, here: Sequence[Statement], line: Line) -> bool:
    """Whether it is only alleged, or condemned, which is the news then."""
    condemned = any(s.stance == "condemn" and s.claim == claim.claim_id for s in here)
    alleged = any(s.stance == "allege" and not (line.number == 0 and _trails(s)) for s in _of(claim, here))
    return condemned or (alleged and not _stands(claim, here))


def _stands(claim: Claim, here: Sequence[Statement]) -> bool:
    """Whether somebody confirms it."""
    return any(s.stance == "confirm" for s in _of(claim, here))


def _of(claim: Claim, here: Sequence[Statement]) -> list[Statement]:
    return [s for s in here if s.claim == claim.claim_id]


def _trails(one: Statement) -> bool:
    """Whether a title gives the act first, as the news, and its source after it: "Troops arrive, says Seoul"."""
    return one.surface.find(one.speaker) > len(one.surface) // 2
