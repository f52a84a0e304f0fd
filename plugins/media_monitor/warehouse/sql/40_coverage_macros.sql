-- Coverage of one claim (NULL: of the whole beat) from first_day to last_day, both included, in buckets of a 'day',
-- 'week' (from Monday), 'month', 'quarter' or 'year'. An unknown bucket is an error.
-- An article covers a claim that it has a statement on, background or not.

-- Articles that cover a claim (NULL: relevant articles), by outlet. Days are dates.
CREATE OR REPLACE MACRO covering(claim_id, first_day, last_day) AS TABLE
SELECT day, outlet, publisher, affiliation, country, language, relevant AS articles
FROM outlet_days
WHERE claim_id IS NULL AND relevant > 0 AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
UNION ALL
SELECT
    day, any_value(outlet), any_value(publisher), any_value(affiliation), any_value(country), any_value(language), 1
FROM voices
WHERE claim = claim_id AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
GROUP BY day, article;

-- One row a bucket, also for those with nothing (0; share is null where there was no article at all).
-- bucket_day: the first day of the bucket, which can be before first_day; articles before first_day do not count.
CREATE OR REPLACE MACRO coverage(claim_id, first_day, last_day, bucket := 'day') AS TABLE
WITH
    buckets AS (
        SELECT DISTINCT CAST(date_trunc(bucket, day) AS DATE) AS bucket_day
        FROM (SELECT unnest(generate_series(CAST(first_day AS DATE), CAST(last_day AS DATE), INTERVAL 1 DAY)) AS day)
    ),
    every AS (
        SELECT CAST(date_trunc(bucket, day) AS DATE) AS bucket_day, sum(articles) AS articles
        FROM outlet_days
        WHERE day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
        GROUP BY ALL
    ),
    counted AS (
        SELECT
            CAST(date_trunc(bucket, day) AS DATE) AS bucket_day,
            sum(articles) AS articles,
            count(DISTINCT publisher) AS publishers
        FROM covering(claim_id, first_day, last_day)
        GROUP BY ALL
    )
SELECT
    b.bucket_day,
    CAST(coalesce(n.articles, 0) AS BIGINT) AS articles,
    coalesce(n.publishers, 0) AS publishers,
    CAST(coalesce(e.articles, 0) AS BIGINT) AS all_articles,
    CASE WHEN e.articles > 0 THEN round(coalesce(n.articles, 0) / e.articles, 4) END AS share
FROM buckets AS b
LEFT JOIN every AS e USING (bucket_day)
LEFT JOIN counted AS n USING (bucket_day)
ORDER BY b.bucket_day;

-- The same over the whole span, split by 'language', 'publisher', 'affiliation', 'country' or 'outlet'.
-- share: of all articles of the span. own_share: of all articles of the span with the same value.
CREATE OR REPLACE MACRO coverage_split(claim_id, dimension, first_day, last_day) AS TABLE
WITH
    labelled AS (
        SELECT
            CASE dimension
                WHEN 'language' THEN language
                WHEN 'publisher' THEN publisher
                WHEN 'affiliation' THEN affiliation
                WHEN 'country' THEN country
                WHEN 'outlet' THEN outlet
                ELSE error('coverage_split: the dimension is language, publisher, affiliation, country or outlet')
            END AS label,
            publisher, articles, covers
        FROM (
            SELECT *, true AS covers FROM covering(claim_id, first_day, last_day)
            UNION ALL
            SELECT day, outlet, publisher, affiliation, country, language, articles, false
            FROM outlet_days
            WHERE day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
        )
    )
SELECT
    label,
    CAST(coalesce(sum(articles) FILTER (covers), 0) AS BIGINT) AS articles,
    count(DISTINCT publisher) FILTER (covers) AS publishers,
    round(
        coalesce(sum(articles) FILTER (covers), 0) / sum(sum(articles) FILTER (NOT covers)) OVER (), 4
    ) AS share,
    round(coalesce(sum(articles) FILTER (covers), 0) / sum(articles) FILTER (NOT covers), 4) AS own_share
FROM labelled
GROUP BY label
ORDER BY articles DESC, label;
