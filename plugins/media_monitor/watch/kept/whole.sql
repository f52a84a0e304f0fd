-- Makes the kept tables of the ledger from nothing. For a file that has none of them yet.
INSERT INTO anew_days SELECT DISTINCT day FROM articles;
INSERT INTO kept_media FROM anew_media;
INSERT INTO kept_reach FROM claim_reach;
INSERT INTO kept_judged FROM anew_judged;
INSERT INTO kept_articles FROM anew_articles;
INSERT INTO kept_statements FROM anew_statements ORDER BY claim, party, ordered_on;
INSERT INTO kept_recorded FROM anew_recorded;
INSERT INTO anew_cells
SELECT DISTINCT claim, party, DATE '0001-01-01', 0, 0, 0, 0, NULL, 0, NULL, 0, 0, 0, 0
FROM (SELECT claim, party FROM kept_statements UNION SELECT claim, party FROM kept_recorded);
INSERT INTO kept_words FROM anew_words ORDER BY claim, party, n;
INSERT INTO kept_contests FROM anew_contests;
INSERT INTO kept_steps FROM anew_steps ORDER BY claim, party, step;
INSERT INTO kept_status FROM anew_status;
INSERT INTO kept_disputes FROM anew_disputes;
INSERT INTO kept_withdrawn FROM anew_withdrawn;
DELETE FROM anew_days;
DELETE FROM anew_cells;
