SELECT
    bucket_day, greatest(bucket_day, CAST($since AS DATE)) AS first_day,
    least(
        CAST(bucket_day + CAST('1 ' || $bucket AS INTERVAL) AS DATE) - 1, CAST($until AS DATE)
    ) AS last_day,
    party, balance,
    CASE
        WHEN balance > 0.05 THEN 'affirms more' WHEN balance < -0.05 THEN 'rejects more' ELSE 'both or neither'
    END AS leaning,
    confirm + allege + decline + deny + condemn + praise AS articles,
    confirm, allege, decline, deny, condemn, praise, goldstein, goldstein_received, $claim::VARCHAR AS claim
FROM tone_by_party($since, $until, $bucket, claim_id := $claim::VARCHAR)
WHERE balance IS NOT NULL AND ($party::VARCHAR IS NULL OR party = upper($party::VARCHAR))
