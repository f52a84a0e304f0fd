WITH chosen AS (
    SELECT $story AS story_id WHERE $story IS NOT NULL
    UNION ALL
    SELECT story_id FROM (
        SELECT story_id FROM story_articles WHERE $story IS NULL
        GROUP BY story_id ORDER BY count(*) DESC, story_id LIMIT 1
    )
)
SELECT
    a.printed_at,
    a.language,
    a.affiliation,
    a.outlet,
    a.title,
    a.own,
    round(date_diff('minute', min(a.printed_at) OVER (), a.printed_at) / 60, 2) AS hours,
    a.article_id
FROM story_articles AS a
JOIN chosen USING (story_id)
ORDER BY a.printed_at, a.article_id
LIMIT 2000
