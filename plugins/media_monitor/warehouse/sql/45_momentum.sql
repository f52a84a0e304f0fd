-- Which claims rise: coverage in the `days` days up to last_day, against as many days before. Every claim of the
-- registry has a row.
-- change: articles now less articles before. growth: their ratio, with one article added to both, so that a claim
-- that nobody wrote of has a finite one. acceleration: how much more the change is than the one before it.
-- score: the change against what counting alone makes likely, (a - b) / sqrt(a + b), as for two Poisson counts.
-- last_covered: the last day with an article, up to last_day.
CREATE OR REPLACE MACRO claim_momentum(last_day, days := 7) AS TABLE
WITH
    spans AS (
        SELECT CAST(last_day AS DATE) AS ends, CAST(days AS INTEGER) AS length
    ),
    said AS (
        SELECT v.claim, v.article, v.publisher, v.background, (spans.ends - v.day) // spans.length AS back
        FROM voices AS v
        JOIN spans ON v.day > spans.ends - 3 * spans.length AND v.day <= spans.ends
    ),
    counted AS (
        SELECT
            claim,
            count(DISTINCT article) FILTER (back = 0) AS articles,
            count(DISTINCT article) FILTER (back = 0 AND NOT background) AS new_articles,
            count(DISTINCT publisher) FILTER (back = 0) AS publishers,
            count(DISTINCT article) FILTER (back = 1) AS articles_before,
            count(DISTINCT publisher) FILTER (back = 1) AS publishers_before,
            count(DISTINCT article) FILTER (back = 2) AS articles_earlier
        FROM said
        GROUP BY claim
    ),
    lasts AS (
        SELECT subject AS claim, max(day) AS last_covered
        FROM subject_days
        WHERE subject_kind = 'claim' AND day <= CAST(last_day AS DATE)
        GROUP BY subject
    ),
    every AS (
        SELECT
            c.claim,
            coalesce(n.articles, 0) AS articles,
            coalesce(n.publishers, 0) AS publishers,
            coalesce(n.articles_before, 0) AS articles_before,
            coalesce(n.articles, 0) - coalesce(n.articles_before, 0) AS change,
            coalesce(n.new_articles, 0) AS new_articles,
            coalesce(n.publishers_before, 0) AS publishers_before,
            coalesce(n.articles_before, 0) - coalesce(n.articles_earlier, 0) AS change_before,
            lasts.last_covered
        FROM claims AS c
        LEFT JOIN counted AS n USING (claim)
        LEFT JOIN lasts USING (claim)
    )
SELECT
    claim, articles, publishers, articles_before, change, new_articles, publishers_before,
    round((articles + 1) / (articles_before + 1), 2) AS growth,
    change - change_before AS acceleration,
    CASE WHEN articles + articles_before > 0 THEN round(change / sqrt(articles + articles_before), 2) END AS score,
    last_covered
FROM every
ORDER BY change DESC, articles DESC, claim;
