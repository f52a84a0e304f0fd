"""The second beat goes the whole way as the first does: nothing on it is tied to one beat."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.beats.shipped import expected

from media_monitor.beat import Beat
from media_monitor.config import PACKAGE, Settings
from media_monitor.report import alerts as alert_report

BEAT = Beat.load("nord_stream")


def command(home: Path, *arguments: str) -> str:
    """What `media-monitor` prints on that data folder."""
    program = [sys.executable, "-c", "from media_monitor.cli import main; main()"]
    environment = {"PYTHONPATH": str(PACKAGE.parent), "PATH": os.environ["PATH"], "COLUMNS": "200"}
    options = ["--home", str(home), "--beat", BEAT.name]
    done = subprocess.run(
        [*program, *options, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A data folder after `media-monitor run --samples`."""
    folder = tmp_path_factory.mktemp("second") / "home"
    command(folder, "run", "--samples")
    return folder


def rows(home: Path, query: str) -> list[dict]:
    return json.loads(command(home, "sql", query, "--json"))


def test_the_ledger_tells_the_story_of_the_samples(home):
    held = {
        (row["party"], row["claim"], row["since"][:10])
        for row in rows(home, "SELECT party, claim, since FROM confirmations WHERE grade <> 'on record'")
    }
    assert held >= {(row["party"], row["claim"], str(row["since"])) for row in expected(BEAT.name)["confirmation"]}
    denials = rows(home, "SELECT party, state FROM claim_status WHERE claim = 'ukraine_behind' AND party = 'UA'")
    assert denials == [{"party": "UA", "state": "denied"}]


def test_alerts_are_raised_and_exported_with_the_titles_of_the_beat(home):
    settings = Settings(home=home, beat=BEAT.name)
    alerts = json.loads(command(home, "alert", "list", "--json"))
    assert {(a["party"], a["claim"]) for a in alerts} >= {("DE", "sabotage"), ("IT", "suspect_arrested")}
    feed = json.loads(command(home, "export", "confirmations", "--format", "jsonfeed"))
    assert BEAT.settings["title"] in feed["title"]
    assert settings.beat == BEAT.name
    assert alert_report


def test_stories_trends_and_explanations_work(home):
    assert json.loads(command(home, "stories", "--days", "500", "--json"))
    assert "sabotage" in command(home, "trends")
    assert "a subject in the title" in command(home, "explain", expected(BEAT.name)["confirmation"][0]["links"][0])
    assert "Nord Stream is not named" in command(home, "explain", expected(BEAT.name)["off_topic"][1])


def test_a_replay_of_the_archive_raises_the_same(home, tmp_path):
    command(tmp_path / "again", "replay", str(home))
    query = "SELECT * EXCLUDE (raised_at) FROM alerts ORDER BY alert_id"
    assert rows(tmp_path / "again", query) == rows(home, query)
