WITH gaps AS (
    SELECT *, row_number() OVER () AS place FROM narrative_gap($claim::VARCHAR, $since, $until)
)
SELECT
    claim, 'state' AS affiliation, state_articles AS articles, coalesce(state_share, 0) AS share,
    state_balance AS balance, state_parties AS parties, lag_hours, CAST($since AS DATE) AS first_day,
    CAST($until AS DATE) AS last_day, place
FROM gaps
UNION ALL
SELECT
    claim, 'independent', independent_articles, coalesce(independent_share, 0), independent_balance,
    independent_parties, lag_hours, CAST($since AS DATE), CAST($until AS DATE), place
FROM gaps
ORDER BY place, affiliation DESC
