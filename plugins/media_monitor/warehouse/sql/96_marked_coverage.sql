-- coverage() with what is unusual in it: burst_days of the bucket on which the claim (NULL: the beat) was in the news
-- more than usual, and the highest score of such a day (see bursts; null where none is a burst).
-- first_day, last_day: the days of the bucket that lie in the span.
CREATE OR REPLACE MACRO marked_coverage(claim_id, first_day, last_day, bucket := 'day') AS TABLE
WITH
    burst AS (
        SELECT
            CAST(date_trunc(bucket, day) AS DATE) AS bucket_day, count(*) AS burst_days, max(score) AS score
        FROM bursts
        WHERE burst AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
            AND CASE WHEN claim_id IS NULL THEN subject_kind = 'beat'
                ELSE subject_kind = 'claim' AND subject = claim_id END
        GROUP BY ALL
    )
SELECT
    c.bucket_day,
    greatest(c.bucket_day, CAST(first_day AS DATE)) AS first_day,
    coalesce(lead(c.bucket_day) OVER (ORDER BY c.bucket_day) - 1, CAST(last_day AS DATE)) AS last_day,
    c.articles, c.publishers, c.all_articles, c.share, coalesce(b.burst_days, 0) AS burst_days, b.score
FROM coverage(claim_id, first_day, last_day, bucket) AS c
LEFT JOIN burst AS b USING (bucket_day)
ORDER BY c.bucket_day;
