WITH compared AS (
    SELECT *, row_number() OVER () AS place
    FROM compare_coverage(
        $claim, coalesce($dimension::VARCHAR, 'claim'), $since, $until, $before_since, $before_until
    )
)
SELECT
    label, 'now' AS period, articles, publishers, share, change, growth, share_change, score,
    CAST($since AS DATE) AS first_day, CAST($until AS DATE) AS last_day, $claim::VARCHAR AS claim,
    coalesce($dimension::VARCHAR, 'claim') AS dimension, place
FROM compared
UNION ALL
SELECT
    label, 'before', articles_before, publishers_before, share_before, NULL, NULL, NULL, NULL,
    CAST($before_since AS DATE), CAST($before_until AS DATE), $claim::VARCHAR,
    coalesce($dimension::VARCHAR, 'claim'), place
FROM compared
ORDER BY place, period DESC
