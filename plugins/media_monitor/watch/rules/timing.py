"""When an alert may go out: quiet hours and digests, by the clock on the wall of a time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Times:
    """Quiet hours from `quiet[0]` up to `quiet[1]`, over midnight where that is earlier; `digest` is `hourly`, the time
    of a daily one, or None: each alert alone. Both by the clock of `zone`."""

    quiet: tuple[time, time] | None = None
    digest: time | str | None = None
    zone: tzinfo = UTC


def due_at(raised_at: datetime, times: Times) -> datetime | None:
    """When an alert raised then may go out, UTC; None: at once.

    A digest that falls into quiet hours goes out at their end. Over a change of the clock the wall decides: quiet
    hours up to 07:00 end when clocks show 07:00.

    >>> quiet = Times((time(22), time(7)))
    >>> due_at(datetime(2025, 4, 28, 23, 30, tzinfo=UTC), quiet).isoformat()
    '2025-04-29T07:00:00+00:00'
    >>> due_at(datetime(2025, 4, 28, 12, tzinfo=UTC), quiet) is None
    True
    """
    due = _after_quiet(_digest(raised_at, times), times)
    return None if due == raised_at else due.astimezone(UTC)


def _digest(moment: datetime, times: Times) -> datetime:
    if times.digest is None:
        return moment
    if isinstance(times.digest, str):
        whole = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return moment if whole == moment else whole + timedelta(hours=1)
    return _next(moment, times.digest, times.zone)


def _after_quiet(moment: datetime, times: Times) -> datetime:
    if times.quiet is None:
        return moment
    start, end = times.quiet
    wall = moment.astimezone(times.zone).time()
    within = start <= wall < end if start < end else wall >= start or wall < end
    return _next(moment, end, times.zone) if within else moment


def _next(moment: datetime, clock: time, zone: tzinfo) -> datetime:
    """The first moment from then on at which the clock of the zone shows that time."""
    today = moment.astimezone(zone).date()
    found = (_at(today + timedelta(days=ahead), clock, zone) for ahead in range(3))
    return next(one for one in found if one >= moment.astimezone(UTC))


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
