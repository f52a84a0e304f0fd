-- Daily coverage. articles: those relevant to the beat. publishers: families of outlets behind them, each counted
-- once. share: of all articles of that day, relevant or not. own_share: of all articles of that day in the same
-- language, or of the same publisher or affiliation: how much of its own attention it gives to the beat.
-- Days without such an article have no row; the macro coverage() fills them with 0.

-- By claim: articles with a statement on that very claim (not on one that implies it). new_articles: those in which
-- a statement on it is not background, so that somebody speaks now. An article counts for each of its claims.
CREATE OR REPLACE VIEW coverage_by_claim AS
SELECT
    s.day, s.subject AS claim, s.articles, s.new_articles, s.publishers, round(s.articles / d.articles, 4) AS share
FROM subject_days AS s
JOIN (SELECT day, sum(articles) AS articles FROM outlet_days GROUP BY day) AS d USING (day)
WHERE s.subject_kind = 'claim';

-- By language of the article.
CREATE OR REPLACE VIEW coverage_by_language AS
SELECT
    day,
    language,
    CAST(sum(relevant) AS BIGINT) AS articles,
    count(DISTINCT publisher) FILTER (relevant > 0) AS publishers,
    round(sum(relevant) / any_value(total), 4) AS share,
    round(sum(relevant) / sum(articles), 4) AS own_share
FROM outlet_days
JOIN (SELECT day, sum(articles) AS total FROM outlet_days GROUP BY day) USING (day)
GROUP BY day, language
HAVING sum(relevant) > 0;

-- By publisher. publishers would always be 1 and is left out.
CREATE OR REPLACE VIEW coverage_by_publisher AS
SELECT
    day,
    publisher,
    CAST(sum(relevant) AS BIGINT) AS articles,
    round(sum(relevant) / any_value(total), 4) AS share,
    round(sum(relevant) / sum(articles), 4) AS own_share
FROM outlet_days
JOIN (SELECT day, sum(articles) AS total FROM outlet_days GROUP BY day) USING (day)
GROUP BY day, publisher
HAVING sum(relevant) > 0;

-- By affiliation of the outlet: state, independent, wire or official.
CREATE OR REPLACE VIEW coverage_by_affiliation AS
SELECT
    day,
    affiliation,
    CAST(sum(relevant) AS BIGINT) AS articles,
    count(DISTINCT publisher) FILTER (relevant > 0) AS publishers,
    round(sum(relevant) / any_value(total), 4) AS share,
    round(sum(relevant) / sum(articles), 4) AS own_share
FROM outlet_days
JOIN (SELECT day, sum(articles) AS total FROM outlet_days GROUP BY day) USING (day)
GROUP BY day, affiliation
HAVING sum(relevant) > 0;
