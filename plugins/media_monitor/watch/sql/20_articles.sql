-- Relevant articles in their latest revision. An older revision, and with it what was withdrawn, counts nowhere.
-- family: the publisher, by the families of the beat. wire: the family of the agency that is credited.
-- origin: whose reporting the text is. The agency credited, else the publisher; for a copy those of the article copied.
CREATE OR REPLACE VIEW anew_articles AS
WITH RECURSIVE
    revised AS MATERIALIZED (
        SELECT article_id, max(revision) AS revision FROM articles WHERE revision > 1 GROUP BY article_id
    ),
    copies AS MATERIALIZED (
        SELECT a.article_id, a.day, a.copy_of
        FROM articles AS a
        ANTI JOIN revised AS later ON later.article_id = a.article_id AND later.revision > a.revision
        WHERE a.relevant AND a.copy_of IS NOT NULL
    ),
    chain AS (
        SELECT article_id, copy_of AS source FROM copies WHERE day IN (SELECT day FROM anew_days)
        UNION
        SELECT chain.article_id, copies.copy_of FROM chain JOIN copies ON copies.article_id = chain.source
    ),
    founding AS MATERIALIZED (
        SELECT article_id, min(source) AS source
        FROM chain
        WHERE source NOT IN (SELECT article_id FROM copies)
        GROUP BY article_id
    ),
    asked AS MATERIALIZED (
        SELECT
            a.article_id, a.revision, a.day, a.beat, a.url, a.title, a.language, a.outlet, a.publisher, a.affiliation,
            a.country, a.agency, a.copy_of, coalesce(a.published_at, a.fetched_at) AS printed_at
        FROM articles AS a
        ANTI JOIN revised AS later ON later.article_id = a.article_id AND later.revision > a.revision
        WHERE a.relevant AND a.day IN (SELECT day FROM anew_days)
    ),
    founders AS MATERIALIZED (
        SELECT a.article_id, a.publisher, a.outlet, a.agency
        FROM articles AS a
        ANTI JOIN revised AS later ON later.article_id = a.article_id AND later.revision > a.revision
        WHERE a.relevant AND a.article_id IN (SELECT source FROM founding)
    ),
    printing AS MATERIALIZED (
        SELECT p.publisher, p.outlet, coalesce(owner.family, m.family, media_key(p.publisher)) AS family
        FROM (SELECT publisher, outlet FROM asked UNION SELECT publisher, outlet FROM founders) AS p
        LEFT JOIN media_families AS m ON m.medium = media_key(p.outlet)
        LEFT JOIN media_families AS owner ON owner.medium = media_key(p.publisher)
    ),
    crediting AS MATERIALIZED (
        SELECT c.agency, coalesce(m.family, media_key(c.agency)) AS wire
        FROM (SELECT agency FROM asked UNION SELECT agency FROM founders) AS c
        LEFT JOIN media_families AS m ON m.medium = media_key(c.agency)
        WHERE trim(c.agency) <> ''
    ),
    founded AS (
        SELECT founding.article_id, founding.source, crediting.wire,
            printing.family
        FROM founding
        LEFT JOIN founders ON founders.article_id = founding.source
        LEFT JOIN printing USING (publisher, outlet)
        LEFT JOIN crediting USING (agency)
    )
SELECT
    a.article_id, a.revision, a.beat, a.url, a.title, a.language, a.outlet, a.publisher, a.affiliation, a.country,
    a.agency, a.copy_of, a.printed_at, printing.family, crediting.wire,
    coalesce(founded.wire, founded.family, crediting.wire, founded.source, printing.family) AS origin, a.day
FROM asked AS a
JOIN printing USING (publisher, outlet)
LEFT JOIN crediting USING (agency)
LEFT JOIN founded USING (article_id);

CREATE OR REPLACE TABLE kept_articles AS FROM anew_articles LIMIT 0;
CREATE OR REPLACE VIEW ledger_articles AS SELECT * EXCLUDE (day) FROM kept_articles;
