"""How the monitor itself fares, one line for each thing that can go wrong."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from media_monitor import alerting
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.report.asked.alerts import raised
from media_monitor.warehouse import query

Row = dict[str, Any]
LATE, DEAD = timedelta(hours=2), timedelta(days=1)  # since the last run; one is due every 15 minutes
NAMED = 3  # how many culprits a line names

# One row. Runs in which no feed was due leave checks alone. `silent` are feeds by their outlet, and languages.
_FACTS = """
    WITH
        feed AS MATERIALIZED (SELECT * FROM feed_health),
        quiet AS MATERIALIZED (
            SELECT s.subject_kind, coalesce(f.outlet, s.subject) AS name, s.silent_hours
            FROM silences AS s LEFT JOIN feed AS f ON s.subject_kind = 'feed' AND f.feed_id = s.subject
            WHERE s.silent
        ),
        spike AS (SELECT * FROM quarantine_spikes WHERE spike AND day >= $since::DATE),
        batch AS (SELECT batch, success, severity FROM checks WHERE "at" >= $since AND scope = 'batch')
    SELECT
        greatest((SELECT max(last_fetch) FROM feed), (SELECT max("at") FROM checks)) AS last_run,
        (SELECT count(*) FROM feed) AS feeds,
        (SELECT count(*) FROM feed WHERE fetches > 0) AS asked,
        (SELECT coalesce(list(outlet ORDER BY last_success NULLS FIRST, outlet), [])
            FROM feed WHERE error IS NOT NULL) AS failing,
        (SELECT coalesce(list(name ORDER BY silent_hours DESC, name), []) FROM quiet
            WHERE subject_kind = 'feed') AS silent_feeds,
        (SELECT coalesce(list(name ORDER BY silent_hours DESC, name), []) FROM quiet
            WHERE subject_kind = 'language') AS silent_languages,
        (SELECT count(*) FROM quarantine WHERE "at" >= $since) AS quarantined,
        (SELECT coalesce(list({'day': day, 'table': "table", 'rows': rows, 'share': share} ORDER BY day DESC), [])
            FROM spike) AS spikes,
        (SELECT count(DISTINCT batch) FROM batch) AS batches,
        (SELECT count(*) FROM batch WHERE NOT success AND severity = 'critical') AS critical,
        (SELECT count(*) FROM batch WHERE NOT success AND severity = 'warning') AS warnings
"""


def lines(settings: Settings, since: datetime) -> list[Row]:
    """name, state (well, warn or bad), told and link (a path of the page) of: run, feeds, silences, quarantine, checks
    and alerts. What is counted over time is counted from `since` on.

    Raises:
        QueryError: nothing is published yet.
    """
    (facts,) = query.remembered(settings.home, _FACTS, {"since": since})
    return [*judged(facts, settings.now()), unsent(raised.counts(settings, raised.Filters()), _no_channel(settings))]


def judged(facts: Mapping[str, Any], now: datetime) -> list[Row]:
    """The lines on run, feeds, silences, quarantine and checks."""
    return [_run(facts, now), _feeds(facts), _silences(facts), _quarantine(facts), _checks(facts)]


def unsent(counts: Mapping[str, int], obstacle: str | None) -> Row:
    """The line on alerts. `obstacle`: why none can go out, if so."""
    failed, pending = counts["failed"], counts["pending"]
    waits = [f"{pending} {'waits' if pending == 1 else 'wait'} to be sent"] if pending else []
    if failed:
        told = ", ".join([f"{failed} failed, or may not have arrived", *waits])
        return _line("Alerts", "bad", told, "/alerts?state=failed")
    if pending:
        reason = f": {obstacle}" if obstacle else ""
        return _line("Alerts", "warn", f"{waits[0]}{reason}", "/alerts?state=pending")
    return _line("Alerts", "well", "none waits to be sent", "/alerts")


def _no_channel(settings: Settings) -> str | None:
    try:
        return None if alerting.directory(settings).reachable else "no channel is set up"
    except MediaMonitorError as error:
        return str(error)


def _run(facts: Mapping[str, Any], now: datetime) -> Row:
    last = facts["last_run"]
    if last is None:
        return _line("Last run", "bad", "nothing was ever fetched", "/sources")
    age = max(now - last, timedelta())
    state = "well" if age <= LATE else "warn" if age <= DEAD else "bad"
    return _line("Last run", state, f"{ago(age)} ago, {last:%Y-%m-%d %H:%M} UTC", "/quality")


def _feeds(facts: Mapping[str, Any]) -> Row:
    feeds, failing = facts["feeds"], facts["failing"]
    if not facts["asked"]:
        return _line("Feeds", "warn" if feeds else "bad", f"none of {feeds} was asked yet", "/sources")
    if failing:
        state = "bad" if 2 * len(failing) >= feeds else "warn"
        return _line("Feeds", state, f"{len(failing)} of {feeds} failing: {_names(failing)}", "/sources")
    rest = feeds - facts["asked"]
    return _line("Feeds", "well", f"all {feeds} answer" if not rest else f"{rest} of {feeds} not asked yet", "/sources")


def _silences(facts: Mapping[str, Any]) -> Row:
    feeds, languages = facts["silent_feeds"], facts["silent_languages"]
    told = [f"{len(names)} silent {_many(what, names)}: {_names(names)}"
            for what, names in (("language", languages), ("feed", feeds)) if names]  # fmt: skip
    return _line("Silences", "warn" if told else "well", "; ".join(told) or "none beyond what is usual", "/sources")


def _quarantine(facts: Mapping[str, Any]) -> Row:
    rows = facts["quarantined"]
    if facts["spikes"]:
        told = (f"{s['rows']} rows of {s['table']} on {s['day']} ({s['share']:.1%})" for s in facts["spikes"][:NAMED])
        return _line("Quarantine", "bad", f"more than usual: {', '.join(told)}", "/quality")
    return _line("Quarantine", "well", f"{rows} {'row' if rows == 1 else 'rows'}, no spike", "/quality")


def _checks(facts: Mapping[str, Any]) -> Row:
    critical, warnings, batches = facts["critical"], facts["warnings"], facts["batches"]
    if critical or warnings:
        told = [f"{n} {word}" for n, word in ((critical, "critical"), (warnings, "warnings")) if n]
        return _line("Checks", "bad" if critical else "warn", f"failed: {', '.join(told)}", "/quality")
    held = f"all held in {batches} {'batch' if batches == 1 else 'batches'}" if batches else "no batch was checked"
    return _line("Checks", "well", held, "/quality")


def _line(name: str, state: str, told: str, link: str) -> Row:
    return {"name": name, "state": state, "told": told, "link": link}


def _names(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def _many(word: str, names: list[str]) -> str:
    return word if len(names) == 1 else f"{word}s"


def ago(age: timedelta) -> str:
    """The time in one unit: minutes, hours, or days.

    >>> ago(timedelta(hours=50)), ago(timedelta(days=3))
    ('50 h', '3 days')
    """
    minutes = age.total_seconds() / 60
    if minutes < 90:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 1440:.0f} days"
