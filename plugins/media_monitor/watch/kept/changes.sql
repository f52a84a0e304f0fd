-- Brings the kept tables of the ledger up to the tables, where `_stale` has the days that were loaded since.
-- What was loaded need not differ from what was there: only what does differ is followed further.

-- Which names of media tell another family now, and which words are judged otherwise.
CREATE OR REPLACE TEMP TABLE other_media AS
(FROM anew_media EXCEPT ALL FROM kept_media) UNION ALL (FROM kept_media EXCEPT ALL FROM anew_media);
CREATE OR REPLACE TEMP TABLE other_judged AS
(FROM anew_judged EXCEPT ALL FROM kept_judged) UNION ALL (FROM kept_judged EXCEPT ALL FROM anew_judged);

INSERT INTO anew_days
SELECT day FROM _stale
UNION
SELECT DISTINCT day FROM statements WHERE article_id IN (SELECT article_id FROM other_judged);

-- Days on which such a name prints, is credited, is a source or speaks; all where a party has other organs, or where
-- stances reach other claims.
INSERT INTO anew_days
WITH
    names AS (SELECT DISTINCT outlet, publisher, agency FROM kept_articles WHERE EXISTS (FROM other_media)),
    told AS (
        SELECT * FROM names
        WHERE media_key(outlet) IN (SELECT medium FROM other_media)
            OR media_key(publisher) IN (SELECT medium FROM other_media)
            OR media_key(agency) IN (SELECT medium FROM other_media)
    ),
    chains AS (SELECT DISTINCT via FROM kept_statements WHERE EXISTS (FROM other_media) AND len(via) > 0),
    links AS (SELECT DISTINCT via, unnest(via) AS name FROM chains),
    cited AS (SELECT DISTINCT via FROM links WHERE media_key(name) IN (SELECT medium FROM other_media))
SELECT DISTINCT a.day
FROM kept_articles AS a
JOIN told
    ON told.outlet = a.outlet AND told.publisher = a.publisher AND told.agency IS NOT DISTINCT FROM a.agency
UNION
SELECT DISTINCT day FROM kept_statements SEMI JOIN cited USING (via)
UNION
SELECT DISTINCT day FROM kept_statements WHERE speaker_id IN (SELECT medium FROM other_media)
UNION
SELECT DISTINCT day
FROM (SELECT day FROM articles UNION SELECT day FROM kept_articles)
WHERE EXISTS (FROM other_media WHERE organ_of IS NOT NULL)
    OR EXISTS (FROM claim_reach EXCEPT ALL FROM kept_reach)
    OR EXISTS (FROM kept_reach EXCEPT ALL FROM claim_reach);

DELETE FROM kept_media;
INSERT INTO kept_media FROM anew_media;
DELETE FROM kept_reach;
INSERT INTO kept_reach FROM claim_reach;
DELETE FROM kept_judged;
INSERT INTO kept_judged FROM anew_judged;

-- Articles of these days; and what copies those that differ, over any number of copies, on other days.
CREATE OR REPLACE TEMP TABLE came AS FROM anew_articles;
CREATE OR REPLACE TEMP TABLE other_articles AS
WITH went AS (FROM kept_articles SEMI JOIN anew_days USING (day))
SELECT article_id FROM (FROM came EXCEPT ALL FROM went)
UNION
SELECT article_id FROM (FROM went EXCEPT ALL FROM came);
CREATE OR REPLACE TEMP TABLE days AS FROM anew_days;
DELETE FROM anew_days;
INSERT INTO anew_days
WITH RECURSIVE
    copies AS MATERIALIZED (SELECT DISTINCT article_id, copy_of, day FROM articles WHERE copy_of IS NOT NULL),
    copying AS (
        SELECT article_id FROM other_articles
        UNION
        SELECT copies.article_id FROM copying JOIN copies ON copies.copy_of = copying.article_id
    )
SELECT DISTINCT day FROM copies SEMI JOIN copying USING (article_id) ANTI JOIN days USING (day);
INSERT INTO came FROM anew_articles;
INSERT INTO anew_days FROM days;
INSERT INTO other_articles
WITH went AS (FROM kept_articles SEMI JOIN anew_days USING (day))
SELECT article_id FROM (FROM came EXCEPT ALL FROM went)
UNION
SELECT article_id FROM (FROM went EXCEPT ALL FROM came);
DELETE FROM kept_articles WHERE day IN (FROM anew_days) AND article_id IN (FROM other_articles);
INSERT INTO kept_articles FROM came WHERE article_id IN (FROM other_articles);

