-- title: Articles that contain some words
-- about: Title or text, in any script; capitals and accents of Latin, Cyrillic and Greek do not matter.
-- $words = Kursk: words as they are printed
-- $since = : first day (YYYY-MM-DD, UTC); empty for all
-- $until = : last day, included; empty for all
SELECT day, language, outlet, title, article_id, url
FROM latest_articles
WHERE relevant
    AND contains(strip_accents(lower(title || ' ' || coalesce(text, ''))), strip_accents(lower($words::VARCHAR)))
    AND day BETWEEN coalesce($since, '1900-01-01')::DATE AND coalesce($until, '9999-12-31')::DATE
ORDER BY day DESC, article_id
