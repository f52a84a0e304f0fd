WITH counted AS (
    SELECT day, outcome, CAST(sum(fetches) AS BIGINT) AS fetches, CAST(sum(new_entries) AS BIGINT) AS new_items
    FROM fetch_outcomes(CAST($since AS DATE), CAST($until AS DATE))
    WHERE $feed IS NULL OR feed_id = $feed
    GROUP BY day, outcome
)
SELECT
    CAST(d.day AS DATE) AS day,
    coalesce(c.outcome, 'new') AS outcome,
    coalesce(c.fetches, 0) AS fetches,
    coalesce(c.new_items, 0) AS new_items
FROM range(CAST($since AS DATE), CAST($until AS DATE) + 1, INTERVAL 1 DAY) AS d(day)
LEFT JOIN counted AS c ON c.day = CAST(d.day AS DATE)
ORDER BY d.day, outcome
