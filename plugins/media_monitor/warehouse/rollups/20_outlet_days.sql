-- Articles, relevant or not, by outlet and language.
SELECT
    day, outlet, publisher, affiliation, country, language,
    count(*) AS articles, count(*) FILTER (relevant) AS relevant,
    count(*) FILTER (relevant AND NOT copied) AS originals
FROM current_articles
WHERE day IN (SELECT day FROM _stale)
GROUP BY day, outlet, publisher, affiliation, country, language
