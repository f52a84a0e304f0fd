-- Each source chain that statements of a table have, as families; the printing outlet's side first, each family once.
CREATE OR REPLACE MACRO chains_of(stated) AS TABLE
WITH
    chains AS (SELECT DISTINCT via FROM query_table(stated) WHERE len(via) > 0),
    links AS (SELECT via, unnest(via) AS name, generate_subscripts(via, 1) AS place FROM chains),
    told AS (
        SELECT links.via, coalesce(m.family, media_key(links.name)) AS family, min(links.place) AS place
        FROM links
        LEFT JOIN media_families AS m ON m.medium = media_key(links.name)
        GROUP BY ALL
    )
SELECT via, list(family ORDER BY place) AS media FROM told GROUP BY via;

-- Each source chain that statements have, as families.
CREATE OR REPLACE VIEW ledger_chains AS FROM chains_of('statements');

-- What was judged wrong: these words of the article, whatever its revision.
CREATE OR REPLACE VIEW anew_judged AS
SELECT DISTINCT article_id, claim, party, stance, surface FROM judgements WHERE verdict = 'wrong';

CREATE OR REPLACE TABLE kept_judged AS FROM anew_judged LIMIT 0;

-- What officials said on the days that are computed, but for what was judged wrong.
CREATE OR REPLACE VIEW anew_stated AS
SELECT *
FROM statements AS s SEMI JOIN anew_days USING (day)
WHERE role = 'official' AND modality <> 'hypothetical' AND NOT EXISTS (
    FROM kept_judged AS j
    WHERE j.article_id = s.article_id AND j.claim = s.claim AND j.party = s.party AND j.stance = s.stance
        AND j.surface = s.surface
);

-- The families that speak for each party.
CREATE OR REPLACE VIEW party_organs AS
SELECT organ_of AS party, list_sort(list(DISTINCT family)) AS organs
FROM media_families
WHERE organ_of IS NOT NULL
GROUP BY organ_of;
