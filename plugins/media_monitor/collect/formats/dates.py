"""Publication times, read from the publisher's own string.

feedparser's dates are not used: it reads 2025年4月28日 as a day in November. A string that is not understood gives no
date, never a guess.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from media_monitor.collect.formats.calendars import AFTERNOON, FORENOON, MONTHS, ZONES

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web there was no news on it
LATEST_AHEAD = timedelta(days=2)  # clocks and zones go wrong by hours, embargoes by a day
_LONGEST = 100
_LARGEST_OFFSET = timedelta(hours=14)

_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{1,2})(?:[:.](?P<second>\d{1,2})(?:[.,]\d+)?)?"
_HALF = r"(?:\s*(?P<half>[ap]\.?m\.?))?"
_ZONE = r"(?:\s*(?:GMT|UTC)?\s*(?P<offset>[+-]\s?\d{1,2}(?::?\d{2})?)|\s*(?P<zone>[A-Za-z]{1,5}))?"
_WEEKDAY = r"(?:[^\W\d]+(?:\.?,\s*|\.?\s+))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_MONTH = r"(?P<month>[^\W\d]+)"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2025-04-28T15:04:05.123Z, 2025-04-28 15:04, 2025-04-28, 2025/04/28, 2025.04.28.
        rf"{_YEAR}(?P<gap>[-/.])(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})\.?(?:(?:T|,?\s+){_TIME}{_HALF}{_ZONE})?",
        # 20250428T150405Z, 20250428
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)?{_ZONE})?",
        # Mon, 28 Apr 2025 15:04:05 +0300, 28 Apr 25 15:04 GMT, Monday, 28-Apr-25 15:04:05 GMT, 28 апреля 2025, 15:04
        rf"{_WEEKDAY}{_DAY}\.?[\s-]+(?:de\s+)?{_MONTH}\.?,?[\s-]+(?:de\s+)?(?P<year>\d{{4}}|\d\d)"
        rf"(?:(?:,?\s+|T){_TIME}{_HALF}{_ZONE})?",
        # Mon, Apr 28, 2025 3:04 PM EST
        rf"{_WEEKDAY}{_MONTH}\.?\s+{_DAY},?\s+{_YEAR}(?:,?\s+(?:at\s+)?{_TIME}{_HALF}{_ZONE})?",
        # Mon Apr 28 15:04:05 UTC 2025: asctime, with the zone that date(1) adds
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}{_ZONE}\s+{_YEAR}",
        # 28.04.2025 15:04, as in Europe and Russia; with slashes day and month are anybody's guess
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}(?:,?\s+{_TIME}{_ZONE})?",
        # 2025년 4월 28일 오후 3:04, 2025年4月28日(月) 15時04分
        rf"{_YEAR}\s*[년年]\s*(?P<month>\d{{1,2}})\s*[월月]\s*(?P<day>\d{{1,2}})\s*[일日號号]?(?:\s*[(（][^)）]{{1,4}}[)）])?"
        r"(?:\s*(?P<half>[^\W\d]{2})?\s*(?P<hour>\d{1,2})\s*[:시時时点點]\s*(?:(?P<minute>\d{1,2})\s*[:분分]?\s*"
        rf"(?:(?P<second>\d{{1,2}})\s*[초秒]?)?)?{_ZONE})?",
    )
)
_NOISE = re.compile(r"\s*\([^()]*\)\s*$|[\u200e\u200f\u202a-\u202e\ufeff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """An aware UTC time, and whether the string named no zone (UTC is then assumed)."""

    at: datetime
    naive: bool


def read_date(raw: str | None) -> Reading | None:
    """What the date string says; None where it cannot be read or does not exist in the calendar.

    Understood are RFC 822 (with named zones, two-digit years, without weekday or seconds), ISO 8601, asctime,
    day.month.year, and the forms of China, Japan and Korea; months by name in the languages of `calendars`.

    >>> read_date("Mon, 28 Apr 2025 09:30:00 +0300")
    Reading(at=datetime.datetime(2025, 4, 28, 6, 30, tzinfo=datetime.timezone.utc), naive=False)
    """
    text = " ".join(_NOISE.sub("", raw or "").split())
    if not text or len(text) > _LONGEST:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _reading({name: value for name, value in found.groupdict().items() if value})
    return None


def published(published_raw: str | None, updated_raw: str | None, fetched_at: datetime) -> tuple[datetime | None, str]:
    """(publication time, its source) of an item; `fetched_at` is aware.

    The source is `published` or `updated`; `implausible` for a time before 1990 or more than two days after the
    fetch, and `none` without a readable string: both without a time.
    """
    source = "none"
    for name, raw in (("published", published_raw), ("updated", updated_raw)):
        if reading := read_date(raw):
            if EARLIEST <= reading.at <= fetched_at + LATEST_AHEAD:
                return reading.at, name
            source = "implausible"
    return None, source


def _reading(parts: dict[str, str]) -> Reading | None:
    try:
        offset = _offset(parts)
        seconds = int(parts.get("second", "0"))
        local = datetime(
            _year(parts), _month(parts), int(parts["day"]), _hour(parts), int(parts.get("minute", "0")), tzinfo=UTC
        )
        # A leap second is the last one that Python knows.
        at = local.replace(second=59 if seconds == 60 else seconds) - (offset or timedelta(0))
    except (ValueError, OverflowError, KeyError):
        return None
    return Reading(at, naive=offset is None)


def _year(parts: dict[str, str]) -> int:
    year = int(parts["year"])
    if len(parts["year"]) == 4:
        return year
    return year + (2000 if year < 50 else 1900)  # RFC 2822, section 4.3


def _month(parts: dict[str, str]) -> int:
    name = parts["month"].lower()
    return int(name) if name.isdecimal() else MONTHS[name]


def _hour(parts: dict[str, str]) -> int:
    hour, half = int(parts.get("hour", "0")), parts.get("half", "").lower().replace(".", "")
    if half in AFTERNOON and hour < 12:
        return hour + 12
    return 0 if half in FORENOON and hour == 12 else hour


def _offset(parts: dict[str, str]) -> timedelta | None:
    """East of Greenwich; None for no zone, or a name that says none."""
    if zone := parts.get("zone"):
        east = ZONES.get(zone.lower())
        return None if east is None else timedelta(hours=east)
    if "offset" not in parts:
        return None
    sign, digits = parts["offset"][0], re.sub(r"\D", "", parts["offset"])
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset > _LARGEST_OFFSET or int(minutes) > 59:
        raise ValueError("there is no such zone")
    return -offset if sign == "-" else offset
