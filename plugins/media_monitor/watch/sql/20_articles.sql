-- Relevant articles in their latest revision. An older revision, and with it what was withdrawn, counts nowhere.
-- family: the publisher, by the families of the beat. wire: the family of the agency that is credited.
-- origin: whose reporting the text is. The agency credited, else the publisher; for a copy those of the article copied.
CREATE OR REPLACE VIEW ledger_articles AS
WITH RECURSIVE
    latest AS (
        SELECT * EXCLUDE (text)
        FROM articles AS a
        WHERE relevant AND NOT EXISTS (
            SELECT 1 FROM articles AS later
            WHERE later.revision > 1 AND later.article_id = a.article_id AND later.revision > a.revision
        )
    ),
    printing AS (
        SELECT p.publisher, p.outlet, coalesce(owner.family, m.family, media_key(p.publisher)) AS family
        FROM (SELECT DISTINCT publisher, outlet FROM latest) AS p
        LEFT JOIN media_families AS m ON m.medium = media_key(p.outlet)
        LEFT JOIN media_families AS owner ON owner.medium = media_key(p.publisher)
    ),
    crediting AS (
        SELECT c.agency, coalesce(m.family, media_key(c.agency)) AS wire
        FROM (SELECT DISTINCT agency FROM latest WHERE trim(agency) <> '') AS c
        LEFT JOIN media_families AS m ON m.medium = media_key(c.agency)
    ),
    current_articles AS (
        SELECT latest.*, crediting.wire, printing.family
        FROM latest
        JOIN printing USING (publisher, outlet)
        LEFT JOIN crediting USING (agency)
    ),
    copies AS (SELECT article_id, copy_of FROM current_articles WHERE copy_of IS NOT NULL),
    chain AS (
        SELECT article_id, copy_of AS source FROM copies
        UNION
        SELECT chain.article_id, copies.copy_of FROM chain JOIN copies ON copies.article_id = chain.source
    ),
    founding AS (
        SELECT article_id, min(source) AS source
        FROM chain
        WHERE source NOT IN (SELECT article_id FROM copies)
        GROUP BY article_id
    )
SELECT
    a.article_id, a.revision, a.beat, a.url, a.title, a.language, a.outlet, a.publisher, a.affiliation, a.country,
    a.agency, a.copy_of, coalesce(a.published_at, a.fetched_at) AS printed_at, a.family, a.wire,
    coalesce(founder.wire, founder.family, a.wire, founding.source, a.family) AS origin
FROM current_articles AS a
LEFT JOIN founding ON founding.article_id = a.article_id
LEFT JOIN current_articles AS founder ON founder.article_id = founding.source;
