"""Batches: what each run fetched, extracted, checked, kept out and loaded, and when."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from media_monitor.collect.warc import batches as archived
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.quality import measures
from media_monitor.warehouse import query, staging

_FETCHED = """
    SELECT batch, min(fetched_at) AS fetched_from, max(fetched_at + to_milliseconds(elapsed_ms)) AS fetched_until,
        count(*) AS feeds, count(error) AS failed_feeds, CAST(sum(entries) AS BIGINT) AS entries,
        CAST(sum(new_entries) AS BIGINT) AS new_entries
    FROM fetches SEMI JOIN chosen USING (batch) GROUP BY batch
"""
_COUNTED = """
    SELECT batch, max(checked_at) AS checked_at, CAST(sum(checks) AS BIGINT) AS checks,
        CAST(sum(failed) AS BIGINT) AS failed_checks, bool_or(rejected) AS rejected,
        CAST(sum(quarantined) AS BIGINT) AS quarantined,
        coalesce(max(rows) FILTER ("table" = 'articles'), 0) AS articles,
        coalesce(max(rows) FILTER ("table" = 'mentions'), 0) AS mentions,
        coalesce(max(rows) FILTER ("table" = 'events'), 0) AS events,
        coalesce(max(rows) FILTER ("table" = 'statements'), 0) AS statements
    FROM batch_tables SEMI JOIN chosen USING (batch) GROUP BY batch
"""
_NOTHING = {
    **dict.fromkeys(("checked_at", "fetched_from", "fetched_until")),
    **dict.fromkeys(("checks", "failed_checks", "quarantined", "articles", "mentions", "events", "statements"), 0),
    **dict.fromkeys(("feeds", "failed_feeds", "entries", "new_entries"), 0),
    "rejected": False,
}
_JOINED = f"SELECT * FROM ({_COUNTED}) LEFT JOIN ({_FETCHED}) USING (batch)"


def rows(
    settings: Settings, since: date | None = None, until: date | None = None, page: int = 1
) -> list[dict[str, Any]]:
    """One page of the batches whose checks are stored, the latest first; days are those of the checks."""
    sql = f"""
        WITH chosen AS (
            SELECT batch FROM checks
            WHERE coalesce(day >= $since::DATE, true) AND coalesce(day <= $until::DATE, true)
            GROUP BY batch ORDER BY max("at") DESC, batch DESC LIMIT {measures.PAGE} OFFSET $skipped
        )
        {_JOINED} ORDER BY checked_at DESC, batch DESC
    """
    values = {"since": since, "until": until, "skipped": measures.PAGE * (page - 1)}
    return [
        {**row, "state": "rejected" if row["rejected"] else "loaded"} for row in query.rows(settings.home, sql, values)
    ]


def batch(settings: Settings, name: str) -> dict[str, Any]:
    """One batch: what `rows` gives of it, its `tables`, `failures`, `stages` that still stand in its folder with the
    time of each, and `loaded_at`, where its archive tells.

    `state` is loaded, rejected, or under way: nothing of it is stored yet, which a run that was killed stays.

    Raises:
        QueryError: nothing is known of a batch of that name.
    """
    sql = f"WITH chosen AS (SELECT $batch::VARCHAR AS batch) {_JOINED}"
    stored = query.rows(settings.home, sql, {"batch": name})
    stages = _stages(settings, name)
    if not stored and not stages:
        raise QueryError(f"batch {name}", "nothing is known of it")
    tables = """
        SELECT "table", rows, rows - quarantined AS passed, quarantined, checks, failed, rejected, checked_at
        FROM batch_tables WHERE batch = ? ORDER BY "table"
    """
    found = stored[0] if stored else {**_NOTHING, "batch": name}
    state = "under way" if not stored else "rejected" if found["rejected"] else "loaded"
    return {
        **found,
        "state": state,
        "loaded_at": _loaded_at(settings, name),
        "tables": query.rows(settings.home, tables, [name]),
        "failures": measures.failures(settings, batch=name),
        "fetches": _fetches(settings, name),
        "stages": stages,
    }


def _fetches(settings: Settings, name: str) -> list[dict[str, Any]]:
    sql = """
        SELECT feed_id, outlet, fetched_at, status, entries, new_entries, error, note
        FROM fetches WHERE batch = ? ORDER BY error IS NULL, new_entries DESC, outlet, feed_id
    """
    return query.rows(settings.home, sql, [name])


def _stages(settings: Settings, name: str) -> list[dict[str, Any]]:
    """Stages that stand in the batch's folder, as they were done."""
    found = [(staging.made_at(settings.home, name, stage), stage) for stage in staging.stages(settings.home, name)]
    return [{"stage": stage, "at": at} for at, stage in sorted(found)]


def _loaded_at(settings: Settings, name: str) -> datetime | None:
    """When the mark was set that a load leaves beside its archive."""
    if Path(name).name != name:
        return None
    return archived.loaded_at(settings.home / "warc", name)
