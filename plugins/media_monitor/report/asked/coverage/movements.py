"""What `media-monitor trends` asks of the trend views: bursts, voices, tone, gaps, momentum. A dictionary a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query

Rows = list[dict[str, Any]]
DEFAULT_DAYS = 365
DIMENSIONS = ("party", "publisher", "language", "affiliation", "country", "outlet", "role", "stance")
BUCKETS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def newest(settings: Settings) -> date | None:
    """The day of the newest article on the beat; None while there is none."""
    day: date | None = query.rows(settings.home, "SELECT max(day) AS day FROM outlet_days WHERE relevant > 0")[0]["day"]
    return day


def span(settings: Settings, since: date | None, until: date | None) -> Span | None:
    """The days asked for: up to the newest article on the beat, and a year long, where nothing else is said.

    None while there is no article on the beat.

    Raises:
        QueryError: the first day is after the last.
    """
    return span_up_to(newest(settings), since, until)


def span_up_to(last_day: date | None, since: date | None, until: date | None) -> Span | None:
    """The same where the day of the newest article is known.

    >>> print(span_up_to(date(2025, 4, 30), date(2025, 4, 1), None))
    2025-04-01 to 2025-04-30
    """
    if last_day is None:
        return None
    last = until or max(last_day, since or last_day)
    first = since or last - timedelta(DEFAULT_DAYS - 1)
    if first > last:
        raise QueryError(f"days {first} to {last}", "the first is after the last")
    return Span(first, last)


def known_claim(settings: Settings, claim: str | None) -> str | None:
    """The claim, if the registry has it.

    Raises:
        QueryError: it has not; the message names those that look like it, or all.
    """
    if claim is None:
        return None
    known = [row["claim"] for row in query.rows(settings.home, "SELECT claim FROM claims ORDER BY claim")]
    if claim not in known:
        close = get_close_matches(claim, known, 3, 0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else f"the beat has {', '.join(known)}"
        raise QueryError(f"claim {claim!r}", f"is not in the registry; {hint}")
    return claim


def known_party(settings: Settings, party: str | None) -> str | None:
    """The party, if anybody speaks or acts for it.

    Raises:
        QueryError: nobody does; the message names those that are there.
    """
    if party is None:
        return None
    every = "SELECT party FROM entities UNION SELECT party FROM voices"
    sql = f"SELECT party FROM ({every}) WHERE party > '' ORDER BY party"
    known = [row["party"] for row in query.rows(settings.home, sql)]
    if party not in known:
        raise QueryError(f"party {party!r}", f"nobody speaks for it; there are {', '.join(known)}")
    return party


def bursts(settings: Settings, days: Span, kinds: Sequence[str]) -> Rows:
    """Episodes with a day in the span, the latest first; of each its whole length."""
    sql = """
        SELECT
            episode, any_value(subject_kind) AS subject_kind, any_value(subject) AS subject, min(day) AS first_day,
            max(day) AS last_day, CAST(sum(articles) AS BIGINT) AS articles, round(sum(expected), 1) AS expected,
            max(publishers) AS publishers, max(score) AS score, arg_max(day, score) AS peak
        FROM bursts
        WHERE burst AND list_contains($kinds::VARCHAR[], subject_kind)
        GROUP BY episode
        HAVING max(day) >= $first AND min(day) <= $last
        ORDER BY first_day DESC, score DESC, subject
    """
    asked = {"first": days.first, "last": days.last, "kinds": tuple(kinds)}
    return query.remembered(settings.home, sql, asked)


def judged(settings: Settings, days: Span) -> int:
    """Days of the span for which there is anything to compare with."""
    sql = "SELECT count(DISTINCT day) AS n FROM bursts WHERE expected IS NOT NULL AND day BETWEEN $first AND $last"
    return int(query.rows(settings.home, sql, _days(days))[0]["n"])


def silences(settings: Settings, *, every: bool = False) -> Rows:
    """Feeds and languages that have been silent for longer than usual, the longest in usual gaps first; with `every`
    also those that are not silent."""
    sql = """
        FROM silences WHERE silent OR $every
        ORDER BY silent DESC, silent_hours / greatest(usual_hours, 1) DESC NULLS LAST, subject_kind, subject
    """
    return query.rows(settings.home, sql, {"every": every})


def spikes(settings: Settings, days: Span, *, every: bool = False) -> Rows:
    """Days of runs on which more rows of a table than usual failed their expectations, the latest first; with `every`
    each day on which any did. Days are of the run."""
    sql = """
        FROM quarantine_spikes WHERE (spike OR ($every AND rows > 0)) AND day BETWEEN $first AND $last
        ORDER BY day DESC, rows DESC, "table"
    """
    return query.rows(settings.home, sql, {"every": every, **_days(days)})


def recent(settings: Settings, since: date | None, until: date | None) -> Span:
    """The days of runs asked for: up to the present, and a year long, where nothing else is said.

    Raises:
        QueryError: the first day is after the last.
    """
    last = until or max(settings.now().date(), since or date.min)
    first = since or last - timedelta(DEFAULT_DAYS - 1)
    if first > last:
        raise QueryError(f"days {first} to {last}", "the first is after the last")
    return Span(first, last)


def voices(settings: Settings, claim: str | None, days: Span, dimension: str) -> Rows:
    """Share of voice on the claim, or on the beat."""
    sql = "FROM share_of_voice($claim::VARCHAR, $first, $last, $dimension)"
    return query.rows(settings.home, sql, {"claim": claim, "dimension": dimension, **_days(days)})


def tone(settings: Settings, days: Span, bucket: str, claim: str | None, party: str | None) -> Rows:
    """Tone by bucket and party."""
    sql = """
        FROM tone_by_party($first, $last, $bucket, claim_id := $claim::VARCHAR)
        WHERE $party::VARCHAR IS NULL OR party = $party
    """
    return query.rows(settings.home, sql, {"bucket": bucket, "claim": claim, "party": party, **_days(days)})


def gaps(settings: Settings, claim: str | None, days: Span) -> Rows:
    """What state and independent outlets tell of the claim, or of each."""
    return query.rows(
        settings.home, "FROM narrative_gap($claim::VARCHAR, $first, $last)", {"claim": claim, **_days(days)}
    )


def momentum(settings: Settings, last: date, days: int) -> Rows:
    """Each claim, the rising ones first."""
    return query.rows(settings.home, "FROM claim_momentum($last, days := $days)", {"last": last, "days": days})


def _days(days: Span) -> dict[str, date]:
    return {"first": days.first, "last": days.last}
