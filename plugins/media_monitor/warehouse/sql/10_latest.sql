-- Articles and facts in their latest revision only: what was corrected or withdrawn counts nowhere below.
-- The language of an article whose language is not known is 'und' (ISO 639-2, undetermined).

-- One row an article.
CREATE OR REPLACE VIEW latest_articles AS
SELECT * REPLACE (coalesce(language, 'und') AS language)
FROM articles AS a
WHERE NOT EXISTS (
    SELECT 1 FROM articles AS later
    WHERE later.revision > 1 AND later.article_id = a.article_id AND later.revision > a.revision
);

-- Mentions, with who printed them.
CREATE OR REPLACE VIEW latest_mentions AS
SELECT m.*, a.outlet, a.publisher, a.affiliation, a.country, a.language, a.url, a.title
FROM mentions AS m
JOIN latest_articles AS a USING (day, article_id, revision);

-- Events, with who printed them.
CREATE OR REPLACE VIEW latest_events AS
SELECT e.*, a.outlet, a.publisher, a.affiliation, a.country, a.language, a.url, a.title
FROM events AS e
JOIN latest_articles AS a USING (day, article_id, revision);

-- Statements, with who printed them. Background statements (older stances that an article recalls) are among them.
CREATE OR REPLACE VIEW latest_statements AS
SELECT s.*, a.outlet, a.publisher, a.affiliation, a.country, a.language, a.url, a.title
FROM statements AS s
JOIN latest_articles AS a USING (day, article_id, revision);
