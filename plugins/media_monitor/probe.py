"""Whether the monitor is well, for programs that ask often: a few milliseconds, whatever is stored.

Each check is ok, late (somebody should look) or failed (it does not do its work), with a line for people.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.warehouse import places, query

State = Literal["ok", "late", "failed"]
STATES: tuple[State, ...] = ("ok", "late", "failed")
LATE, FAILED = timedelta(hours=2), timedelta(days=1)  # since the last load, or 8 and 96 intervals where that is longer
LATE_RUNS, FAILED_RUNS = 8, 96
WAITING = timedelta(hours=1)  # an alert that is due goes out with the next run
SPACE = 3  # a publication needs the size of the warehouse once more, a rebuild twice

# Batches of the last day of checks that no critical expectation stopped: also those in which no feed was due.
_FACTS = """
    SELECT
        (SELECT max(checked) FROM (
            SELECT max("at") AS checked FROM checks WHERE day = (SELECT max(day) FROM checked_days) GROUP BY batch
            HAVING bool_and(success OR scope = 'row' OR severity <> 'critical')
        )) AS loaded,
        (SELECT max(last_fetch) FROM feed_days) AS fetched,
        (SELECT count(*) > 0 FROM alerts WHERE len(deliveries) > 0) AS sending,
        (SELECT count(*) FROM alerts_at(now()) WHERE state IN ('failed', 'unknown')) AS failed,
        (SELECT list(coalesce(due_at, raised_at)) FROM alerts_at(now()) WHERE state IN ('waiting', 'due later')) AS due
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    told: str


def checked(settings: Settings) -> list[Check]:
    """What was looked at: the published file, the last load, disk space and alerts, in this order."""
    now = settings.now()
    try:
        (facts,) = query.remembered(settings.home, _FACTS)
    except MediaMonitorError as error:
        return [Check("published", "failed", str(error)), disk(settings)]
    return [Check("published", "ok", "can be read"), load(facts, settings, now), disk(settings), alerts(facts, now)]


def overall(checks: list[Check]) -> State:
    """The worst of their states."""
    return max((check.state for check in checks), key=STATES.index)


def load(facts: Mapping[str, Any], settings: Settings, now: datetime) -> Check:
    """How long ago a batch was loaded, against the interval of the runs."""
    last = max((moment for moment in (facts["loaded"], facts["fetched"]) if moment), default=None)
    if last is None:
        return Check("load", "failed", "nothing was ever loaded")
    age, interval = now - last, timedelta(minutes=settings.interval_minutes)
    if age > max(FAILED, FAILED_RUNS * interval):
        state: State = "failed"
    elif age > max(LATE, LATE_RUNS * interval) or age < -LATE:
        state = "late"
    else:
        state = "ok"
    ahead = ", ahead of the clock" if age < -LATE else ""
    return Check("load", state, f"the last load was at {last:%Y-%m-%d %H:%M} UTC{ahead}")


def disk(settings: Settings) -> Check:
    """Whether the next loads fit onto the disk."""
    try:
        free = shutil.disk_usage(settings.home).free
        published = places.published(settings.home)
        size = published.stat().st_size if published.exists() else 0
    except OSError as error:
        return Check("disk", "failed", f"{settings.home}: {error.strerror}")
    told = f"{free / 1e9:,.1f} GB free, the warehouse is {size / 1e9:,.1f} GB"
    if free < size:
        return Check("disk", "failed", f"{told}: it cannot be published")
    return Check("disk", "late" if free < SPACE * size else "ok", told)


def alerts(facts: Mapping[str, Any], now: datetime) -> Check:
    """Whether alerts go out; those that wait say nothing where none was ever sent: no channel is set up there."""
    overdue = [moment for moment in facts["due"] or [] if now - moment > WAITING] if facts["sending"] else []
    told = [f"{facts['failed']} failed, or may not have arrived"] if facts["failed"] else []
    told += [f"{len(overdue)} should have gone out more than {WAITING.seconds // 60} minutes ago"] if overdue else []
    return Check("alerts", "late" if told else "ok", "; ".join(told) or "none is overdue")
