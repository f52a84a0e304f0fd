"""The same run again: Airflow's database restored from yesterday, two schedulers, readers, and releases of before."""

import shutil
import subprocess
import sys
from collections.abc import Callable

import pyarrow.compute as pc
import pytest
from pyarrow import parquet
from tests.faults import spoiling, state
from tests.faults.runs import Place

BATCH = "20250731T120000Z-0a0a0a0a"
KILLED = -9


def _as_wanted(place: Place, wanted: state.Contents, received: list[str]) -> None:
    found = state.stored(place.home)
    assert state.entries(found) == state.entries(wanted)
    for name in ("articles", "mentions", "events", "statements"):
        assert found[name].num_rows == wanted[name].num_rows, name
    assert state.unaccounted(found["alerts"], received) == []
    assert state.unwell(place.chosen) == []


def test_a_run_of_yesterday_comes_again_under_its_name(new_place, few, samples, undisturbed, endpoint):
    """With Airflow's database restored, run ids repeat: feeds have more by then, and both archives count."""
    place = new_place(few)
    first = place.run(named=BATCH)
    assert first.code == 0, first.text
    place.feeds = samples
    again = place.run(named=BATCH)
    assert again.code == 0, again.text
    assert len(list(place.home.glob(f"warc/{BATCH}/*.warc.gz"))) == 2
    _as_wanted(place, undisturbed.contents, endpoint.received(place.home.parent.name))


def test_two_schedulers_run_the_same_batch_at_once(new_place, few, small, endpoint):
    place = new_place(few)
    both = place.start(named=BATCH), place.start(named=BATCH)
    codes = [run.wait() for run in both]
    assert all("Traceback" not in run.text for run in both), both[0].text + both[1].text
    if codes != [0, 0]:  # what Airflow does with a task that failed
        assert place.run(named=BATCH).code == 0
    _as_wanted(place, small.contents, endpoint.received(place.home.parent.name))


READER = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); sys.stdin.read()"
)


def test_a_reader_holds_the_published_file(new_place: Callable, small, endpoint):
    """Its connection keeps the state that it opened; the run publishes another file, and the next reader sees that."""
    place = new_place(small.place.feeds)
    shutil.copytree(small.home, place.home)
    place.alert_urls = small.place.alert_urls
    arguments = [sys.executable, "-c", READER, str(place.home / "warehouse.duckdb")]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "open\n"
        before = (place.home / "warehouse.duckdb").stat().st_ino
        run = place.run(force=True)
        assert run.code == 0, run.text
        assert (place.home / "warehouse.duckdb").stat().st_ino != before
        assert state.unwell(place.chosen) == []
        reader.stdin.close()
    received = endpoint.received(small.home.parent.name)
    assert state.unaccounted(state.stored(place.home)["alerts"], received) == []


@pytest.fixture
def old(new_place: Callable, few, small) -> Place:
    """A data folder as a release of before there were versions left it: columns and files of now are missing."""
    place = new_place(few)
    shutil.copytree(small.home, place.home)
    place.alert_urls = small.place.alert_urls
    (place.home / "lake" / "schema.json").unlink()
    for path in place.home.glob("lake/*/*/part.parquet"):
        rows = parquet.ParquetFile(path).read()
        young = [name for name in rows.column_names if pc.all(pc.is_null(rows[name])).as_py()]
        parquet.write_table(rows.drop_columns(young), path)
    return place


def test_a_partition_that_an_older_release_wrote_by_halves(old, small, endpoint):
    path = spoiling.partition(old.home, "articles")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    run = old.run()
    assert run.code == 0, run.text
    assert list(old.home.glob("lake/.damaged/articles/*/part.parquet.*"))
    _as_wanted(old, small.contents, endpoint.received(small.home.parent.name))


def test_an_upgrade_that_is_killed(old, small, endpoint):
    """Alerts of the release of before there were kinds; the next run makes the migration, or ends it."""
    path = spoiling.partition(old.home, "alerts")
    rows = parquet.ParquetFile(path).read()
    parquet.write_table(
        rows.drop_columns([n for n in ("kind", "rule", "subject", "summary") if n in rows.column_names]), path
    )
    assert old.start(die_at=[r"rename lake/\.merge/\d+\.parquet", 1]).wait() == KILLED
    run = old.run()
    assert run.code == 0, run.text
    _as_wanted(old, small.contents, endpoint.received(small.home.parent.name))
