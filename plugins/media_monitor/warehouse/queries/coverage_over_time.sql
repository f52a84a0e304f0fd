-- title: Coverage of a claim over time
-- about: Articles and publishers on a claim, and its share of all news. Without a claim: of the beat.
-- $claim = troops_in_combat: id of a claim; empty for the whole beat
-- $since = 2024-10-01: first day (YYYY-MM-DD, UTC)
-- $until = 2025-07-31: last day, included
-- $bucket = month: day, week, month, quarter or year
FROM coverage($claim, $since, $until, bucket := $bucket)
ORDER BY bucket_day
