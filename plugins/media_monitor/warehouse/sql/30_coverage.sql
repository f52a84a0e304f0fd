-- Daily coverage. articles: those relevant to the beat. publishers: families of outlets behind them, each counted
-- once. share: of all articles of that day, relevant or not. own_share: of all articles of that day in the same
-- language, or of the same publisher or affiliation: how much of its own attention it gives to the beat.
-- Days without such an article have no row; the macro coverage() fills them with 0.

-- By claim: articles with a statement on that very claim (not on one that implies it). new_articles: those in which
-- a statement on it is not background, so that somebody speaks now. An article counts for each of its claims.
CREATE OR REPLACE VIEW coverage_by_claim AS
SELECT
    s.day,
    s.claim,
    count(DISTINCT s.article_id) AS articles,
    count(DISTINCT s.article_id) FILTER (NOT s.background) AS new_articles,
    count(DISTINCT s.publisher) AS publishers,
    round(count(DISTINCT s.article_id) / any_value(d.articles), 4) AS share
FROM latest_statements AS s
JOIN daily_articles AS d USING (day)
GROUP BY s.day, s.claim;

-- By language of the article.
CREATE OR REPLACE VIEW coverage_by_language AS
SELECT
    a.day,
    a.language,
    count(*) FILTER (a.relevant) AS articles,
    count(DISTINCT a.publisher) FILTER (a.relevant) AS publishers,
    round(count(*) FILTER (a.relevant) / any_value(d.articles), 4) AS share,
    round(count(*) FILTER (a.relevant) / count(*), 4) AS own_share
FROM latest_articles AS a
JOIN daily_articles AS d USING (day)
GROUP BY a.day, a.language
HAVING count(*) FILTER (a.relevant) > 0;

-- By publisher. publishers would always be 1 and is left out.
CREATE OR REPLACE VIEW coverage_by_publisher AS
SELECT
    a.day,
    a.publisher,
    count(*) FILTER (a.relevant) AS articles,
    round(count(*) FILTER (a.relevant) / any_value(d.articles), 4) AS share,
    round(count(*) FILTER (a.relevant) / count(*), 4) AS own_share
FROM latest_articles AS a
JOIN daily_articles AS d USING (day)
GROUP BY a.day, a.publisher
HAVING count(*) FILTER (a.relevant) > 0;

-- By affiliation of the outlet: state, independent, wire or official.
CREATE OR REPLACE VIEW coverage_by_affiliation AS
SELECT
    a.day,
    a.affiliation,
    count(*) FILTER (a.relevant) AS articles,
    count(DISTINCT a.publisher) FILTER (a.relevant) AS publishers,
    round(count(*) FILTER (a.relevant) / any_value(d.articles), 4) AS share,
    round(count(*) FILTER (a.relevant) / count(*), 4) AS own_share
FROM latest_articles AS a
JOIN daily_articles AS d USING (day)
GROUP BY a.day, a.affiliation
HAVING count(*) FILTER (a.relevant) > 0;
