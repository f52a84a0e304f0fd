"""What keeps two reports apart however alike they are: another time, day, number, or the opposite said."""

from collections.abc import Set
from datetime import date, timedelta

from media_monitor.extract.stories.report import Report

REACH = timedelta(days=5)  # between an article and the founding one; what is alike later is another or looks back
SAME_DAY = timedelta(hours=12)  # within it, days named may differ: the one tells when it was, the other when it will be
_OPPOSITE = {"confirm": {"deny", "decline"}, "deny": {"confirm"}, "decline": {"confirm"}}


def veto(one: Report, other: Report) -> str | None:
    """Why the two cannot be on one happening, in a word: time, day, number or stance; None where they can."""
    gap = abs(one.at - other.at)
    if gap > REACH:
        return "time"
    if gap > SAME_DAY and one.days and other.days and not _near(one.days, other.days):
        return "day"
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return "number"
    return "stance" if _opposed(one.deeds, other.deeds) else None


def _near(one: Set[date], other: Set[date]) -> bool:
    """Whether they share a day, or the day before or after: it is another day elsewhere."""
    return any(abs((a - b).days) <= 1 for a in one for b in other)


def _opposed(one: Set[str], other: Set[str]) -> bool:
    """Whether the same party says the opposite on the same claim, and nothing that both have."""
    if one & other:
        return False
    said = {tuple(deed.rsplit(":", 1)) for deed in other}
    return any(
        (subject, opposite) in said
        for subject, stance in (deed.rsplit(":", 1) for deed in one)
        for opposite in _OPPOSITE.get(stance, ())
    )
