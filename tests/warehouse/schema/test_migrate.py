"""A lake of an earlier version: brought to the present one by the next writer, all or nothing, and once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

import pytest
from tests.warehouse import rows
from tests.warehouse.schema import older

from media_monitor import tables
from media_monitor.errors import StorageError
from media_monitor.warehouse import index, lake, places, query
from media_monitor.warehouse.schema import migrate, version

TOUCHED = "alerts/day=2025-04-28/part.parquet"
WRITERS: list[Callable[[Path], object]] = [
    lambda home: lake.merge(home, rows.batch(rows.article("three", "2025-04-30"))),
    lambda home: lake.read(home, "articles"),
    lake.recover,
    lambda home: index.sync(home, [], {}),
    lambda home: index.rebuild(home, [], {}),
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    older.lake(tmp_path)
    return tmp_path


def _files(home: Path) -> dict[str, int]:
    lake_folder = places.lake(home)
    return {str(p.relative_to(lake_folder)): p.stat().st_ino for p in lake_folder.rglob("*.parquet")}


def _kinds(home: Path) -> list[str | None]:
    return rows.ids(lake.read(home, "alerts"), "kind")


@pytest.mark.parametrize("write", WRITERS)
def test_whoever_writes_next_brings_an_old_lake_to_the_present_version(
    old: Path, write: Callable[[Path], object]
) -> None:
    assert version.read(old) == 0
    write(old)
    assert version.read(old) == version.VERSION
    assert _kinds(old) == ["first_confirmation", "implicit"]


def test_only_the_partitions_that_change_are_written_and_it_is_told_once(old: Path) -> None:
    before = _files(old)
    (told,) = lake.recover(old)
    assert told.startswith(f"tables brought from version 0 to {version.VERSION} (1: alerts of before there were kinds")
    assert told.endswith("; 1 files written anew")
    after = _files(old)
    assert {name for name in after if after[name] != before[name]} == {TOUCHED}
    assert lake.recover(old) == []
    assert migrate.pending(old) is None


def test_nothing_stored_is_lost(old: Path) -> None:
    index.sync(old, [], {})
    for name, before in older.FACTS.items():
        assert lake.read(old, name).equals(
            before.sort_by([(k, "ascending") for k in ("day", *tables.BY_NAME[name].key)])
        )
    assert query.rows(old, "SELECT count(*) AS n FROM statements") == [{"n": 2}]


def test_a_migration_killed_at_any_file_operation_is_all_or_nothing_and_goes_on(
    old: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("killed")
    program = Path(__file__).with_name("killed_migration.py")
    done = subprocess.run(
        [sys.executable, str(program), str(old), str(folder)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    attempts = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(a["version"], a["journal"]) for a in attempts} >= {(0, False), (0, True), (version.VERSION, True)}
    for number, attempt in enumerate(attempts, 1):
        assert attempt["ended"] == SIGKILL
        assert (attempt["then"], attempt["leftovers"]) == (version.VERSION, False), number
        assert attempt["kinds"] == ["first_confirmation", "implicit"], number


def test_a_partition_that_is_damaged_is_taken_from_the_index_and_migrated(old: Path) -> None:
    index.sync(old, [], {})
    places.schema(old).unlink()
    (places.lake(old) / TOUCHED).write_bytes(b"PAR1")
    told = lake.recover(old)
    assert any("its 2 rows were restored from working.duckdb" in line for line in told)
    assert _kinds(old) == ["first_confirmation", "implicit"]
    assert version.read(old) == version.VERSION


def test_a_lake_of_a_later_version_is_refused_and_stays_as_it_is(old: Path) -> None:
    index.sync(old, [], {})
    later = json.dumps({"version": version.VERSION + 1, "written_by": "9.0"})
    places.schema(old).write_text(later)
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    wanted = rf"schema\.json: the tables are of version {version.VERSION + 1}, and media-monitor .* up to version"
    readers: list[Callable[[Path], object]] = [
        lambda home: query.rows(home, "SELECT 1"),
        lambda home: lake.seen(home, "articles"),
        migrate.pending,
    ]
    for use in (*WRITERS, *readers):
        with pytest.raises(StorageError, match=wanted):
            use(old)
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file() and path.name != "writer.lock"} == {
        path: content for path, content in before.items() if path.name != "writer.lock"
    }


def test_a_damaged_version_is_set_aside_and_the_lake_goes_on(old: Path) -> None:
    lake.recover(old)
    places.schema(old).write_text("{")
    (told, migrated) = lake.recover(old)
    assert "schema.json: does not tell the version of the tables" in told
    assert migrated.endswith("; 0 files written anew")
    assert version.read(old) == version.VERSION
    assert lake.recover(old) == []


def test_a_new_lake_is_of_the_present_version_and_a_look_makes_none(tmp_path: Path) -> None:
    assert lake.read(tmp_path, "articles").num_rows == 0
    assert (version.read(tmp_path), places.schema(tmp_path).exists()) == (None, False)
    lake.merge(tmp_path, rows.batch(rows.article("one", "2025-04-28")))
    assert version.read(tmp_path) == version.VERSION
    assert lake.recover(tmp_path) == []
