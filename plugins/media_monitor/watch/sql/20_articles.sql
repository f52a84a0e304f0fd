-- Relevant articles in their latest revision. An older revision, and with it what was withdrawn, counts nowhere.
-- family: the publisher, by the families of the beat. wire: the family of the agency that is credited.
-- origin: whose reporting the text is. The agency credited, else the publisher; for a copy those of the article copied.
CREATE OR REPLACE VIEW ledger_articles AS
WITH RECURSIVE
    latest AS (
        SELECT article_id, max(revision) AS revision FROM articles GROUP BY article_id
    ),
    current_articles AS (
        SELECT
            articles.* EXCLUDE (text),
            coalesce(credited.family, media_key(nullif(trim(agency), ''))) AS wire,
            coalesce(owner.family, media_key(publisher)) AS family
        FROM articles
        JOIN latest USING (article_id, revision)
        LEFT JOIN media_families AS credited ON credited.medium = media_key(agency)
        LEFT JOIN media_families AS owner ON owner.medium = media_key(publisher)
        WHERE relevant
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
