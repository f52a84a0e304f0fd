"""The lines on how the monitor fares: each thing that can go wrong is told, with its culprits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from media_monitor.report.asked import health

NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
WELL = {
    "last_run": NOW - timedelta(minutes=10), "feeds": 9, "asked": 9, "failing": [], "silent_feeds": [],
    "silent_languages": [], "quarantined": 0, "spikes": [], "batches": 4, "critical": 0, "warnings": 0,
}  # fmt: skip
SPIKE = {"day": date(2025, 4, 27), "table": "statements", "rows": 40, "share": 0.25}


def line(name, **facts):
    (found,) = [one for one in health.judged(WELL | facts, NOW) if one["name"] == name]
    return found["state"], found["told"]


def test_when_all_is_well_every_line_says_so():
    assert {one["state"] for one in health.judged(WELL, NOW)} == {"well"}


@pytest.mark.parametrize(
    ("name", "facts", "state", "told"),
    [
        ("Last run", {"last_run": None}, "bad", "nothing was ever fetched"),
        ("Last run", {"last_run": NOW - timedelta(hours=5)}, "warn", "5 h ago, 2025-04-28 07:00 UTC"),
        ("Last run", {"last_run": NOW - timedelta(days=9)}, "bad", "9 days ago, 2025-04-19 12:00 UTC"),
        ("Last run", {"last_run": NOW + timedelta(hours=1)}, "well", "0 min ago, 2025-04-28 13:00 UTC"),
        ("Feeds", {"failing": ["a", "b", "c", "d"]}, "warn", "4 of 9 failing: a, b, c and 1 more"),
        ("Feeds", {"failing": list("abcde")}, "bad", "5 of 9 failing: a, b, c and 2 more"),
        ("Feeds", {"asked": 0}, "warn", "none of 9 was asked yet"),
        ("Feeds", {"asked": 7}, "well", "2 of 9 not asked yet"),
        ("Silences", {"silent_feeds": ["Quay"], "silent_languages": ["ja", "ko"]}, "warn",
         "2 silent languages: ja, ko; 1 silent feed: Quay"),
        ("Quarantine", {"quarantined": 1}, "well", "1 row, no spike"),
        ("Quarantine", {"spikes": [SPIKE]}, "bad", "more than usual: 40 rows of statements on 2025-04-27 (25.0%)"),
        ("Checks", {"critical": 1, "warnings": 2}, "bad", "failed: 1 critical, 2 warnings"),
        ("Checks", {"warnings": 2}, "warn", "failed: 2 warnings"),
        ("Checks", {"batches": 0}, "well", "no batch was checked"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_culprits(name, facts, state, told):
    assert line(name, **facts) == (state, told)


@pytest.mark.parametrize(
    ("counts", "obstacle", "state", "told", "link"),
    [
        ({"failed": 0, "pending": 0}, None, "well", "none waits to be sent", "/alerts"),
        ({"failed": 0, "pending": 1}, None, "warn", "1 waits to be sent", "/alerts?state=pending"),
        ({"failed": 0, "pending": 3}, "no channel is set up", "warn", "3 wait to be sent: no channel is set up",
         "/alerts?state=pending"),
        ({"failed": 2, "pending": 3}, None, "bad", "2 failed, or may not have arrived, 3 wait to be sent",
         "/alerts?state=failed"),
    ],
)  # fmt: skip
def test_alerts_that_did_not_go_out_are_told(counts, obstacle, state, told, link):
    found = health.unsent(counts, obstacle)
    assert (found["state"], found["told"], found["link"]) == (state, told, link)
