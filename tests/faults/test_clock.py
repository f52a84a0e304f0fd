"""A clock that jumps: feeds are asked as if it had not, nothing comes twice, and repair dates what it had put wrong."""

from datetime import timedelta

import pytest
from tests.faults import state
from tests.faults.runs import AS_OF

from media_monitor.doctor.examine import examine


def _run(place, moment, **job):
    place.more["as_of"] = moment.isoformat()
    run = place.run(**job)
    assert run.code == 0, run.text


def _fetches(place):
    return [row["fetched_at"] for row in state.stored(place.home)["fetches"].to_pylist()]


@pytest.mark.parametrize("jump", [timedelta(days=365), timedelta(days=1)], ids=["a year ahead", "back a day"])
def test_the_clock_jumps_and_is_set_right(new_place, few, small, endpoint, jump):
    """Ahead by a year and set right, or right and then back by a day: both ways the stored rows are from the future."""
    place = new_place(few)
    _run(place, AS_OF + jump)
    _run(place, AS_OF)
    fetches = _fetches(place)
    assert len(fetches) == 2 * small.contents["fetches"].num_rows  # each feed was due again at once
    found = state.stored(place.home)
    assert state.entries(found) == state.entries(small.contents)
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []
    errors = state.unwell(place.chosen)
    assert errors
    assert all(one.startswith("clock: ") for one in errors)
    report = examine(place.chosen, repair=True)
    assert (report.is_well, report.failed) == (True, [])
    assert max(_fetches(place)) <= AS_OF
    after = state.stored(place.home)
    assert state.entries(after) == state.entries(small.contents)
    facts = {name: len(rows) for name, rows in after.items() if name in ("mentions", "events", "statements")}
    assert facts == {name: small.contents[name].num_rows for name in facts}
