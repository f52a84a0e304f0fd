"""When an alert may go out: quiet hours and digests by the clock on the wall."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from media_monitor.watch.rules.timing import Times, due_at

NIGHT = (time(22), time(7))
VIENNA, SEOUL = ZoneInfo("Europe/Vienna"), ZoneInfo("Asia/Seoul")


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("raised", "times", "due"),
    [
        ("2025-04-28T12:00", Times(), None),
        ("2025-04-28T12:00", Times(quiet=NIGHT), None),
        ("2025-04-28T21:59", Times(quiet=NIGHT), None),
        ("2025-04-28T22:00", Times(quiet=NIGHT), "2025-04-29T07:00"),
        ("2025-04-29T06:59", Times(quiet=NIGHT), "2025-04-29T07:00"),
        ("2025-04-29T07:00", Times(quiet=NIGHT), None),
        ("2025-04-28T12:30", Times(quiet=(time(12), time(13))), "2025-04-28T13:00"),
        ("2025-04-28T13:30", Times(quiet=NIGHT, zone=SEOUL), "2025-04-28T22:00"),  # 22:30 in Seoul
        ("2025-04-28T12:30", Times(quiet=NIGHT, zone=SEOUL), None),
        ("2025-04-28T12:30", Times(digest="hourly"), "2025-04-28T13:00"),
        ("2025-04-28T23:30", Times(digest="hourly"), "2025-04-29T00:00"),
        ("2025-04-28T13:00", Times(digest="hourly"), None),
        ("2025-04-28T12:30", Times(digest=time(7)), "2025-04-29T07:00"),
        ("2025-04-28T04:30", Times(digest=time(7), zone=VIENNA), "2025-04-28T05:00"),
        ("2025-04-28T12:30", Times(digest=time(6), quiet=NIGHT), "2025-04-29T07:00"),  # a digest in quiet hours
        ("2025-03-29T23:00", Times(quiet=NIGHT, zone=VIENNA), "2025-03-30T05:00"),  # the night in which summer begins
        ("2025-10-25T22:00", Times(quiet=NIGHT, zone=VIENNA), "2025-10-26T06:00"),  # and the one in which it ends
        ("2025-03-29T12:00", Times(digest=time(2, 30), zone=VIENNA), "2025-03-30T01:30"),  # a time that does not exist
    ],
)
def test_an_alert_waits_for_the_end_of_the_quiet_or_for_its_digest(raised, times, due):
    assert due_at(utc(raised), times) == (utc(due) if due else None)


def test_a_moment_of_another_zone_is_the_same_moment():
    raised = datetime(2025, 4, 29, 0, 30, tzinfo=VIENNA)
    assert due_at(raised, Times(quiet=NIGHT)) == utc("2025-04-29T07:00")
