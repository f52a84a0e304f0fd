SELECT
    *, $claim::VARCHAR AS claim, coalesce($dimension::VARCHAR, 'claim') AS dimension
FROM coverage_over_time($claim, coalesce($dimension::VARCHAR, 'claim'), $since, $until, bucket := $bucket, most := 8)
