"""Each check of the doctor finds the fault that is made for it, says where, and repairs it; a sound folder is well."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults import spoiling, state
from tests.faults.conftest import Undisturbed
from tests.faults.runs import Place
from tests.faults.spoiling import Fault, Group

from media_monitor.doctor.examine import Report, examine
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.registry import CHECKS

OF_THE_DISK = {"space", "writer"}  # see test_disk and below: nothing of them can be repaired


@pytest.fixture
def patient(undisturbed: Undisturbed, new_place: Callable[..., Place]) -> Place:
    """A copy of what one undisturbed run left."""
    place = new_place()
    shutil.copytree(undisturbed.home, place.home)
    return place


def _examined(place: Place, repair: bool = False, only: tuple[str, ...] = (), quick: bool = False) -> Report:
    return examine(place.chosen, repair=repair, only=only, quick=quick)


def test_every_check_has_its_fault():
    assert {fault.check for group in spoiling.GROUPS for fault in group.faults} | OF_THE_DISK == {
        check.name for check in CHECKS
    }
    assert {check.name for check in CHECKS if check.mend is None} == OF_THE_DISK


def test_a_sound_folder_is_well_and_stays_as_it_is(undisturbed):
    before = _files(undisturbed.home)
    report = _examined(undisturbed.place)
    assert (report.found, report.is_well) == ([], True)
    assert list(report.seconds) == [check.name for check in CHECKS]
    assert _examined(undisturbed.place, repair=True, quick=True).found == []
    assert _files(undisturbed.home) == before


def _files(home: Path) -> dict[Path, tuple[int, int]]:
    found = (path for path in home.rglob("*") if path.is_file() and path.name != "writer.lock")
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


@pytest.mark.parametrize("group", spoiling.GROUPS, ids=str)
def test_faults_are_found_and_repaired(patient, undisturbed, group: Group):
    for make in dict.fromkeys(fault.make for fault in group.faults):
        make(patient.home)
    checks = tuple(dict.fromkeys(fault.check for fault in group.faults))
    before = _contents(patient.home)
    found = _examined(patient, only=checks).found
    unseen = [fault for fault in group.faults if not any(_tells(one, fault) for one in found)]
    assert (unseen, _contents(patient.home) == before) == ([], True)  # looking changes nothing
    report = _examined(patient, repair=True, only=checks)
    assert (report.failed, [one for one in report.left if one.repair]) == ([], [])
    assert {one.check for one in report.mended} == set(checks)
    if group.whole:
        assert state.differences(state.steady(state.stored(patient.home)), undisturbed.contents) == []


def _tells(finding: Finding, fault: Fault) -> bool:
    return finding.check == fault.check and fault.told in f"{finding.where}: {finding.what}"


def _contents(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != "writer.lock"}
