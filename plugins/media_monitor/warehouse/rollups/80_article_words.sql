-- Words of relevant articles in their latest revision, as they are searched: title, line feed, text, each a space
-- around its words, in lower case and without accents (`searched` is a function of the loader).
SELECT
    c.day, c.article_id, c.revision, c.printed_at, c.language, c.outlet, c.publisher, c.affiliation,
    searched(a.title) || chr(10) || searched(coalesce(a.text, '')) AS words
FROM current_articles AS c
JOIN articles AS a USING (day, article_id, revision)
WHERE c.relevant AND c.day IN (SELECT day FROM _stale) AND a.day IN (SELECT day FROM _stale)
