"""Two simulated days of 50 feeds: the real client, and servers that judge it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(__file__).resolve().parents[2] / "benchmarks" / "politeness.py"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    given = ("--feeds", "50", "--days", "2", "--seed", "5", "--json")
    done = subprocess.run([sys.executable, COMMAND, *given], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_no_rule_of_a_host_is_broken(figures):
    ours, poller = figures["ours"], figures["poller"]
    assert (ours["too_soon"], ours["impatient"], ours["undead"]) == (0, 0, 0)
    assert ours["shortest_gap"] >= 4.99
    assert poller["too_soon"] > 0  # the judge does see


def test_servers_are_asked_a_third_as_often_and_send_a_third_of_the_bytes(figures):
    ours, poller = figures["ours"], figures["poller"]
    assert ours["requests_a_feed_a_day"] < poller["requests_a_feed_a_day"] / 3
    assert ours["megabytes"] < poller["megabytes"] / 3
    assert ours["wasted"] < poller["wasted"]
    assert ours["share_304"] > 0.1


def test_news_are_seen_soon_all_the_same(figures):
    ours = figures["ours"]
    assert ours["items"] > 1000
    assert ours["delay"]["median"] < 20
    assert ours["by_tier"]["1"]["median"] < 30
    assert ours["by_rate"]["50-1000"]["p90"] < 60
    assert ours["missed"] < 0.1 * ours["items"]


def test_servers_that_keep_to_their_validators_are_not_suspected(figures):
    assert figures["ours"]["accused_wrongly"] == 0
