"""Goes through the checks, and mends where it is asked to."""

import time
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, field, replace

from media_monitor.config import Settings
from media_monitor.doctor.check import Check
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.doctor.registry import CHECKS
from media_monitor.errors import MediaMonitorError, StorageError, WarehouseBusyError
from media_monitor.warehouse import belonging, lock

WAIT_SECONDS = 60.0


@dataclass
class Report:
    """What was `found`, what of it was `mended` and what is `left`; why a repair `failed`; seconds by check."""

    found: list[Finding] = field(default_factory=list)
    mended: list[Finding] = field(default_factory=list)
    left: list[Finding] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Whether nothing is left that asks for anybody."""
        return not any(finding.counts for finding in self.left)


def examine(
    settings: Settings,
    *,
    repair: bool = False,
    quick: bool = False,
    only: Collection[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """The report on the data folder of the settings.

    Without `repair` nothing but the writer's lock is touched, and that only where something is found: what may be the
    work of a load under way is looked at again while nobody writes.

    `only`: names of the checks to make.

    Raises:
        StorageError: there is no such folder.
        SettingError: it is of another beat.
    """
    if not settings.home.is_dir():
        raise StorageError(settings.home, "there is no such data folder")
    belonging.check(settings)
    patient, report = Patient(settings, quick, progress), Report()
    with closing(patient.lake):
        for check in CHECKS:
            if (check.quick or not quick) and (not only or check.name in only):
                progress(check.name)
                began = time.monotonic()
                _check(check, patient, repair, report)
                report.seconds[check.name] = time.monotonic() - began
    return report


def _check(check: Check, patient: Patient, repair: bool, report: Report) -> None:
    found = _found(check, patient)
    if not found:
        return
    try:
        with lock.writing(patient.home, WAIT_SECONDS):
            patient.forget()
            found = _found(check, patient)
            left = _mended(check, patient, found, report) if repair and check.mend else found
    except (WarehouseBusyError, StorageError) as error:  # a disk that takes no lock takes no load either
        left = [replace(one, what=f"{one.what} (looked at while others may write: {error.reason})") for one in found]
    report.found += found
    report.left += left
    report.mended += [one for one in found if one not in left]


def _mended(check: Check, patient: Patient, found: list[Finding], report: Report) -> list[Finding]:
    """What is left after the repair of what can be repaired."""
    mendable = [one for one in found if one.repair]
    if not mendable or check.mend is None:
        return found
    try:
        check.mend(patient, mendable)
    except MediaMonitorError as error:
        report.failed.append(f"{check.name}: {error}")
    patient.forget()
    return _found(check, patient)


def _found(check: Check, patient: Patient) -> list[Finding]:
    """The findings; that the check itself was stopped by damage is one too, of the damage that stopped it."""
    try:
        return [replace(one, check=check.name) for one in check.find(patient)]
    except MediaMonitorError as error:
        return [Finding(error.culprit, f"cannot be checked: {error.reason}", check=check.name)]
