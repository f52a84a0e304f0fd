"""What one run did, from the published warehouse: what was fetched, extracted, kept out, and what it cannot read."""

from typing import Any

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.warehouse import query

Row = dict[str, Any]


def fetches(settings: Settings, batch: str) -> list[Row]:
    """The fetches of the run, by outlet."""
    return query.rows(settings.home, "SELECT * FROM fetches WHERE batch = ? ORDER BY outlet", [batch])


def counts(settings: Settings, batch: str) -> dict[str, Row]:
    """Table → rows `extracted` and `quarantined`, of tables that were checked."""
    sql = """
        SELECT "table", max(rows) AS extracted,
               (SELECT count(*) FROM quarantine AS q WHERE q.batch = $batch AND q."table" = c."table") AS quarantined
        FROM checks AS c WHERE batch = $batch GROUP BY "table"
    """
    return {row["table"]: row for row in query.rows(settings.home, sql, {"batch": batch})}


def quarantined(settings: Settings, batch: str) -> list[Row]:
    """Rows that were kept out, each with the expectations that it failed."""
    sql = """
        SELECT "table", row_id, expectations, row ->> 'outlet' AS outlet, row ->> 'surface' AS surface
        FROM quarantine WHERE batch = ? ORDER BY "table", row_id
    """
    return query.rows(settings.home, sql, [batch])


def failed_checks(settings: Settings, batch: str) -> list[Row]:
    """Expectations of the batch as a whole that did not hold."""
    sql = """
        SELECT "table", expectation, severity, observed FROM failed_checks
        WHERE batch = ? AND scope = 'batch' ORDER BY ALL
    """
    return query.rows(settings.home, sql, [batch])


def foreign(settings: Settings, batch: str) -> list[Row]:
    """Languages without a lexicon, with their articles and relevant articles: names are found in them, no more."""
    sql = """
        SELECT a.language, count(*) AS n, count(*) FILTER (WHERE a.relevant) AS relevant
        FROM articles AS a JOIN fetches AS f ON f.feed_id = a.feed_id AND f.fetched_at = a.fetched_at
        WHERE f.batch = $batch AND (a.language IS NULL OR NOT list_contains($known, a.language))
        GROUP BY ALL ORDER BY n DESC, a.language
    """
    known = list(Beat.load(settings.beat).languages)
    return query.rows(settings.home, sql, {"batch": batch, "known": known})
