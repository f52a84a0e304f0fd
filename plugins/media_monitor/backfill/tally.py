"""What became of all that was read: nothing is left out in silence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_NAMED = 1_000  # faults of a part that are kept with their places; all are counted
MOST_TOLD = 10_000  # of all parts together
ARTICLES, OTHER_DAYS, OTHER_LANGUAGES, REPEATS, NO_ARTICLE, BROKEN = (
    "articles", "other days", "other languages", "repeats", "no article", "broken",
)  # fmt: skip


@dataclass
class Tally:
    """How many of what, why pages are no articles, and each fault as (place, reason)."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, where: str, reason: str) -> None:
        """Something that cannot be read is passed over, named."""
        self.counts[BROKEN] += 1
        if len(self.faults) < MOST_NAMED:
            self.faults.append((where, reason))

    def left(self, what: str, reason: str = "") -> None:
        """Something is left out on purpose."""
        self.counts[what] += 1
        if reason:
            self.reasons[reason] += 1

    def add(self, other: "Tally") -> None:
        """Adds what another one counted."""
        self.counts += other.counts
        self.reasons += other.reasons
        self.faults += other.faults[: max(0, MOST_TOLD - len(self.faults))]

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"counts": dict(self.counts), "reasons": dict(self.reasons), "faults": [list(f) for f in self.faults]}


def from_json(told: Mapping[str, Any]) -> Tally:
    """The tally that `as_json` made these values of."""
    return Tally(Counter(told["counts"]), Counter(told["reasons"]), [(where, why) for where, why in told["faults"]])
