"""A clock that jumps: feeds are asked as if it had not, nothing comes twice, and repair dates what it had put wrong."""

from datetime import timedelta

from tests.faults import state
from tests.faults.runs import AS_OF

from media_monitor.doctor.examine import examine


def _run(place, moment, **job):
    place.more["as_of"] = moment.isoformat()
    run = place.run(**job)
    assert run.code == 0, run.text


def _fetches(place):
    return [row["fetched_at"] for row in state.stored(place.home)["fetches"].to_pylist()]


def test_the_clock_jumps_ahead_is_set_right_and_jumps_back(new_place, few, small, endpoint):
    place = new_place(few)
    for moment in (AS_OF + timedelta(days=365), AS_OF, AS_OF - timedelta(days=1)):
        _run(place, moment)
    assert len(_fetches(place)) == 3 * small.contents["fetches"].num_rows  # each feed was due again at once
    found = state.stored(place.home)
    assert state.entries(found) == state.entries(small.contents)
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []
    place.more["as_of"] = AS_OF.isoformat()
    report = examine(place.chosen, repair=True)
    assert {one.check for one in report.found if one.counts} == {"clock"}
    assert (report.is_well, report.failed) == (True, [])
    assert max(_fetches(place)) <= AS_OF
    after = state.stored(place.home)
    assert state.entries(after) == state.entries(small.contents)
    facts = {name: len(rows) for name, rows in after.items() if name in ("mentions", "events", "statements")}
    assert facts == {name: small.contents[name].num_rows for name in facts}
