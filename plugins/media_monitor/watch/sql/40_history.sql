-- Each party's words on the truth of a claim, numbered from the first to the latest.
-- Praise by a party to the claim is an implicit acknowledgement. On one day, what an article recalls comes before its
-- news, then the order of printing decides; in one article a party that both refused and confirmed has confirmed last.
-- Left out: that a party to the claim alleges something which implies it. Its own word on the claim is no allegation.
CREATE OR REPLACE VIEW ledger_words AS
WITH words AS (
    SELECT
        * REPLACE (CASE WHEN state = 'praised' THEN 'implicit' ELSE state END AS state)
    FROM ledger_statements
    WHERE trusted AND (state IN ('alleged', 'declined', 'denied', 'confirmed') OR (state = 'praised' AND is_party))
        AND NOT (state = 'alleged' AND is_party AND implied_by IS NOT NULL)
)
SELECT
    *,
    row_number() OVER (
        PARTITION BY claim, party
        ORDER BY
            ordered_on, background DESC, printed_at,
            list_position(['alleged', 'declined', 'denied', 'implicit', 'confirmed'], state),
            implied_by NULLS FIRST, statement_id
    ) AS n
FROM words;

-- One row for each claim, party, day and state: what a party said, with its evidence.
-- note: condemned and praised are about the act, and change no status.
CREATE OR REPLACE VIEW claim_timeline AS
SELECT
    claim, party, is_party, said_on, state, state IN ('condemned', 'praised') AS note,
    bool_and(background) AS background,
    CASE WHEN bool_and(implied_by IS NOT NULL) THEN min(implied_by) END AS implied_by,
    list(statement_id ORDER BY printed_at, statement_id) AS evidence,
    list_sort(list(DISTINCT speaker)) AS speakers,
    least(count(DISTINCT family), count(DISTINCT origin)) AS publishers,
    min(printed_at) AS printed_at
FROM ledger_statements
WHERE trusted
GROUP BY claim, party, is_party, said_on, state
ORDER BY claim, party, said_on, printed_at, state;

-- Independent publishers behind each stance: a publisher's outlets are one, and so are all copies of one text.
CREATE OR REPLACE VIEW corroboration AS
SELECT
    claim, party, stance,
    least(count(DISTINCT family), count(DISTINCT origin)) AS publishers,
    list_sort(list(DISTINCT family)) AS families,
    list_sort(list(DISTINCT origin)) AS origins,
    list(statement_id ORDER BY said_on, printed_at, statement_id) AS evidence,
    min(said_on) AS first_said,
    max(said_on) AS last_said
FROM ledger_statements
WHERE trusted
GROUP BY claim, party, stance
ORDER BY claim, party, stance;
