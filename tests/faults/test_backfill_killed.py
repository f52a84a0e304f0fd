"""A backfill that is killed goes on where it was: the same lake to the byte, and the past alerts nobody."""

import pytest
from tests.backfill import archive

from media_monitor import alerting
from media_monitor.alerting import HISTORY
from media_monitor.warehouse import lock

# Just before which change of a file it dies, and the how-manieth of them.
DEATHS = {
    "after a part": (r"^rename \S+ -> backfill/\S+/parts/", 2),
    "in a merge": (r"-> lake/(articles|statements)/", 6),
    "before its alerts are stored": (r"-> batches/\S+/raised", 1),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Two files, so that there are two parts."""
    folder = tmp_path_factory.mktemp("source")
    found = archive.rows(40)[16:36]
    for number in range(2):
        archive.lines(folder / f"{number}.jsonl", found[number::2])
    return folder


@pytest.fixture(scope="module")
def undisturbed_backfill(new_place, source):
    place = new_place()
    assert backfill(place, source).code == 0
    assert alerting.stored(archive.settings(place.home))
    return place.home


def backfill(place, source, **job):
    run = place.command("backfill", str(source), "--workers", "1", settings=place.settings, **job)
    run.wait()
    return run


@pytest.mark.parametrize("moment", DEATHS)
def test_it_goes_on_where_it_was(place, source, undisturbed_backfill, moment):
    assert backfill(place, source, die_at=DEATHS[moment]).code == -9
    if moment == "before its alerts are stored":
        _next_load(place.home)
    again = backfill(place, source)
    assert again.code == 0, again.text
    assert archive.partitions(place.home) == archive.partitions(undisturbed_backfill)
    assert all(alert.acknowledged_by == "backfill" for alert in alerting.stored(archive.settings(place.home)))
    assert not (place.home / HISTORY).exists()
    assert not list(place.home.glob("backfill/*/spool/*"))


def _next_load(home):
    """What any load does first: it stores as history what the killed one brought."""
    settings = archive.settings(home)
    assert (home / HISTORY).exists()
    assert alerting.stored(settings) == []
    with lock.writing(home):
        alerting.finish_history(settings)
    stored = alerting.stored(settings)
    assert stored
    assert all(alert.acknowledged_by == "backfill" for alert in stored)
