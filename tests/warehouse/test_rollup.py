"""Rollups: only days that changed are made again, and always as if the whole were made from nothing."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.warehouse import example, rows

from media_monitor import tables
from media_monitor.warehouse import index, lake, places, query, rollup, trends
from media_monitor.warehouse.search.stored import TABLE

ROOT = Path(__file__).parents[2]
EARLY, LATE = "2025-04-26", "2025-04-28"
ONE = rows.article("one", EARLY)
TWO = rows.article("two", LATE, relevant=False)
CORRECTED = rows.article("one", LATE, revision=2)
STEPS = {
    "a first load": (ONE, TWO, rows.statement(ONE, "KP", "deny", "treaty"), rows.event(ONE, "AID", "KP", "RU"),
                     rows.mention(ONE, "russia"), rows.fetch("volga", "run1", EARLY, new_entries=2)),
    "a correction of another day": (CORRECTED, rows.statement(CORRECTED, "KP", "confirm", "treaty"),
                                    rows.fetch("volga", "run2", LATE, new_entries=1)),
    "an article that changes its day": (rows.article("two", "2025-04-27"), rows.mention(TWO, "kursk")),
    "a revision that is late": (rows.article("three", LATE, revision=3), rows.article("four", LATE)),
    "an older revision after it": (rows.article("three", EARLY, revision=2),),
    "nothing more of an article": (rows.article("four", LATE),),
    "a copy of an article of another day": (rows.article("seven", LATE, copy_of="six", story_id="s"),),
    "its origin, late": (rows.article("six", EARLY, story_id="s", agency="AFP"),),
    "an origin that credits another": (rows.article("six", EARLY, story_id="s", agency="TASS"),),
    "a later revision": (rows.article("eight", LATE, revision=2, story_id="s"),),
    "the earlier one after it": (rows.article("eight", EARLY, story_id="s"),),
}  # fmt: skip


def _load(home: Path, *stored: object) -> None:
    lake.merge(home, rows.batch(*stored))
    index.sync(home, trends.scripts(), example.REFERENCE)


def _rollups(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(places.published(home), read_only=True) as connection:
        names = (*rollup.selects(), TABLE)
        return {name: connection.execute(f'FROM "{name}" ORDER BY ALL').fetchall() for name in names}


def test_they_are_after_each_load_as_if_made_from_nothing(tmp_path: Path) -> None:
    for stored in STEPS.values():
        _load(tmp_path, *stored)
        found = _rollups(tmp_path)
        index.rebuild(tmp_path, trends.scripts(), example.REFERENCE)
        assert _rollups(tmp_path) == found
    current = query.rows(tmp_path, "SELECT article_id, revision FROM current_articles ORDER BY ALL")
    assert [tuple(row.values()) for row in current] == [
        ("eight", 2), ("four", 1), ("one", 2), ("seven", 1), ("six", 1), ("three", 3), ("two", 1),
    ]  # fmt: skip
    assert query.rows(tmp_path, "SELECT stance FROM voices") == [{"stance": "confirm"}]


def test_a_partition_that_is_gone_takes_its_part_along_and_an_old_revision_counts_again(tmp_path: Path) -> None:
    for stored in STEPS.values():
        _load(tmp_path, *stored)
    for table in tables.TABLES:
        part = places.partition(tmp_path, table.name, CORRECTED.day)
        part.unlink(missing_ok=True)
    index.sync(tmp_path, trends.scripts(), example.REFERENCE)
    found = _rollups(tmp_path)
    assert ("one", 1) in [row[1:3] for row in found["current_articles"]]
    assert [row[5] for row in found["voices"]] == ["deny"]
    index.rebuild(tmp_path, trends.scripts(), example.REFERENCE)
    assert _rollups(tmp_path) == found


def test_only_days_that_changed_are_made_again(tmp_path: Path) -> None:
    _load(tmp_path, ONE, TWO)
    with duckdb.connect(places.working(tmp_path)) as connection:
        connection.execute("UPDATE outlet_days SET outlet = 'marked'").fetchall()
    _load(tmp_path, rows.article("five", LATE))
    found = query.rows(tmp_path, "SELECT day, outlet, articles FROM outlet_days ORDER BY day")
    assert [(str(r["day"]), r["outlet"], r["articles"]) for r in found] == [
        (EARLY, "marked", 1),
        (LATE, "The Courier", 2),
    ]


# Ends the process, like kill -9, when the rollups are to be brought up: the partitions are loaded by then.
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.warehouse import test_rollup
from media_monitor.warehouse import rollup
def watch(frame, event, argument):
    if frame.f_code is rollup.refresh.__code__:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
test_rollup._load(Path(sys.argv[1]), *test_rollup.STEPS["a correction of another day"])
"""


def test_a_load_that_was_killed_before_its_rollups_is_finished_by_the_next(tmp_path: Path) -> None:
    _load(tmp_path, *STEPS["a first load"])
    before = _rollups(tmp_path)
    path = f"{ROOT}:{ROOT / 'plugins'}"
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env={"PYTHONPATH": path}, check=False)
    assert done.returncode == -9
    with duckdb.connect(places.working(tmp_path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM _stale").fetchall() == [(True,)]
    assert _rollups(tmp_path) == before
    index.sync(tmp_path, trends.scripts(), example.REFERENCE)
    found = _rollups(tmp_path)
    assert found != before
    index.rebuild(tmp_path, trends.scripts(), example.REFERENCE)
    assert _rollups(tmp_path) == found


@pytest.mark.parametrize("name", list(rollup.selects()))
def test_each_rollup_says_what_it_is_and_has_a_day(name: str) -> None:
    assert rollup.selects()[name].startswith("-- ")
    with duckdb.connect() as connection:
        for table in tables.TABLES:
            connection.execute(table.ddl).fetchall()
        rollup.create(connection)
        kinds = {row[0]: row[1] for row in connection.execute(f'DESCRIBE "{name}"').fetchall()}
    assert kinds["day"] == "DATE"
