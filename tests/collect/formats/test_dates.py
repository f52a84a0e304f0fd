from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.formats.dates import published, read_date

MINUTE = "2025-04-28T12:04"


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        # RFC 822 and what is taken for it
        ("Mon, 28 Apr 2025 15:04:05 +0300", "2025-04-28T12:04:05"),
        ("Mon, 28 Apr 2025 15:04 +0300", MINUTE),
        ("28 Apr 2025 12:04:00 GMT", MINUTE),
        ("28 Apr 25 12:04 GMT", MINUTE),
        ("Mon,28 Apr 2025 12:04:00 UT", MINUTE),
        ("Mon, 28 Apr 2025 12:04:00 Z", MINUTE),
        ("Mon, 28 Apr 2025 08:04:00 EDT", MINUTE),
        ("Mon, 28 Apr 2025 15:04:00 MSK", MINUTE),
        ("Mon, 28 Apr 2025 21:04:00 KST", MINUTE),
        ("Mon, 28 Apr 2025 21:04:00 GMT+9", MINUTE),
        ("Mon, 28 Apr 2025 21:4:00 GMT+0900", MINUTE),
        ("Mon, 28 Apr 2025 15:04:00 +0300 (MSK)", MINUTE),
        ("Monday, 28-Apr-25 12:04:00 GMT", MINUTE),
        ("Mon, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59"),
        ("01 Jan 99 00:00 GMT", "1999-01-01"),
        # ISO 8601, W3C
        ("2025-04-28", "2025-04-28"),
        ("2025-04-28T12:04Z", MINUTE),
        ("2025-04-28T15:04:05.123456+03:00", "2025-04-28T12:04:05"),
        ("2025-04-28T17:34:00+0530", MINUTE),
        ("2025-04-28 15:04:05 +0300", "2025-04-28T12:04:05"),
        ("20250428T120400Z", MINUTE),
        ("20250428", "2025-04-28"),
        ("2025/04/28 12:04", MINUTE),
        ("2025.04.28. 12:04", MINUTE),
        # asctime, date(1), and how Americans say it
        ("Mon Apr 28 12:04:05 2025", "2025-04-28T12:04:05"),
        ("Mon Apr 28 12:04:05 UTC 2025", "2025-04-28T12:04:05"),
        ("Mon, Apr 28, 2025 8:04 AM EDT", MINUTE),
        ("April 28, 2025", "2025-04-28"),
        ("April 28th, 2025 at 12:04 pm", MINUTE),
        # Europe
        ("28.04.2025 12:04", MINUTE),
        ("28 апреля 2025, 12:04", MINUTE),
        ("28 квітня 2025 12:04", MINUTE),
        ("28 avril 2025", "2025-04-28"),
        ("1er mai 2025", "2025-05-01"),
        ("28. April 2025 12:04", MINUTE),
        ("28 de abril de 2025", "2025-04-28"),
        # Arabic names and digits
        ("28 أبريل 2025 12:04", MINUTE),
        ("٢٨ نيسان ٢٠٢٥", "2025-04-28"),
        # China, Japan, Korea
        ("2025년 4월 28일 12:04", MINUTE),
        ("2025년 4월 28일 오후 12:04", MINUTE),
        ("2025년 4월 28일 (월) 오전 12시 4분", "2025-04-28T00:04"),
        ("2025년 4월 28일", "2025-04-28"),
        ("2025年4月28日", "2025-04-28"),
        ("2025年04月28日 12:04:05", "2025-04-28T12:04:05"),
        ("2025年4月28日（月）21時04分 +0900", MINUTE),
        ("2025年4月28日 下午3时4分", "2025-04-28T15:04"),
        ("  Mon,\n 28 Apr 2025 12:04:00 GMT ", MINUTE),
    ],
)
def test_a_date_string_says(raw, utc):
    reading = read_date(raw)
    assert reading is not None
    assert reading.at == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "yesterday",
        "04/05/2025",
        "30 Feb 2025 12:00 GMT",
        "2025-13-01",
        "2025-04-28T25:00:00Z",
        "2025-04-28T12:61:00Z",
        "2025-04-28T12:00:75Z",
        "2025-04-28T12:00:00+99:00",
        "28 Smarch 2025",
        "Mon, 28 Apr 20255",
        "0000-00-00 00:00:00",
        "2025-04-28 and something else",
        "2025年4月28日ごろ",
    ],
)
def test_a_string_that_is_no_date_gives_none(raw):
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "naive"),
    [
        ("2025-04-28 15:04:05", True),
        ("2025-04-28T15:04:05Z", False),
        ("28 Apr 2025 15:04 GMT", False),
        ("28 Apr 2025 15:04 XYZ", True),  # a zone that nobody knows
        ("2025년 4월 28일 15:04", True),
    ],
)
def test_a_string_without_a_zone_is_known(raw, naive):
    reading = read_date(raw)
    assert reading is not None
    assert reading.naive is naive


@given(st.integers(631_152_000, 4_102_444_800), st.integers(-14 * 60, 14 * 60))
def test_every_moment_survives_being_written_down(seconds, minutes):
    moment = datetime.fromtimestamp(seconds, UTC)
    sign, offset = "-" if minutes < 0 else "+", f"{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    local = moment + timedelta(minutes=minutes)
    for raw in (
        f"{local:%a, %d %b %Y %H:%M:%S} {sign}{offset}",
        f"{local:%Y-%m-%dT%H:%M:%S}{sign}{offset[:2]}:{offset[2:]}",
        f"{local:%Y年%m月%d日 %H:%M:%S} {sign}{offset}",
    ):
        reading = read_date(raw)
        assert reading is not None, raw
        assert (reading.at, reading.naive) == (moment, False), raw


@given(st.text(max_size=120) | st.text("0123456789:-+/., TZJanMonGMT년월일", max_size=60))
def test_any_string_gives_an_aware_time_or_none(raw):
    reading = read_date(raw)
    assert reading is None or reading.at.tzinfo is UTC


NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published_raw", "updated_raw", "expected", "source"),
    [
        ("2025-04-28T10:00Z", "2025-04-28T11:00Z", datetime(2025, 4, 28, 10, tzinfo=UTC), "published"),
        (None, "2025-04-28T11:00Z", datetime(2025, 4, 28, 11, tzinfo=UTC), "updated"),
        ("soon", "2025-04-28T11:00Z", datetime(2025, 4, 28, 11, tzinfo=UTC), "updated"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "2025-04-28T11:00Z", datetime(2025, 4, 28, 11, tzinfo=UTC), "updated"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, None, "implausible"),
        ("2099-01-01", None, None, "implausible"),
        ("2025-04-30T12:00Z", None, NOW + timedelta(days=2), "published"),
        ("2025-04-30T12:01Z", None, None, "implausible"),
        ("soon", "later", None, "none"),
        (None, None, None, "none"),
    ],
)
def test_the_time_of_publication_and_where_it_comes_from(published_raw, updated_raw, expected, source):
    assert published(published_raw, updated_raw, NOW) == (expected, source)
