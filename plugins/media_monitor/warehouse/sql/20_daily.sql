-- All articles of a day, relevant to the beat or not: the denominator of every share.
-- Days are UTC; an undated article counts on the day that it was fetched.
CREATE OR REPLACE VIEW daily_articles AS
SELECT
    day,
    count(*) AS articles,
    count(*) FILTER (relevant) AS relevant,
    count(DISTINCT publisher) AS publishers,
    count(DISTINCT publisher) FILTER (relevant) AS relevant_publishers,
    round(count(*) FILTER (relevant) / count(*), 4) AS share
FROM latest_articles
GROUP BY day;
