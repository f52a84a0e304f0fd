"""A run killed with SIGKILL anywhere, and run again, leaves the tables of one undisturbed run, and no alert twice.

Trials go in two lanes, each with a zygote of its own. A test makes a group of them and names those that failed.
"""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from typing import Any

import pyarrow as pa
import pytest
from tests.faults import state
from tests.faults.conftest import Endpoint, Undisturbed
from tests.faults.runs import Place, Run, Zygote

# Hundreds of runs killed and run again, a few at once: minutes on two cores that share the work with other tests.
pytestmark = pytest.mark.timeout(900)

LANES = 2
KILLED = -9
SEED = 20250428
AT_RANDOM = 12
IN_LOAD_AND_ALERT = 6

# What appears in the data folder at the end of a stage, or inside one, as anybody sees it from outside.
APPEARANCES = (
    "warehouse.duckdb",  # plan has published an empty warehouse
    "warc/*/0000.warc.gz.open",
    "batches/*/collect-0000",
    "batches/*/settle",
    "batches/*/extract-0002",
    "batches/*/validate",
    "lake/.merge",
    "lake/.merge/journal.json",
    "lake/articles/*/part.parquet",
    "lake/statements/*/part.parquet",
    "working.duckdb.wal",
    "batches/*/raised",
    "lake/alerts/*/part.parquet",
    "outbox/*.json",
)
# Changes of files in load and alert, each with how often it must have come: the process ends just before it is made.
CHANGES = (
    (r"write lake/\.merge/000120\.parquet", 1),
    (r"write lake/\.merge/journal\.json", 1),
    (r"rename lake/\.merge/journal\.json", 1),
    (r"rename lake/\.merge/\d+\.parquet", 1),
    (r"rename lake/\.merge/\d+\.parquet", 100),
    (r"remove lake/\.merge/journal\.json", 1),
    (r"rename warehouse\.duckdb", 1),
    (r"rename batches/.*/\.raised", 1),
    (r"rename lake/\.merge/journal\.json", 2),
    (r"remove lake/\.merge/journal\.json", 2),
    (r"rename warehouse\.duckdb", 2),
    (r"write outbox/.*\.json$", 1),
    (r"rename outbox/", 1),
    (r"rename lake/\.merge/journal\.json", 3),
    (r"rename warehouse\.duckdb", 3),
)


@pytest.fixture(scope="module")
def lanes(zygote: Zygote) -> Iterator[Queue[Zygote]]:
    """The zygotes that are free."""
    with Zygote() as second:
        free: Queue[Zygote] = Queue()
        for each in (zygote, second):
            free.put(each)
        yield free


Trial = Callable[[Place, Any], list[str]]


@pytest.fixture
def attempt(lanes: Queue[Zygote], new_place: Callable[..., Place]) -> Callable[[Trial, Iterable[Any]], None]:
    """A function that makes a trial at each moment, in an empty data folder, and fails with all that went wrong."""

    def one(trial: Trial, moment: Any) -> list[str]:
        place = new_place()
        place.zygote = lanes.get()
        try:
            return [f"killed at {moment}: {problem}" for problem in trial(place, moment)]
        finally:
            lanes.put(place.zygote)
            shutil.rmtree(place.home)

    def all_of(trial: Trial, moments: Iterable[Any]) -> None:
        with ThreadPoolExecutor(LANES) as pool:
            problems = [problem for found in pool.map(lambda m: one(trial, m), moments) for problem in found]
        assert not problems, "\n".join(problems)

    return all_of


@pytest.fixture
def recovered(undisturbed: Undisturbed, endpoint: Endpoint) -> Callable[[Place, Run], list[str]]:
    """A function that says what is wrong in a data folder after its last run."""

    def problems(place: Place, last: Run) -> list[str]:
        found = state.stored(place.home)
        wrong = _ended_well(last, found["alerts"])
        wrong += state.differences(state.steady(found), undisturbed.contents)
        wrong += state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name))
        return wrong + state.unwell(place.chosen)

    return problems


def _ended_well(run: Run, alerts: pa.Table) -> list[str]:
    """One process sends one message at a time: of those that died, at most one delivery is unknown."""
    unknown = [alert for alert, states in state.deliveries(alerts).items() if states == ["unknown"]]
    return (
        []
        if run.wait() == 0 and len(unknown) <= 1
        else [f"ended with {run.code}, unknown {unknown}: {run.text[-800:]}"]
    )


