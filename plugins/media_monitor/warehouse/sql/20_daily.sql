-- All articles of a day, relevant to the beat or not: the denominator of every share.
-- Days are UTC; an undated article counts on the day that it was fetched.
CREATE OR REPLACE VIEW daily_articles AS
SELECT
    day,
    CAST(sum(articles) AS BIGINT) AS articles,
    CAST(sum(relevant) AS BIGINT) AS relevant,
    count(DISTINCT publisher) AS publishers,
    count(DISTINCT publisher) FILTER (relevant > 0) AS relevant_publishers,
    round(sum(relevant) / sum(articles), 4) AS share
FROM outlet_days
GROUP BY day;
