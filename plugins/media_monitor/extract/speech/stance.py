"""Which stance a cue, its speaker and its content make.

The rules are those of the gold set's guide: a plain assertion by a party to the claim confirms it, one by anybody
else alleges it; a word of confirming confirms whoever says it; a denied confirmation ("would not confirm") and a
denied denial are a refusal to tell; a condition or a question asserts nothing, and a party to the claim that only
defends what it would do if it did it does not tell whether it does, and one that only values what it takes for granted
("the soldiers showed courage") praises it. To call a
thing something asserts nothing of it, unless what it is called is an accusation ("a breach of sanctions").
"""

from collections.abc import Collection

from media_monitor.beat import Claim
from media_monitor.model import Stance

WEAK = ("say", "cite", "call")
FIXED: dict[str, Stance] = {"deny": "deny", "decline": "decline", "condemn": "condemn", "praise": "praise"}
# How sure a rule is, by what it rests on: a cue of its own, a plain verb of speech, a claim taken from the context.
CONFIDENCE = {"cue": 0.9, "say": 0.75, "context": 0.6}


def stance(
    category: str, party: str, claim: Claim, cue_negated: bool, content_negated: bool, modifiers: Collection[str]
) -> Stance | None:
    """The stance, None where nothing is said for or against the claim, as by a party to it that accuses somebody.

    `category` is that of the cue; `modifiers` are the categories of the other cues in the content.
    """
    if cue_negated:
        return "decline" if category in ("confirm", "deny") else None
    doubtful = "hypothetical" in modifiers or "question" in modifiers
    if category == "praise" and doubtful and party in claim.parties:
        return "decline"
    if category in FIXED:
        return FIXED[category]
    named = category == "call" and not claim.slots.get("accusation")
    if doubtful or named or (category == "allege" and party in claim.parties):
        return None
    if content_negated:
        return "deny"
    if "valuing" in modifiers and party in claim.parties and category in WEAK:
        return "praise"
    if category == "confirm" or party in claim.parties:
        return "confirm"
    return "allege"
