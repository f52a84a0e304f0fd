-- Coverage by 'claim', 'party', 'language', 'publisher', 'affiliation', 'country' or 'outlet': how it goes, and how it
-- changed. claim_id narrows all to the articles with a statement on that claim (NULL: the whole beat).
-- An article counts for each of its claims, and for each party whose officials it lets speak (no background).

-- Articles that cover the claim, by day and label. Rows are of one publisher each.
CREATE OR REPLACE MACRO covering_by(claim_id, dimension, first_day, last_day) AS TABLE
SELECT day, label, publisher, CAST(relevant AS BIGINT) AS articles
FROM (
    SELECT
        day, publisher, relevant,
        CASE dimension
            WHEN 'language' THEN language
            WHEN 'publisher' THEN publisher
            WHEN 'affiliation' THEN affiliation
            WHEN 'country' THEN country
            WHEN 'outlet' THEN outlet
        END AS label
    FROM outlet_days
    WHERE claim_id IS NULL AND dimension NOT IN ('claim', 'party') AND relevant > 0
        AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
)
UNION ALL
SELECT day, label, publisher, count(DISTINCT article)
FROM (
    SELECT
        day, article, publisher,
        CASE dimension
            WHEN 'claim' THEN claim
            WHEN 'party' THEN party
            WHEN 'language' THEN language
            WHEN 'publisher' THEN publisher
            WHEN 'affiliation' THEN affiliation
            WHEN 'country' THEN country
            WHEN 'outlet' THEN outlet
            ELSE error(
                'the dimension is claim, party, language, publisher, affiliation, country or outlet'
            )
        END AS label
    FROM voices
    WHERE (claim_id IS NOT NULL OR dimension NOT IN ('language', 'publisher', 'affiliation', 'country', 'outlet'))
        AND (claim_id IS NULL OR claim = claim_id)
        AND (dimension <> 'party' OR (role = 'official' AND NOT background AND NOT hypothetical))
        AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
)
GROUP BY day, label, publisher;

-- One row a bucket and label, also for those with nothing (0), for the `most` labels with the most articles.
-- first_day, last_day: the days of the bucket that lie in the span. share: of all articles of these days, relevant to
-- the beat or not.
CREATE OR REPLACE MACRO coverage_over_time(
    claim_id, dimension, first_day, last_day, bucket := 'week', most := 10
) AS TABLE
WITH
    counted AS (
        SELECT
            CAST(date_trunc(bucket, day) AS DATE) AS bucket_day,
            label,
            sum(articles) AS articles,
            count(DISTINCT publisher) AS publishers
        FROM covering_by(claim_id, dimension, first_day, last_day)
        GROUP BY ALL
    ),
    labels AS (
        SELECT label, sum(articles) AS total FROM counted GROUP BY label ORDER BY total DESC, label LIMIT most
    ),
    buckets AS (
        SELECT bucket_day, all_articles, lead(bucket_day) OVER (ORDER BY bucket_day) - 1 AS ends
        FROM coverage(NULL, first_day, last_day, bucket)
    )
SELECT
    b.bucket_day,
    greatest(b.bucket_day, CAST(first_day AS DATE)) AS first_day,
    coalesce(b.ends, CAST(last_day AS DATE)) AS last_day,
    l.label,
    CAST(coalesce(n.articles, 0) AS BIGINT) AS articles,
    coalesce(n.publishers, 0) AS publishers,
    CASE WHEN b.all_articles > 0 THEN round(coalesce(n.articles, 0) / b.all_articles, 4) END AS share
FROM buckets AS b
CROSS JOIN labels AS l
LEFT JOIN counted AS n ON n.bucket_day = b.bucket_day AND n.label = l.label
ORDER BY l.total DESC, l.label, b.bucket_day;

-- Two spans of days side by side, the present one first, a row a label that either covers. share: of all articles of
-- the span. growth: articles now over articles before, with one added to both. score: the z-score of the difference
-- of the two shares (pooled two-proportion test), as in compare_periods; beyond ±2 it is hardly chance.
CREATE OR REPLACE MACRO compare_coverage(
    claim_id, dimension, first_day, last_day, first_before, last_before
) AS TABLE
WITH
    counted AS (
        SELECT true AS now, label, publisher, articles FROM covering_by(claim_id, dimension, first_day, last_day)
        UNION ALL
        SELECT false, label, publisher, articles FROM covering_by(claim_id, dimension, first_before, last_before)
    ),
    totals AS (
        SELECT
            coalesce(sum(articles) FILTER (day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)), 0) AS n,
            coalesce(sum(articles) FILTER (day BETWEEN CAST(first_before AS DATE) AND CAST(last_before AS DATE)), 0)
                AS n_before
        FROM outlet_days
    ),
    labelled AS (
        SELECT
            label,
            CAST(coalesce(sum(articles) FILTER (now), 0) AS BIGINT) AS articles,
            CAST(coalesce(sum(articles) FILTER (NOT now), 0) AS BIGINT) AS articles_before,
            count(DISTINCT publisher) FILTER (now) AS publishers,
            count(DISTINCT publisher) FILTER (NOT now) AS publishers_before
        FROM counted
        GROUP BY label
    ),
    shared AS (
        SELECT
            *,
            articles / nullif(n, 0) AS part,
            articles_before / nullif(n_before, 0) AS part_before,
            (articles + articles_before) / nullif(n + n_before, 0) AS pooled
        FROM labelled
        CROSS JOIN totals
    )
SELECT
    label, articles, articles_before, articles - articles_before AS change,
    round((articles + 1) / (articles_before + 1), 2) AS growth,
    publishers, publishers_before,
    round(part, 4) AS share, round(part_before, 4) AS share_before, round(part - part_before, 4) AS share_change,
    round(
        (part - part_before) / nullif(sqrt(pooled * (1 - pooled) * (1 / nullif(n, 0) + 1 / nullif(n_before, 0))), 0), 2
    ) AS score
FROM shared
ORDER BY abs(change) DESC, articles DESC, label;
