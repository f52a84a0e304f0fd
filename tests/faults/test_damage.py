"""Stored files damaged between two runs: a message names the file, the run goes on, nothing is lost or doubled."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults import state
from tests.faults.runs import Place


@pytest.fixture(scope="module")
def grown(new_place: Callable[..., Place]) -> Place:
    """A data folder after one run. Each test leaves it whole."""
    place = new_place()
    assert place.run().code == 0
    return place


@pytest.fixture
def another(new_place: Callable[..., Place]) -> Place:
    """A data folder after one run, to be spoiled for good."""
    place = new_place()
    assert place.run().code == 0
    return place


def _overwrite(path: Path) -> None:
    """Damages most of the file; its size stays."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 5)
        file.write(b"\xa5" * (size * 3 // 5))


def _truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _whole(place: Place, undisturbed, endpoint) -> None:
    found = state.stored(place.home)
    assert state.differences(state.steady(found), undisturbed.contents) == []
    assert state.apart(place.home, found) == []
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []


@pytest.mark.parametrize(
    ("table", "damage"),
    [
        ("articles", _overwrite),
        ("articles", _empty),
        ("statements", _truncate),
        ("alerts", _empty),
        ("fetches", _overwrite),
    ],
)
def test_a_partition(grown, undisturbed, endpoint, table, damage):
    path = max(grown.home.glob(f"lake/{table}/*/part.parquet"))
    aside = set(grown.home.glob(f"lake/.damaged/{table}/*/*"))
    damage(path)
    run = grown.command("run")
    assert run.wait() == 0, run.text
    assert str(path) in run.text
    assert "Traceback" not in run.text
    assert len(set(grown.home.glob(f"lake/.damaged/{table}/*/*")) - aside) == 1
    _whole(grown, undisturbed, endpoint)


@pytest.mark.parametrize(
    ("names", "damage"),
    [
        (["working.duckdb"], _overwrite),
        (["working.duckdb"], _empty),
        (["warehouse.duckdb"], _overwrite),
        (["warehouse.duckdb"], _truncate),
        (["working.duckdb", "warehouse.duckdb"], _truncate),
    ],
)
def test_a_duckdb_file(grown, undisturbed, endpoint, names, damage):
    for name in names:
        damage(grown.home / name)
    run = grown.command("run")
    assert run.wait() == 0, run.text
    assert [name for name in names if str(grown.home / name) not in run.text] == []
    assert "Traceback" not in run.text
    _whole(grown, undisturbed, endpoint)


BLOCKS = 12_288, 262_144  # where the first block of a DuckDB file begins, and how long a block is


@pytest.mark.parametrize(
    ("name", "block"), [("working.duckdb", 1), ("working.duckdb", 7), ("warehouse.duckdb", 1), ("warehouse.duckdb", 4)]
)
def test_a_block_of_a_duckdb_file(grown, undisturbed, endpoint, name, block):
    """A run may not meet the damage: then nobody who reads does, or he is told what makes the file again."""
    with (grown.home / name).open("r+b") as file:
        file.seek(BLOCKS[0] + block * BLOCKS[1] + 50)
        file.write(b"\xa5" * 2000)
    run = grown.run()
    assert run.code == 0, run.text
    assert grown.command("rebuild").wait() == 0
    _whole(grown, undisturbed, endpoint)


def test_a_partition_and_both_duckdb_files(another):
    """The rows of that partition are gone: the message says so, the rest stays, nothing is made up."""
    path = max(another.home.glob("lake/mentions/*/part.parquet"))
    before = state.stored(another.home)
    for damaged in (path, another.home / "working.duckdb", another.home / "warehouse.duckdb"):
        _truncate(damaged)
    run = another.command("run")
    assert run.wait() == 0, run.text
    (told,) = {line for line in run.text.splitlines() if line.startswith(str(path))}
    assert "its rows" in told
    assert "missing until it is replaced" in told
    after = state.stored(another.home)
    gone = set(before["mentions"]["day"].to_pylist()) - set(after["mentions"]["day"].to_pylist())
    assert {day.isoformat() for day in gone} == {path.parent.name.removeprefix("day=")}
    assert [n for n in ("articles", "statements", "alerts") if not after[n].equals(before[n])] == []
    assert state.apart(another.home, after) == []


def test_a_staged_file(place, undisturbed, endpoint):
    """What a killed run had staged is of no use to the next run, damaged or not."""
    assert place.start(die_at=[r"write batches/.*/\.validate", 1]).wait() == -9
    for path in place.home.glob("batches/*/*/*.parquet"):
        _overwrite(path)
    assert place.run().code == 0
    _whole(place, undisturbed, endpoint)


def test_a_query_names_the_damaged_file(another):
    _truncate(another.home / "warehouse.duckdb")
    query = another.command("claims", "--json")
    assert query.wait() == 1
    (line,) = query.text.splitlines()
    assert line.startswith(f"error: {another.home / 'warehouse.duckdb'}: ")
