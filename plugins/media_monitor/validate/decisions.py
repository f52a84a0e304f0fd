"""What people decide about rows in quarantine: released, discarded, or waiting again. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from media_monitor.model import stable_id

Choice = Literal["released", "discarded", "reopened"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the table `quarantine_decisions`."""

    decision_id: str
    day: date
    quarantine_id: str
    number: int
    table: str
    row_id: str
    decision: Choice
    reason: str | None
    by: str | None
    at: datetime


def last(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """By row in quarantine, the decision that counts."""
    return {one.quarantine_id: one for one in sorted(decisions, key=lambda one: one.number)}


def decided(
    row: Mapping[str, Any], before: Decision | None, choice: Choice, reason: str | None, by: str | None, now: datetime
) -> Decision:
    """The next decision on a row of the table `quarantine`; `before` is the one that counted until now."""
    number = before.number + 1 if before else 1
    return Decision(
        decision_id=stable_id(row["quarantine_id"], number),
        day=row["day"],
        quarantine_id=row["quarantine_id"],
        number=number,
        table=row["table"],
        row_id=row["row_id"],
        decision=choice,
        reason=reason or None,
        by=by,
        at=now,
    )


def refusal(before: Decision | None, choice: Choice) -> str | None:
    """Why the row cannot be decided so now; None where it can, or is decided so already."""
    if choice == "discarded" and before and before.decision == "released":
        return "is in its table; reopen it first"
    return None


def stands(before: Decision | None, choice: Choice) -> bool:
    """Whether the row is decided so already; one that nobody decided on waits, as one that was reopened does."""
    return (before.decision if before else "reopened") == choice
