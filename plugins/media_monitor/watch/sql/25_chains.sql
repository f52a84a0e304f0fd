-- Each source chain that statements have, as families; the printing outlet's side first, each family once.
CREATE OR REPLACE VIEW ledger_chains AS
WITH
    chains AS (SELECT DISTINCT via FROM statements WHERE len(via) > 0),
    links AS (SELECT via, unnest(via) AS name, generate_subscripts(via, 1) AS place FROM chains),
    told AS (
        SELECT links.via, coalesce(m.family, media_key(links.name)) AS family, min(links.place) AS place
        FROM links
        LEFT JOIN media_families AS m ON m.medium = media_key(links.name)
        GROUP BY ALL
    )
SELECT via, list(family ORDER BY place) AS media FROM told GROUP BY via;

-- The families that speak for each party.
CREATE OR REPLACE VIEW party_organs AS
SELECT organ_of AS party, list_sort(list(DISTINCT family)) AS organs
FROM media_families
WHERE organ_of IS NOT NULL
GROUP BY organ_of;