-- Statements of these days. A history changes from the first word of an article that says otherwise.
CREATE OR REPLACE TEMP TABLE came AS FROM anew_statements;
CREATE OR REPLACE TEMP TABLE went AS FROM kept_statements SEMI JOIN anew_days USING (day);
CREATE OR REPLACE TEMP TABLE other_statements AS
SELECT claim, party, article_id FROM (FROM came EXCEPT ALL FROM went)
UNION
SELECT claim, party, article_id FROM (FROM went EXCEPT ALL FROM came);
CREATE OR REPLACE TEMP TABLE touched AS
SELECT claim, party, min(ordered_on) AS since
FROM (
    SELECT claim, party, article_id, ordered_on FROM came
    UNION ALL
    SELECT claim, party, article_id, ordered_on FROM went
)
SEMI JOIN other_statements USING (claim, party, article_id)
GROUP BY claim, party;
DELETE FROM kept_statements
WHERE day IN (FROM anew_days) AND article_id IN (SELECT article_id FROM other_statements);
INSERT INTO kept_statements
FROM came WHERE article_id IN (SELECT article_id FROM other_statements) ORDER BY claim, party, ordered_on;

-- What counts of the record now.
CREATE OR REPLACE TEMP TABLE recorded AS FROM anew_recorded;
INSERT INTO touched
SELECT claim, party, since
FROM ((FROM recorded EXCEPT ALL FROM kept_recorded) UNION ALL (FROM kept_recorded EXCEPT ALL FROM recorded));
DELETE FROM kept_recorded;
INSERT INTO kept_recorded FROM recorded;

-- How each history stood before. Where nothing dated was said before, it is made from its beginning: the day of a step
-- that is not dated follows from what comes after it.
INSERT INTO anew_cells
WITH
    cut AS (SELECT claim, party, min(since) AS since FROM touched GROUP BY claim, party),
    stood AS (
        SELECT
            cut.claim, cut.party, max(n) AS n, max(n) FILTER (state = 'confirmed') AS confirmed,
            max(n) FILTER (state = 'implicit') AS implicit, max(n) FILTER (state = 'denied') AS denied,
            arg_max(state, n) FILTER (step IS NOT NULL) AS state, max(step) AS step
        FROM cut
        JOIN kept_words AS word
            ON word.claim = cut.claim AND word.party = cut.party AND word.ordered_on < cut.since
        GROUP BY cut.claim, cut.party
        HAVING bool_or(step IS NOT NULL AND NOT undated)
    ),
    stepped AS (
        SELECT
            stood.claim, stood.party, arg_max(past.state, past.step) AS prior_state,
            max(past.step) FILTER (past.state = 'confirmed') AS confirmed_step,
            max(past.step) FILTER (past.state IN ('confirmed', 'implicit')) AS affirmed_step,
            max(past.step) FILTER (past.state = 'denied') AS denied_step,
            max(past.step) FILTER (past.state = 'declined') AS declined_step
        FROM stood
        JOIN kept_steps AS past
            ON past.claim = stood.claim AND past.party = stood.party AND past.step < stood.step
        GROUP BY stood.claim, stood.party
    )
SELECT
    cut.claim, cut.party, CASE WHEN stood.n IS NULL THEN DATE '0001-01-01' ELSE cut.since END, coalesce(stood.n, 0),
    coalesce(stood.confirmed, 0), coalesce(stood.implicit, 0), coalesce(stood.denied, 0), stood.state,
    coalesce(stood.step, 0), stepped.prior_state, coalesce(stepped.confirmed_step, 0),
    coalesce(stepped.affirmed_step, 0), coalesce(stepped.denied_step, 0), coalesce(stepped.declined_step, 0)
FROM cut
LEFT JOIN stood USING (claim, party)
LEFT JOIN stepped USING (claim, party);

DELETE FROM kept_words USING anew_cells AS cell
WHERE kept_words.claim = cell.claim AND kept_words.party = cell.party AND kept_words.ordered_on >= cell.since;
INSERT INTO kept_words FROM anew_words ORDER BY claim, party, n;
DELETE FROM kept_contests USING anew_cells AS cell
WHERE kept_contests.claim = cell.claim AND kept_contests.party = cell.party;
INSERT INTO kept_contests FROM anew_contests;
DELETE FROM kept_steps USING anew_cells AS cell
WHERE kept_steps.claim = cell.claim AND kept_steps.party = cell.party AND kept_steps.step >= cell.step;
INSERT INTO kept_steps FROM anew_steps ORDER BY claim, party, step;

-- Small, and made quicker than it is found out which of their rows would change.
DELETE FROM kept_status;
INSERT INTO kept_status FROM anew_status;
DELETE FROM kept_disputes;
INSERT INTO kept_disputes FROM anew_disputes;
DELETE FROM kept_withdrawn;
INSERT INTO kept_withdrawn FROM anew_withdrawn;

DELETE FROM anew_days;
DELETE FROM anew_cells;
DROP TABLE other_media;
DROP TABLE other_judged;
DROP TABLE other_articles;
DROP TABLE other_statements;
DROP TABLE touched;
DROP TABLE recorded;
DROP TABLE days;
DROP TABLE came;
DROP TABLE went;
