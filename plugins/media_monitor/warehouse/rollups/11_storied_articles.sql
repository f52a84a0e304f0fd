-- Articles that have a story, in their latest revision. printed_at: the earliest of all revisions, on first_day.
-- reporter: whose report it is: the wire that it or its origin credits, else the publisher of its origin, else its own.
-- origin_day: the partition of its origin.
WITH
    chosen AS (
        SELECT a.*, c.language AS told_in
        FROM articles AS a
        JOIN current_articles AS c USING (day, article_id, revision)
        WHERE a.story_id IS NOT NULL AND a.day IN (SELECT day FROM _stale) AND c.day IN (SELECT day FROM _stale)
    ),
    revised AS (
        SELECT
            article_id,
            min(coalesce(published_at, fetched_at)) AS printed_at,
            arg_min(day, coalesce(published_at, fetched_at)) AS first_day
        FROM articles
        WHERE story_id IS NOT NULL AND article_id IN (SELECT article_id FROM chosen WHERE revision > 1)
        GROUP BY article_id
    ),
    origins AS (
        SELECT a.article_id, a.day, a.agency, a.publisher
        FROM articles AS a
        JOIN current_articles AS c USING (day, article_id, revision)
        WHERE a.article_id IN (SELECT copy_of FROM chosen)
    )
SELECT
    a.day, a.article_id, a.revision, a.story_id, a.outlet, a.publisher, a.affiliation, a.country,
    a.told_in AS language, a.title, a.url, coalesce(r.printed_at, a.published_at, a.fetched_at) AS printed_at,
    coalesce(a.agency, o.agency, o.publisher, a.publisher) AS reporter,
    coalesce(a.agency, o.agency) IS NOT NULL AS by_wire, a.copy_of, r.first_day, o.day AS origin_day
FROM chosen AS a
LEFT JOIN revised AS r USING (article_id)
LEFT JOIN origins AS o ON o.article_id = a.copy_of
