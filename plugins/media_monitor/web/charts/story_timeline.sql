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
WHERE a.story_id = coalesce($story, (SELECT story_id FROM stories_latest ORDER BY articles DESC, story_id LIMIT 1))
ORDER BY a.printed_at, a.article_id
LIMIT 2000
