"""Coverage by claim and month."""

from typing import Any

from media_monitor.config import Settings
from media_monitor.warehouse import query

MONTHS = 10


def rows(settings: Settings, months: int = MONTHS) -> list[dict[str, Any]]:
    """Articles, publishers and share of all articles, a row a claim and month, up to the newest relevant article."""
    sql = """
        WITH span AS (SELECT date_trunc('month', max(day)) AS last FROM latest_articles WHERE relevant),
        said AS (
            SELECT DISTINCT s.claim, s.article_id, s.publisher, CAST(date_trunc('month', s.day) AS DATE) AS month
            FROM latest_statements AS s, span
            WHERE s.day >= span.last - to_months(CAST($months AS INTEGER) - 1)
        ),
        every AS (
            SELECT CAST(date_trunc('month', day) AS DATE) AS month, count(*) AS n FROM latest_articles GROUP BY month
        )
        SELECT claim, month, count(*) AS articles, count(DISTINCT publisher) AS publishers,
               round(count(*) / any_value(every.n), 4) AS share
        FROM said JOIN every USING (month) GROUP BY claim, month ORDER BY claim, month
    """
    return query.rows(settings.home, sql, {"months": months})
