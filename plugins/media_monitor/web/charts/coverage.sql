SELECT
    bucket_day,
    articles,
    publishers,
    share,
    greatest(bucket_day, CAST($since AS DATE)) AS first_day,
    least(
        CAST(date_trunc($bucket, bucket_day) + CAST('1 ' || $bucket AS INTERVAL) AS DATE) - 1, CAST($until AS DATE)
    ) AS last_day,
    $claim AS claim
FROM coverage($claim, $since, $until, bucket := $bucket)
ORDER BY bucket_day
