"""`make run`, twice: the real DAG on the sample feeds, in a fresh Airflow home."""

import json
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing

import httpx
import pytest
from tests.launch.conftest import CHECKOUT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def runs(var, environment):
    """What the first and the second run print."""
    command = [sys.executable, "-m", "media_monitor.launch", "once", "--var", str(var)]
    outputs = []
    for _ in range(2):
        done = subprocess.run(
            command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=280, check=False
        )
        log = (var / "run.log").read_text(errors="replace") if (var / "run.log").exists() else ""
        assert done.returncode == 0, done.stdout + done.stderr + log[-4000:]
        outputs.append(done.stdout)
    return outputs


def test_the_first_run_tells_of_the_acknowledgements(runs):
    first = runs[0]
    assert "New confirmations" in first
    for party in ("RU", "KP"):
        assert party in first
    assert "troops_in_combat" in first


def test_the_second_run_has_no_new_confirmation(runs):
    assert "No new confirmation" in runs[1]


def test_broken_feeds_are_named_with_their_reason(runs):
    assert "404" in runs[0]
    assert "HTML" in runs[0]


@pytest.mark.usefixtures("runs")
def test_the_asset_event_has_the_fields_and_values_of_the_exports(var):
    sql = """
        SELECT asset_event.extra FROM asset_event JOIN asset ON asset.id = asset_id
        WHERE asset.name = 'media-monitor/confirmations'
    """
    with closing(sqlite3.connect(var / "airflow" / "airflow.db")) as database:
        (extra,) = [json.loads(found) for (found,) in database.execute(sql)]
    feed = json.loads((var / "samples" / "exports" / "confirmations.json").read_text("utf-8"))
    given = {item["_media_monitor"]["alert_id"]: item["_media_monitor"] for item in feed["items"]}
    assert {told["alert_id"]: told for told in extra["confirmations"]} == given


@pytest.mark.usefixtures("runs")
def test_nothing_is_written_elsewhere(var):
    assert {path.name for path in var.iterdir()} == {"airflow", "run.log", "samples", "samples.opml"}


@pytest.mark.usefixtures("runs")
def test_the_commands_of_the_readme_work_on_what_the_runs_left(var, environment, tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", (CHECKOUT / "README.md").read_text(encoding="utf-8"), re.S)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith((".venv/bin/", "echo "))]
    assert len(lines) >= 5
    command = shlex.join([sys.executable, "-c", "from media_monitor.cli import main; main()"])
    environment |= {"MEDIA_MONITOR_HOME": str(var / "samples"), "PYTHONUNBUFFERED": "1"}
    for line in lines:
        typed = line.replace(".venv/bin/media-monitor", command).replace("var/samples", str(var / "samples"))
        if line.endswith(" serve"):
            assert "What changed" in opened(shlex.split(typed), environment)
            continue
        done = subprocess.run(
            typed, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, line + done.stderr


def opened(command: list[str], environment: dict[str, str]) -> str:
    """The page at the address that the command prints."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        address = re.search(r"http://\S+", process.stdout.readline()).group()
        with httpx.Client(follow_redirects=True, timeout=60) as client:
            page = client.get(address).text
        process.terminate()
    return page
