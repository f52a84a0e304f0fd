"""`media-monitor upkeep`: tells what went, rehearses, and brings an older lake up."""

import json
import os
from pathlib import Path

import pytest
from tests.upkeep import years
from tests.warehouse.schema import older
from typer.testing import CliRunner

from media_monitor import cli
from media_monitor.warehouse.schema import version


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDIA_MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MEDIA_MONITOR_AS_OF", years.NOW.isoformat())
    return tmp_path


def _run(*argv: str) -> str:
    done = CliRunner().invoke(cli.app, ["upkeep", *argv])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_would_go_is_told_and_then_goes_once(home: Path) -> None:
    staged = home / "batches" / "killed" / "settle" / "articles.parquet"
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"cut off")
    for path in (staged, staged.parent, staged.parent.parent):
        os.utime(path, (0, 0))
    would = json.loads(_run("--step", "batches", "--dry-run", "--json"))
    (one,) = would["steps"]["batches"]["removals"]
    assert (would["dry_run"], one["files"], one["bytes"], staged.exists()) == (True, 1, 7, True)
    shown = _run("--step", "batches")
    assert ("Removed" in shown, "batches=14" in shown, staged.exists()) == (True, True, False)
    assert "Removed: nothing" in _run("--step", "batches")


def test_a_step_or_limit_that_is_none_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliRunner().invoke(cli.app, ["upkeep", "--step", "dust"])
    assert (refused.exit_code, "there is no step dust" in refused.output) == (2, True)
    monkeypatch.setenv("MEDIA_MONITOR_RETENTION_DAYS", "statements=90")
    refused = CliRunner().invoke(cli.app, ["upkeep"])
    assert "statements are kept for ever" in str(refused.exception)
    assert not (home / "lake").exists()


def test_an_older_lake_is_brought_up_by_command_once_it_was_told(home: Path) -> None:
    older.lake(home)
    told = json.loads(_run("migrate", "--dry-run", "--json"))
    assert (told["found"], told["version"], told["files"]) == (0, version.VERSION, {"alerts": 1})
    assert "to version 1: alerts of before there were kinds" in _run("migrate", "--dry-run")
    assert version.read(home) == 0
    assert "tables brought from version 0" in _run("migrate")
    assert version.read(home) == version.VERSION
    assert f"Nothing to do: the tables are of version {version.VERSION}." in _run("migrate")
