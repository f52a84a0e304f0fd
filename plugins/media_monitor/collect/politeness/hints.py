"""How long publishers say that what they sent is good for.

A feed says it with `ttl` (RSS 2.0) or `sy:updatePeriod` and `sy:updateFrequency` (RSS 1.0 Syndication module), a
server with Cache-Control: max-age or Expires (RFC 9111, sections 5.2.2.1 and 5.3).
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from media_monitor.collect.web.exchange import Exchange

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def of_server(exchange: Exchange) -> timedelta | None:
    """What the answer's headers say; None where they say nothing, or nothing readable. Never negative."""
    control = ", ".join(value for key, value in exchange.headers if key.lower() == "cache-control")
    if _NOT_KEPT.search(control):
        return None
    if stated := _MAX_AGE.search(control):
        return timedelta(seconds=int(stated[1]))
    expires, sent = _moment(exchange.header("Expires")), _moment(exchange.header("Date"))
    return max(expires - sent, timedelta(0)) if expires and sent else None


def of_feed(ttl: str | None, period: str | None, frequency: str | None) -> timedelta | None:
    """What the feed says: minutes (`ttl`), or a period and how often in it; the longer of two. None for nothing
    readable; without a frequency once a period."""
    found = []
    minutes = _number(ttl)
    if minutes is not None:
        found.append(timedelta(minutes=min(minutes, 10**6)))
    if length := _PERIODS.get((period or "").strip().lower()):
        times = _number(frequency) or 1
        found.append(length / (times if times < 10**6 else 1))
    return max(found, default=None)


def _number(text: str | None) -> int | None:
    """The whole number, None for none, and for one of more digits than any hint needs."""
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 20 else None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip()) if text else None
    except (ValueError, OverflowError):
        return None
    return moment and moment.replace(tzinfo=moment.tzinfo or UTC)  # "-0000" is UTC of nobody's
