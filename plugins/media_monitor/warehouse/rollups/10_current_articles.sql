-- Articles in their latest revision, one row an article. source: the wire credited, else the publisher.
SELECT
    a.day, a.article_id, a.revision, a.outlet, a.publisher, a.affiliation, coalesce(a.country, 'unknown') AS country,
    coalesce(a.language, 'und') AS language, coalesce(a.beat, '') AS beat, coalesce(a.relevant, false) AS relevant,
    a.copy_of IS NOT NULL AS copied, coalesce(lower(trim(a.agency)), a.publisher) AS source,
    coalesce(a.published_at, a.fetched_at) AS printed_at
FROM articles AS a
WHERE a.day IN (SELECT day FROM _stale)
    AND NOT EXISTS (
        SELECT 1 FROM articles AS later
        WHERE later.revision > 1 AND later.article_id = a.article_id AND later.revision > a.revision
    )
