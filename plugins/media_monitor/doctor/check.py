"""What a check is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that holds of every data folder.

    `holds` says what, `broken_by` what may break it, `mending` what repair does; `quick`: it is cheap on years of news.
    """

    name: str
    holds: str
    broken_by: str
    mending: str
    find: Callable[[Patient], Iterable[Finding]]
    mend: Callable[[Patient, Sequence[Finding]], None] | None = None
    quick: bool = True
