"""How politely servers are asked: the measures of a span of days, the waits that servers asked for, rules broken."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from media_monitor.config import Settings
from media_monitor.report.asked.coverage.movements import Span
from media_monitor.warehouse import query

DAYS, MOST_DAYS = 7, 92
MOST_ROWS = 50  # waits and broken rules that are listed


def measures(settings: Settings, since: date | None = None, until: date | None = None) -> dict[str, Any]:
    """`since` and `until`, the columns of `politeness`, `spacing_seconds` (the setting), `broken` (rule → requests),
    `waits_asked` and `rules_broken`: the newest rows of each. By default the week up to the last fetch; never more than
    the last 92 days of the span."""
    days = span(settings, since, until)
    given = {"since": days.first, "until": days.last}
    (found,) = query.rows(settings.home, "FROM politeness($since, $until)", given)
    spacing = {"spacing": settings.host_spacing_seconds}
    counted = (
        "SELECT rule, count(*) AS requests FROM broken_rules($since, $until, $spacing) GROUP BY rule ORDER BY rule"
    )
    broken = {row["rule"]: row["requests"] for row in query.rows(settings.home, counted, given | spacing)}
    listed = f"FROM broken_rules($since, $until, $spacing) ORDER BY fetched_at DESC, feed_id LIMIT {MOST_ROWS}"
    waits = f"FROM waits($since, $until) ORDER BY told_at DESC, feed_id LIMIT {MOST_ROWS}"
    return {
        **given, **found, "spacing_seconds": settings.host_spacing_seconds, "broken": broken,
        "waits_asked": query.rows(settings.home, waits, given),
        "rules_broken": query.rows(settings.home, listed, given | spacing) if broken else [],
    }  # fmt: skip


def span(settings: Settings, since: date | None, until: date | None) -> Span:
    """The days asked for, the week up to the last fetch where nothing is said; shortened to the last 92."""
    newest = query.rows(settings.home, "SELECT max(day) AS day FROM feed_days")[0]["day"] or settings.now().date()
    last = until or max(newest, since or newest)
    first = since or last - timedelta(DAYS - 1)
    return Span(max(first, last - timedelta(MOST_DAYS - 1)), last)


def told_of(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The measures in words, with their numbers."""
    waits = f"{found['waits']:,} (kept {found['waits_kept']:,}, requests spared {found['spared']:,})"
    return [
        ("Requests", f"{found['requests']:,} of {found['feeds']:,} feeds"),
        ("Requests a feed and day", _number(found["a_feed_a_day"])),
        ("Answers “not changed” (304)", f"{found['unchanged']:,}{_share(found['unchanged_share'])}"),
        ("Requests that brought nothing new", f"{found['wasted']:,}{_share(found['wasted_share'])}"),
        ("Requests that failed", f"{found['failed']:,}"),
        ("Megabytes", f"{found['bytes'] / 1e6:,.1f}"),
        ("Waits asked for (429, 503)", waits),
        ("Feeds whose 304 proved wrong", f"{found['caught_lying']:,}"),
        ("Article pages asked for", f"{found['pages']:,}"),
        ("Pages refused by robots.txt, not asked for", f"{found['refused']:,}"),
        ("Asked within a wait", f"{found['broken'].get('asked within a wait', 0):,}"),
        ("Asked although gone", f"{found['broken'].get('asked although gone', 0):,}"),
        (f"Host asked within {found['spacing_seconds']:g} s", f"{found['broken'].get('host asked too soon', 0):,}"),
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _share(value: float | None) -> str:
    return "" if value is None else f" ({value:.0%})"
