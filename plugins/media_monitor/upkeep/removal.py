"""What was removed, as rows of the table `removals`."""

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from media_monitor import tables
from media_monitor.model import stable_id


@dataclass(frozen=True, slots=True)
class Removal:
    """One row of `removals`; with `at` of the moment at which it would be removed in a rehearsal."""

    what: str
    until: date | None
    rows: int
    kept: int
    files: int
    bytes: int
    reason: str
    at: datetime

    @property
    def removal_id(self) -> str:
        return stable_id(self.what, str(self.until), self.at.isoformat())

    @property
    def day(self) -> date:
        return self.at.date()


def table(removals: list[Removal]) -> pa.Table:
    """The removals as rows."""
    return tables.REMOVALS.arrow(removals)
