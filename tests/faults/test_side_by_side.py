"""Two runs at the same time on one data folder."""

import time

import pytest
from tests.faults import state

BUSY = "is writing; gave up after"
NOT_OF_ONE_RUN = {"fetches"}  # each run keeps its own fetches


@pytest.mark.parametrize("seconds_apart", [0.0, 2.0])
def test_both_end_well_and_leave_the_tables_of_one(place, undisturbed, endpoint, seconds_apart):
    first = place.start()
    time.sleep(seconds_apart)
    second = place.start()
    for run in (first, second):
        assert run.wait() == 0 or BUSY in run.result["message"], run.text
    assert first.code == 0 or second.code == 0
    found = state.stored(place.home)
    steady = {n: rows for n, rows in state.steady(found).items() if n not in NOT_OF_ONE_RUN}
    assert state.differences(steady, {n: undisturbed.contents[n] for n in steady}) == []
    assert set(found["fetches"]["feed_id"].to_pylist()) == set(undisturbed.contents["fetches"]["feed_id"].to_pylist())
    assert state.unwell(place.chosen) == []
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []


def test_a_run_goes_on_where_the_other_was_killed(place, undisturbed, endpoint):
    first, second = place.start(die_at=[r"rename lake/\.merge/\d+\.parquet", 50]), place.start()
    assert (first.wait(), second.wait()) == (-9, 0), second.text
    found = state.stored(place.home)
    steady = {n: rows for n, rows in state.steady(found).items() if n not in NOT_OF_ONE_RUN}
    assert state.differences(steady, {n: undisturbed.contents[n] for n in steady}) == []
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []
