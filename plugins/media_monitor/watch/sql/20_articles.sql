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
    names AS (SELECT publisher AS name FROM latest UNION SELECT nullif(trim(agency), '') FROM latest),
    resolved AS (
        SELECT names.name, coalesce(m.family, media_key(names.name)) AS family
        FROM names
        LEFT JOIN media_families AS m ON m.medium = media_key(names.name)
    ),
    current_articles AS (
        SELECT latest.*, credited.family AS wire, owner.family AS family
        FROM latest
        JOIN resolved AS owner ON owner.name = latest.publisher
        LEFT JOIN resolved AS credited ON credited.name = trim(latest.agency)
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
