-- Who and what is named. surface: the words printed (of a listed entity, one of them).
SELECT
    m.day, m.entity_id, min(m.surface) AS surface, m.kind, m.party,
    count(DISTINCT m.article_id) AS articles, count(DISTINCT a.publisher) AS publishers
FROM mentions AS m
JOIN current_articles AS a USING (day, article_id, revision)
WHERE m.day IN (SELECT day FROM _stale) AND a.day IN (SELECT day FROM _stale)
GROUP BY m.day, m.entity_id, CASE WHEN m.entity_id IS NULL THEN m.surface END, m.kind, m.party
