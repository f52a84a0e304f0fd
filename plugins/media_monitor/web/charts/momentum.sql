SELECT
    claim, articles, articles_before, change, growth, acceleration, score, last_covered,
    CASE WHEN score >= 2 THEN 'rises' WHEN score <= -2 THEN 'falls' ELSE 'may be chance' END AS chance,
    CAST($until AS DATE) - CAST(least(CAST($until AS DATE) - CAST($since AS DATE), 27) AS INTEGER) AS first_day,
    CAST($until AS DATE) AS last_day
FROM claim_momentum($until, days := least(CAST($until AS DATE) - CAST($since AS DATE), 27) + 1)
WHERE articles > 0 OR articles_before > 0
