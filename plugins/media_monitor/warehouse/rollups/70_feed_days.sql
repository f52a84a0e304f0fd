-- Each feed: what it brought, and when. longest_gap: hours of the longest gap between two fetches with news.
WITH gaps AS (
    SELECT
        *,
        epoch(fetched_at - lag(fetched_at) OVER (
            PARTITION BY feed_id, day, new_entries > 0 ORDER BY fetched_at
        )) / 3600 AS gap
    FROM fetches
    WHERE day IN (SELECT day FROM _stale)
)
SELECT
    feed_id, day,
    count(*) AS fetches,
    count(error) AS failed,
    CAST(sum(new_entries) AS BIGINT) AS new_entries,
    max(fetched_at) AS last_fetch,
    max(fetched_at) FILTER (error IS NULL) AS last_success,
    min(fetched_at) FILTER (new_entries > 0) AS first_news,
    max(fetched_at) FILTER (new_entries > 0) AS last_news,
    max(gap) FILTER (new_entries > 0) AS longest_gap,
    arg_max_null(status, (fetched_at, batch)) AS last_status,
    arg_max_null(error, (fetched_at, batch)) AS last_error
FROM gaps
GROUP BY feed_id, day
