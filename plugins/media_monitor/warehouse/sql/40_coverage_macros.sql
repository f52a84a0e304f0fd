-- Coverage of one claim (NULL: of the whole beat) from first_day to last_day, both included, in buckets of a 'day',
-- 'week' (from Monday), 'month', 'quarter' or 'year'. An unknown bucket is an error.
-- An article covers a claim that it has a statement on, background or not.

-- One row a bucket, also for those with nothing (0; share is null where there was no article at all).
-- bucket_day: the first day of the bucket, which can be before first_day; articles before first_day do not count.
CREATE OR REPLACE MACRO coverage(claim_id, first_day, last_day, bucket := 'day') AS TABLE
WITH
    buckets AS (
        SELECT DISTINCT CAST(date_trunc(bucket, day) AS DATE) AS bucket_day
        FROM (SELECT unnest(generate_series(CAST(first_day AS DATE), CAST(last_day AS DATE), INTERVAL 1 DAY)) AS day)
    ),
    covering AS (SELECT DISTINCT article_id FROM latest_statements WHERE claim = claim_id),
    counted AS (
        SELECT
            CAST(date_trunc(bucket, a.day) AS DATE) AS bucket_day,
            a.publisher,
            CASE WHEN claim_id IS NULL THEN coalesce(a.relevant, false) ELSE c.article_id IS NOT NULL END AS covers
        FROM latest_articles AS a
        LEFT JOIN covering AS c USING (article_id)
        WHERE a.day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    )
SELECT
    b.bucket_day,
    count(*) FILTER (n.covers) AS articles,
    count(DISTINCT n.publisher) FILTER (n.covers) AS publishers,
    count(n.publisher) AS all_articles,
    CASE WHEN count(n.publisher) > 0 THEN round(count(*) FILTER (n.covers) / count(n.publisher), 4) END AS share
FROM buckets AS b
LEFT JOIN counted AS n USING (bucket_day)
GROUP BY b.bucket_day
ORDER BY b.bucket_day;

-- The same over the whole span, split by 'language', 'publisher', 'affiliation', 'country' or 'outlet'.
-- share: of all articles of the span. own_share: of all articles of the span with the same value.
CREATE OR REPLACE MACRO coverage_split(claim_id, dimension, first_day, last_day) AS TABLE
WITH
    covering AS (SELECT DISTINCT article_id FROM latest_statements WHERE claim = claim_id),
    counted AS (
        SELECT
            CASE dimension
                WHEN 'language' THEN a.language
                WHEN 'publisher' THEN a.publisher
                WHEN 'affiliation' THEN a.affiliation
                WHEN 'country' THEN coalesce(a.country, 'unknown')
                WHEN 'outlet' THEN a.outlet
                ELSE error('coverage_split: the dimension is language, publisher, affiliation, country or outlet')
            END AS label,
            a.publisher,
            CASE WHEN claim_id IS NULL THEN coalesce(a.relevant, false) ELSE c.article_id IS NOT NULL END AS covers
        FROM latest_articles AS a
        LEFT JOIN covering AS c USING (article_id)
        WHERE a.day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    )
SELECT
    label,
    count(*) FILTER (covers) AS articles,
    count(DISTINCT publisher) FILTER (covers) AS publishers,
    round(count(*) FILTER (covers) / sum(count(*)) OVER (), 4) AS share,
    round(count(*) FILTER (covers) / count(*), 4) AS own_share
FROM counted
GROUP BY label
ORDER BY articles DESC, label;

-- Which claims rise: coverage in the `days` days up to last_day, against as many days before. Every claim of the
-- registry has a row. change: articles now less articles before.
CREATE OR REPLACE MACRO claim_momentum(last_day, days := 7) AS TABLE
WITH
    spans AS (
        SELECT
            CAST(last_day AS DATE) AS ends,
            CAST(last_day AS DATE) - CAST(days AS INTEGER) AS middle,
            CAST(last_day AS DATE) - 2 * CAST(days AS INTEGER) AS begins
    ),
    said AS (
        SELECT s.claim, s.article_id, s.publisher, s.day > spans.middle AS recent
        FROM latest_statements AS s
        JOIN spans ON s.day > spans.begins AND s.day <= spans.ends
    )
SELECT
    c.claim,
    count(DISTINCT s.article_id) FILTER (s.recent) AS articles,
    count(DISTINCT s.publisher) FILTER (s.recent) AS publishers,
    count(DISTINCT s.article_id) FILTER (NOT s.recent) AS articles_before,
    count(DISTINCT s.article_id) FILTER (s.recent) - count(DISTINCT s.article_id) FILTER (NOT s.recent) AS change
FROM claims AS c
LEFT JOIN said AS s ON s.claim = c.claim
GROUP BY c.claim
ORDER BY change DESC, articles DESC, c.claim;
