"""What holds among all statements of a text.

On the development set no party both confirms and alleges one claim: who has confirmed it alleges no part of it.
"""

from collections.abc import Sequence

from media_monitor.beat import Beat
from media_monitor.extract.statements.lore import lore
from media_monitor.model import Statement


def consistent(made: Sequence[Statement], beat: Beat) -> list[Statement]:
    """The statements without allegations of what the same party confirms in the text, itself or by what implies it."""
    implied = lore(beat).topics.implied
    sure = {(s.party, c) for s in made if s.stance == "confirm" for c in (s.claim, *implied[s.claim])}
    return [s for s in made if s.stance != "allege" or (s.party, s.claim) not in sure]
