"""How much is written of a claim or the beat: over time, by a dimension, and in two periods. A dictionary a row."""

from datetime import date, timedelta

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.coverage.movements import Rows, Span
from media_monitor.warehouse import query

DIMENSIONS = ("claim", "party", "language", "affiliation", "publisher", "outlet", "country")
MOST_LABELS = 10
_DAYS_BY_DAY, _DAYS_BY_WEEK = 92, 366 * 2  # up to so many days of a span a row is a day, or a week; else a month
_MOST_DAYS, _MOST_WEEKS = 400, 366 * 8  # the longest spans of which anybody gets days, or weeks


def bucket_for(days: Span, asked: str | None = None) -> str:
    """How long a row is: as asked for, unless that gives more rows than a page holds; else some ten to a hundred.

    >>> bucket_for(Span(date(2025, 4, 1), date(2025, 4, 30)))
    'day'
    >>> bucket_for(Span(date(1990, 1, 1), date(2025, 4, 30)), "day")
    'month'
    """
    length = (days.last - days.first).days + 1
    if asked and length <= {"day": _MOST_DAYS, "week": _MOST_WEEKS}.get(asked, length):
        return asked
    return "day" if length <= _DAYS_BY_DAY else "week" if length <= _DAYS_BY_WEEK else "month"


def before(days: Span, since: date | None = None, until: date | None = None) -> Span:
    """The period to compare with: the one asked for, else that of equal length just before.

    Raises:
        QueryError: its first day is after its last.

    >>> print(before(Span(date(2025, 4, 1), date(2025, 4, 30))))
    2025-03-02 to 2025-03-31
    """
    length = days.last - days.first
    last = until or (since + length if since else days.first - timedelta(1))
    first = since or last - length
    if first > last:
        raise QueryError(f"days before, {first} to {last}", "the first is after the last")
    return Span(first, last)


def over_time(settings: Settings, claim: str | None, days: Span, bucket: str) -> Rows:
    """Articles, publishers and share of all news by bucket, with the bursts in it."""
    sql = "FROM marked_coverage($claim::VARCHAR, $first, $last, $bucket)"
    return query.rows(settings.home, sql, {"claim": claim, "first": days.first, "last": days.last, "bucket": bucket})


def split(
    settings: Settings, claim: str | None, dimension: str, days: Span, bucket: str, most: int = MOST_LABELS
) -> Rows:
    """The same by bucket and label, the labels with most articles first."""
    sql = "FROM coverage_over_time($claim::VARCHAR, $dimension, $first, $last, bucket := $bucket, most := $most)"
    asked = {"claim": claim, "dimension": dimension, "first": days.first, "last": days.last}
    return query.rows(settings.home, sql, {**asked, "bucket": bucket, "most": most})


def compare(settings: Settings, claim: str | None, dimension: str, days: Span, earlier: Span) -> Rows:
    """Each label in both periods, those that changed most first."""
    sql = "FROM compare_coverage($claim::VARCHAR, $dimension, $first, $last, $first_before, $last_before)"
    asked = {"claim": claim, "dimension": dimension, "first": days.first, "last": days.last}
    return query.rows(settings.home, sql, {**asked, "first_before": earlier.first, "last_before": earlier.last})


def claims(settings: Settings) -> dict[str, str]:
    """Id and title of every claim of the beat."""
    found = query.rows(settings.home, "SELECT claim, title FROM claims ORDER BY title")
    return {row["claim"]: row["title"] for row in found}