@pytest.fixture(scope="module")
def validated(new_place: Callable[..., Place]) -> Place:
    """A data folder whose run ended between validate and load."""
    place = new_place()
    assert place.start(die_at=[r"^write writer\.lock$", 2]).wait() == KILLED  # the second time is load's
    assert list(place.home.glob("batches/*/validate"))
    assert not (place.home / "lake").exists()
    return place


def _copied(validated: Place, place: Place) -> str:
    """The batch to load in `place`, which becomes a copy."""
    shutil.copytree(validated.home, place.home)
    return next((place.home / "batches").iterdir()).name


def test_what_appears_from_outside(attempt, recovered):
    def trial(place: Place, pattern: str) -> list[str]:
        run = place.start()
        if run.kill_when(lambda: any(place.home.glob(pattern))) != KILLED:
            return ["it ended before"]
        return recovered(place, place.run())

    attempt(trial, APPEARANCES)


def test_random_moments(attempt, recovered, undisturbed):
    print(f"seed {SEED}")
    generator = random.Random(SEED)
    slice_ = undisturbed.seconds / AT_RANDOM
    moments = [slice_ * (n + generator.random()) for n in range(AT_RANDOM)]

    def trial(place: Place, moment: float) -> list[str]:
        place.start().kill_after(moment)
        return recovered(place, place.run())

    attempt(trial, moments)


def test_each_change_of_load_and_alert_then_the_same_tasks_again(attempt, recovered, validated):
    def trial(place: Place, moment: tuple[str, int]) -> list[str]:
        batch = _copied(validated, place)
        if place.start(batch=batch, die_at=moment).wait() != KILLED:
            return ["there was no such change"]
        again = place.start(batch=batch)
        again.wait()
        return recovered(place, again)

    attempt(trial, CHANGES)


def test_moments_of_load_and_alert_then_a_new_run(attempt, recovered, validated, undisturbed):
    print(f"seed {SEED}")
    generator = random.Random(SEED)
    slice_ = (undisturbed.seconds - undisturbed.run.steps["load"]) / IN_LOAD_AND_ALERT
    moments = [slice_ * (n + generator.random()) for n in range(IN_LOAD_AND_ALERT)]

    def trial(place: Place, moment: float) -> list[str]:
        place.start(batch=_copied(validated, place)).kill_after(moment)
        return recovered(place, place.run())

    attempt(trial, moments)


def test_twice_in_a_row(attempt, recovered, validated):
    def trial(place: Place, moments: tuple[tuple[str, int], tuple[str, int]]) -> list[str]:
        batch = _copied(validated, place)
        first = place.start(batch=batch, die_at=moments[0]).wait()
        second = place.start(die_at=moments[1]).wait()
        if (first, second) != (KILLED, KILLED):
            return [f"the two ended with {first} and {second}"]
        return recovered(place, place.run())

    attempt(
        trial,
        [
            ((r"write lake/\.merge/000120", 1), (r"write lake/\.merge/000120", 1)),
            ((r"write lake/\.merge/journal\.json", 1), (r"rename warc/", 1)),
            ((r"remove lake/\.merge/journal\.json", 1), (r"rename warehouse\.duckdb", 1)),
            ((r"rename outbox/", 3), (r"rename lake/\.merge/journal\.json", 1)),
        ],
    )


def test_what_a_load_raised_is_told_when_it_runs_again(place, validated, undisturbed):
    """A task that is tried again must still emit the asset for its confirmations."""
    batch = _copied(validated, place)
    assert place.start(batch=batch, die_at=[r"remove lake/\.merge/journal\.json", 2]).wait() == KILLED
    again = place.start(batch=batch)
    again.wait()
    assert again.result["confirmations"] == undisturbed.run.result["confirmations"]


def test_an_undisturbed_run_is_worth_comparing_with(undisturbed, endpoint):
    rows = {name: table.num_rows for name, table in undisturbed.contents.items()}
    assert rows["fetches"] == 16
    assert rows["articles"] > 100
    assert rows["alerts"] > 5
    assert min(rows.values()) > 0
    alerts = state.stored(undisturbed.home)["alerts"]
    assert not state.unaccounted(alerts, endpoint.received(undisturbed.home.parent.name))


def test_chunks_and_parts_leave_no_trace(new_place, undisturbed):
    place = new_place(chunk_size=20)
    assert place.run().code == 0
    assert state.differences(state.steady(state.stored(place.home)), undisturbed.contents) == []
