"""The clock of the system jumps, between runs and during them: feeds are asked as if it had not, nothing is lost or
comes twice, and repair dates what it had put wrong."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.faults import state
from tests.faults.runs import AS_OF, LONGEST, POLL_SECONDS, Zygote

SOON = timedelta(minutes=5)  # longer than the test takes


class Clock:
    """What the system's time is for the processes of a zygote with these variables. Their timers go on as they were."""

    def __init__(self, folder: Path) -> None:
        library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
        assert library, "libfaketime is not installed: apt-get install libfaketime"
        self._file = folder / "clock"
        self.variables = {
            "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        self.set(AS_OF)

    def set(self, moment: datetime) -> None:
        ahead = (moment - datetime.now(UTC)).total_seconds()
        self._file.with_suffix(".new").write_text(f"{ahead:+.3f}\n")
        self._file.with_suffix(".new").replace(self._file)


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path)


@pytest.fixture
def place(new_place, few, clock):
    """A data folder whose runs believe the clock."""
    with Zygote(**clock.variables) as zygote:
        yield replace(new_place(few, as_of=None), zygote=zygote)


def test_the_clock_jumps_between_runs_and_during_them(place, clock, small, endpoint):
    _run(place, clock, AS_OF + timedelta(days=365))
    _run(place, clock, AS_OF, AS_OF + timedelta(days=3))
    _run(place, clock, AS_OF + timedelta(days=1), AS_OF - timedelta(days=1))
    clock.set(AS_OF + timedelta(days=1))
    found = state.stored(place.home)
    _kept(place, found, small, endpoint)
    assert _moments(found, "fetches", "fetched_at") == {0: 6, 1: 6, 365: 6}  # each feed was due again at once
    assert set(_moments(found, "checks", "at")) == {-1, 3, 365}
    doctor = place.command("doctor", "--repair", "--json")
    assert doctor.wait() == 0, doctor.text
    assert {one["check"] for one in json.loads(doctor.text)["found"]} == {"clock"}
    after = state.stored(place.home)
    _kept(place, after, small, endpoint)
    assert max(_moments(after, "fetches", "fetched_at")) == 1


def _run(place, clock, moment, jump=None):
    """A run at that moment; where the clock jumps, it does so once the feeds are archived."""
    clock.set(moment)
    run = place.start()
    deadline = time.monotonic() + LONGEST
    while jump and "settle" not in run.text and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    clock.set(jump or moment)
    assert run.wait() == 0, run.text


def _kept(place, found, small, endpoint):
    """All that a run without a jump stores is there, once, and each alert came once."""
    assert state.entries(found) == state.entries(small.contents)
    for name in ("mentions", "events", "statements"):
        assert found[name].num_rows == small.contents[name].num_rows
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []


def _moments(found, table, column):
    """Days from AS_OF, of rows made within minutes after -> rows."""
    counted = {}
    for row in found[table].to_pylist():
        days, rest = divmod(row[column] - AS_OF, timedelta(days=1))
        assert rest < SOON
        counted[days] = counted.get(days, 0) + 1
    return counted
