SELECT *, CAST(last_day + 1 AS DATE) AS ends, $claim::VARCHAR AS claim
FROM marked_coverage($claim, $since, $until, bucket := $bucket)
