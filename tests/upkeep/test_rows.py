"""Old rows leave the lake; the ledger, the fetch state and decisions do not notice."""

import logging
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.upkeep import years
from tests.warehouse.rows import batch, mention, statement

from media_monitor import consistency, tables
from media_monitor.config import Settings
from media_monitor.upkeep import limits, steps
from media_monitor.upkeep.removal import Removal
from media_monitor.warehouse import lake, lock, query

LIMITS = ("fetches=200", "checks=400", "articles=300", "pages=300", "quarantine=300")
LEDGER = ("claim_status", "claim_timeline", "confirmations", "corroboration", "ledger_steps", "exported_steps")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return years.home(tmp_path_factory.mktemp("years"))


@pytest.fixture
def settings(full: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(full.home, tmp_path / "home")
    return Settings(home=tmp_path / "home", as_of=years.NOW, semantic="off", retention_days=LIMITS)


def _ledger(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    return query.answers(settings.home, {view: f"SELECT * FROM {view} ORDER BY ALL" for view in LEDGER}, {})


def _stored(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    return {table.name: lake.read(settings.home, table.name).to_pylist() for table in tables.TABLES}


def _published(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    sql = "SELECT view_name AS name FROM duckdb_views() WHERE NOT internal"
    names = [row["name"] for row in query.rows(settings.home, sql)] + [table.name for table in tables.TABLES]
    return query.answers(settings.home, {name: f'SELECT * FROM "{name}" ORDER BY ALL' for name in names}, {})


def _removed(settings: Settings) -> dict[str, Removal]:
    return {one.what: one for one in steps.run(settings, ["rows"])["rows"].removals}


def test_rows_go_that_are_older_than_their_limit_and_that_nothing_rests_on(settings: Settings) -> None:
    before = _ledger(settings)
    states = query.fetch_states(settings.home)
    assert {row["party"] for row in before["confirmations"]} >= {"RU", "KP"}
    found = _removed(settings)
    assert {name: (one.rows, one.kept) for name, one in found.items()} == {
        "fetches": (4, 2),  # of the dead feed the last stays, and the last that worked, which had news
        "checks": (1, 0),
        "quarantine": (1, 1),
        "mentions": (1, 4),
        "events": (1, 1),
        "articles": (1, 4),
    }
    left = _stored(settings)
    assert {(row["article_id"], row["revision"]) for row in left["articles"]} == {
        ("said", 1), ("said", 2), ("origin", 1), ("copy", 1), ("fresh", 1)
    }  # fmt: skip
    assert {row["article_id"] for row in left["mentions"]} == {"said", "origin", "copy", "fresh"}
    assert {(row["feed_id"], row["batch"]) for row in left["fetches"]} == {
        ("courier", "run3"), ("dead", "run0"), ("dead", "run2b")
    }  # fmt: skip
    assert [row["quarantine_id"] for row in left["quarantine"]] == ["released"]
    assert (_ledger(settings), query.fetch_states(settings.home)) == (before, states)


def test_the_index_follows_in_silence_and_a_rebuild_gives_the_same(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        _removed(settings)
    assert caplog.messages == []
    followed = _published(settings)
    consistency.rebuild(settings)
    assert _published(settings) == followed
    assert consistency.prepare(settings) == []


def test_what_was_removed_is_in_a_table_and_is_removed_once(settings: Settings) -> None:
    before = sum(path.stat().st_size for path in settings.home.glob("lake/*/*/*.parquet"))
    found = _removed(settings)
    (row,) = query.rows(settings.home, "SELECT * FROM removals WHERE what = 'articles'")
    assert (row["rows"], row["until"], row["at"], row["reason"]) == (
        1, date.fromisoformat(years.OLD), years.NOW, "retention_days articles=300"
    )  # fmt: skip
    after = sum(path.stat().st_size for path in settings.home.glob("lake/*/*/*.parquet"))
    record = sum(path.stat().st_size for path in settings.home.glob("lake/removals/*/*.parquet"))
    assert before - after + record == sum(one.bytes for one in found.values()) > 0
    assert not list(settings.home.glob("lake/checks/day=2024*"))
    assert _removed(settings) == {}
    assert len(query.rows(settings.home, "FROM removals")) == len(found)


def test_evidence_that_a_killed_load_left_out_of_the_index_stays(settings: Settings) -> None:
    late = batch(years.IDLE, mention(years.IDLE, "russia"), statement(years.IDLE, "RU", "deny", "troops_deployed"))
    lake.merge(settings.home, late)  # and killed before the index followed
    with lock.writing(settings.home):
        wanted = limits.limits(LIMITS)
        done = steps.STEPS["rows"].run(settings, wanted, years.NOW, False, print)
    assert "articles" not in {one.what for one in done.removals}
    assert {row["article_id"] for row in lake.read(settings.home, "statements").to_pylist()} >= {"idle"}
    assert "idle" in {row["article_id"] for row in lake.read(settings.home, "articles").to_pylist()}


def test_a_rehearsal_tells_the_same_and_changes_no_byte(settings: Settings) -> None:
    before = {path: path.read_bytes() for path in settings.home.rglob("*") if path.is_file()}
    rehearsed = {one.what: one for one in steps.run(settings, ["rows"], rehearse=True)["rows"].removals}
    assert {p: p.read_bytes() for p in settings.home.rglob("*") if p.is_file()} | {
        settings.home / "writer.lock": b""
    } == before | {settings.home / "writer.lock": b""}
    told = {name: (one.rows, one.kept, one.until, one.files) for name, one in rehearsed.items()}
    assert told == {name: (one.rows, one.kept, one.until, one.files) for name, one in _removed(settings).items()}


def test_nothing_goes_by_default_but_the_fetch_log_and_the_checks(settings: Settings) -> None:
    found = _removed(Settings(home=settings.home, as_of=years.NOW, semantic="off"))
    assert {name: one.rows for name, one in found.items()} == {"fetches": 2, "checks": 1}
