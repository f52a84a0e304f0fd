WITH asked AS (
    SELECT
        least(CAST($until AS DATE), max(day)) AS ends,
        CAST(least(CAST($until AS DATE) - CAST($since AS DATE), 27) AS INTEGER) + 1 AS length
    FROM outlet_days
    WHERE relevant > 0
)
SELECT
    m.claim, m.articles, m.articles_before, m.change, m.growth, m.acceleration, m.score, m.last_covered,
    CASE WHEN m.score >= 2 THEN 'rises' WHEN m.score <= -2 THEN 'falls' ELSE 'may be chance' END AS chance,
    asked.ends - asked.length + 1 AS first_day,
    asked.ends AS last_day
FROM asked
CROSS JOIN claim_momentum((SELECT ends FROM asked), days := (SELECT length FROM asked)) AS m
WHERE m.articles > 0 OR m.articles_before > 0
ORDER BY m.change DESC, m.articles DESC, m.claim
