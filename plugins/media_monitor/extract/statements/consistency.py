"""What holds among all statements of a text.

On the development set no party both confirms and alleges one claim: who has confirmed it alleges no part of it. Who
will neither confirm nor deny it says nothing for it in whatever else he says there.
"""

from collections.abc import Sequence

from media_monitor.beat import Beat
from media_monitor.extract.statements.claims import root
from media_monitor.extract.statements.lore import lore
from media_monitor.model import Statement

REFUSAL = ":decline:cue"  # a word of refusing with the claim beside it
PLAIN = ":say:say"  # what a plain verb of speech tells


def consistent(made: Sequence[Statement], beat: Beat) -> list[Statement]:
    """The statements without allegations of what the same party confirms in the text, itself or by what implies it, and
    without what is read as confirmed in plain words of a speaker who before refused to say whether it is so."""
    topics = lore(beat).topics
    refused: set[tuple[str, str | None, str]] = set()
    kept = []
    for one in made:
        who = (one.party, one.speaker_id, root(topics.claims[one.claim], topics))
        if one.stance == "decline" and one.role == "official" and one.rule.endswith(REFUSAL) and not one.background:
            refused.add(who)
        if not (one.stance == "confirm" and one.rule.endswith(PLAIN) and who in refused):
            kept.append(one)
    sure = {(s.party, c) for s in kept if s.stance == "confirm" for c in (s.claim, *topics.implied[s.claim])}
    return [s for s in kept if s.stance != "allege" or (s.party, s.claim) not in sure]
