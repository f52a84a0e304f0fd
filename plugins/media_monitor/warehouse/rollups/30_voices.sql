-- Who takes which stance on which claim in which article: statements that agree in all of it are one row.
-- article: a number that stands for the article, in this table alone.
SELECT
    s.day, hash(s.article_id) AS article, s.claim, s.party, s.role, s.stance, s.background,
    s.modality = 'hypothetical' AS hypothetical, count(*) AS statements,
    any_value(a.outlet) AS outlet, any_value(a.publisher) AS publisher, any_value(a.affiliation) AS affiliation,
    any_value(a.country) AS country, any_value(a.language) AS language, any_value(a.copied) AS copied,
    any_value(a.source) AS source, any_value(a.printed_at) AS printed_at
FROM statements AS s
JOIN current_articles AS a USING (day, article_id, revision)
WHERE s.day IN (SELECT day FROM _stale) AND a.day IN (SELECT day FROM _stale)
GROUP BY s.day, s.article_id, s.claim, s.party, s.role, s.stance, s.background, s.modality = 'hypothetical'
