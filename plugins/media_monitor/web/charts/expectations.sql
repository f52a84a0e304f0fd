SELECT
    bucket_day,
    "table",
    checks,
    failed,
    critical,
    warning,
    info,
    greatest(bucket_day, CAST($since AS DATE)) AS first_day,
    least(
        CAST(date_trunc($bucket, bucket_day) + CAST('1 ' || $bucket AS INTERVAL) AS DATE) - 1, CAST($until AS DATE)
    ) AS last_day,
    last_day + 1 AS next_day,
    CAST(sum(failed) OVER (PARTITION BY bucket_day ORDER BY "table") AS BIGINT) AS above,
    above - failed AS below
FROM (
    SELECT
        CAST(date_trunc($bucket, day) AS DATE) AS bucket_day, "table", CAST(sum(checks) AS BIGINT) AS checks,
        CAST(sum(failed) AS BIGINT) AS failed, CAST(sum(critical) AS BIGINT) AS critical,
        CAST(sum(warning) AS BIGINT) AS warning, CAST(sum(info) AS BIGINT) AS info
    FROM check_days
    WHERE day BETWEEN CAST($since AS DATE) AND CAST($until AS DATE)
    GROUP BY ALL
)
ORDER BY bucket_day, "table"
