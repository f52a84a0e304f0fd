"""Each check of the doctor finds the fault that is made for it, says where, and repairs it; a sound folder is well."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults import spoiling, state
from tests.faults.conftest import Undisturbed
from tests.faults.groups import GROUPS, Fault, Group
from tests.faults.runs import CHECKOUT, Place

from media_monitor.doctor import docs
from media_monitor.doctor.examine import Report, examine
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.registry import CHECKS
from media_monitor.upkeep import steps
from media_monitor.warehouse import lock

OF_THE_DISK = {"space", "writer"}  # see test_disk, and below; nothing of them can be repaired


@pytest.fixture
def patient(small: Undisturbed, new_place: Callable[..., Place]) -> Place:
    """A copy of what one undisturbed run left."""
    place = new_place()
    shutil.copytree(small.home, place.home)
    return place


def _examined(place: Place, repair: bool = False, only: tuple[str, ...] = (), quick: bool = False) -> Report:
    return examine(place.chosen, repair=repair, only=only, quick=quick)


def test_every_check_has_its_fault():
    assert {fault.check for group in GROUPS for fault in group.faults} | OF_THE_DISK == {check.name for check in CHECKS}
    assert {check.name for check in CHECKS if check.mend is None} == OF_THE_DISK


def test_a_sound_folder_is_well_and_stays_as_it_is(small):
    before = _files(small.home)
    report = _examined(small.place)
    assert (report.found, report.is_well) == ([], True)
    assert list(report.seconds) == [check.name for check in CHECKS]
    assert _examined(small.place, repair=True, quick=True).found == []
    assert _files(small.home) == before


def _files(home: Path) -> dict[Path, tuple[int, int]]:
    found = (path for path in home.rglob("*") if path.is_file() and path.name != "writer.lock")
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_faults_are_found_and_repaired(patient, small, group: Group):
    for make in dict.fromkeys(fault.make for fault in group.faults):
        make(patient.home)
    report = _examined(patient, repair=True, only=tuple({fault.check for fault in group.faults}))
    assert [fault for fault in group.faults if not any(_tells(one, fault) for one in report.found)] == []
    assert (report.failed, [one for one in report.left if one.repair]) == ([], [])
    found = state.steady(state.stored(patient.home))
    assert state.entries(found) == state.entries(small.contents)
    if group.whole:
        assert state.differences(found, small.contents) == []


def test_looking_changes_nothing(patient):
    first = GROUPS[0]
    for make in dict.fromkeys(fault.make for fault in first.faults):
        make(patient.home)
    before = _contents(patient.home)
    report = _examined(patient)
    assert {fault.check for fault in first.faults} <= {one.check for one in report.left}
    assert (report.mended, report.is_well) == ([], False)
    assert _contents(patient.home) == before


def _tells(finding: Finding, fault: Fault) -> bool:
    return finding.check == fault.check and fault.told in f"{finding.where}: {finding.what}"


def _contents(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != "writer.lock"}


def test_the_page_has_the_table_of_checks():
    assert docs.table() in (CHECKOUT / "docs" / "faults.md").read_text()


def test_the_command_tells_what_is_wrong_and_repairs_it(patient):
    path = spoiling.partition(patient.home, "statements")
    spoiling.overwrite(path)
    bad = patient.command("doctor", "--check", "partitions")
    assert bad.wait() == 1, bad.text
    assert f"{path.relative_to(patient.home)}: cannot be read" in bad.text
    assert "repair: its rows come back from the index" in bad.text
    repaired = patient.command("doctor", "--check", "partitions", "--repair", "--json")
    assert repaired.wait() == 0, repaired.text
    told = json.loads(repaired.text)
    assert (told["well"], told["left"], len(told["repaired"])) == (True, [], 1)
    assert patient.command("doctor", "--check", "partition").wait() == 2


@pytest.mark.parametrize("more", [(), ("articles=90", "mentions=90", "events=90", "fetches=90", "pages=90")], ids=len)
def test_what_upkeep_removed_is_not_missed_and_does_not_come_back(patient, more):
    """Of the archive of one batch the file without evidence goes, and with it the mark that the batch was loaded; of
    another batch all; the third is young."""
    (batch,) = (patient.home / "warc").iterdir()
    shutil.copy(batch / "0000.warc.gz", batch / "0001.warc.gz")
    for name in ("20250801T000000Z-00000000", "20271231T000000Z-00000000"):
        shutil.copytree(batch, batch.with_name(name))
    patient.more |= {
        "as_of": "2028-01-01T00:00:00+00:00",
        "retention_days": ("warc=30", "quarantine=90", "checks=90", "messages=30", *more),
    }
    done = {one.what for step in steps.run(patient.chosen).values() for one in step.removals}
    assert done >= {"warc", "quarantine", "checks", "messages", *(one.partition("=")[0] for one in more[:3])}
    assert not (batch / "loaded").exists()
    before = _contents(patient.home)
    assert _examined(patient, repair=True).found == []
    assert _contents(patient.home) == before


def test_who_writes_for_too_long_is_named(patient):
    """The lock itself tells since when it is held."""
    with lock.writing(patient.home):
        young = _examined(patient, only=("writer",))
        os.utime(patient.home / "writer.lock", (1, 1))
        old = _examined(patient, only=("writer",))
    told = [(one.severity, f"process {os.getpid()} is writing" in one.what) for one in young.found + old.found]
    assert told == [("note", True), ("warning", True)]
    assert (young.is_well, old.is_well) == (True, False)


def test_a_folder_that_is_not_there_is_no_data_folder(new_place):
    place = new_place()
    run = place.command("doctor")
    assert (run.wait(), run.text) == (1, f"error: {place.home}: there is no such data folder\n")
    assert not place.home.exists()
