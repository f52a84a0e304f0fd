-- Rows that runs checked.
SELECT day, "table", CAST(sum(rows) AS BIGINT) AS rows
FROM (
    SELECT day, batch, "table", max(rows) AS rows
    FROM checks
    WHERE day IN (SELECT day FROM _stale)
    GROUP BY day, batch, "table"
)
GROUP BY day, "table"
