SELECT
    *, $claim::VARCHAR AS claim, CAST($since AS DATE) AS first_day, CAST($until AS DATE) AS last_day,
    coalesce(nullif($dimension::VARCHAR, 'claim'), 'party') AS dimension
FROM share_of_voice($claim, $since, $until, coalesce(nullif($dimension::VARCHAR, 'claim'), 'party'))
LIMIT 15
