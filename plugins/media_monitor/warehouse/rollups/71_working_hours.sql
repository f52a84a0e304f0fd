-- Hours in which some feed worked.
SELECT DISTINCT day, date_trunc('hour', fetched_at) AS hour
FROM fetches
WHERE error IS NULL AND day IN (SELECT day FROM _stale)
