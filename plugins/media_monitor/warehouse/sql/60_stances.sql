-- Who takes which stance on which claim, as printed. Left out: background (older stances that an article recalls),
-- so that a row means something new was said or printed; and hypothetical statements ("if Moscow confirms").
-- These views count printing; where a party stands now is told by the claim ledger (claim_status).

-- By day of publication. role: official, media, expert or source; only officials speak for their party.
CREATE OR REPLACE VIEW stance_daily AS
SELECT day, claim, party, role, stance, statements, articles, publishers FROM stance_days;

-- Stances of officials on one claim (NULL: on any) by bucket and party. Each number counts articles.
CREATE OR REPLACE MACRO stance_over_time(claim_id, first_day, last_day, bucket := 'week') AS TABLE
SELECT
    bucket_day,
    party,
    count(*) FILTER (stance = 'confirm') AS confirm,
    count(*) FILTER (stance = 'allege') AS allege,
    count(*) FILTER (stance = 'decline') AS decline,
    count(*) FILTER (stance = 'deny') AS deny,
    count(*) FILTER (stance = 'condemn') AS condemn,
    count(*) FILTER (stance = 'praise') AS praise
FROM (
    SELECT CAST(date_trunc(bucket, day) AS DATE) AS bucket_day, party, stance, article
    FROM voices
    WHERE NOT background AND NOT hypothetical AND role = 'official'
        AND (claim_id IS NULL OR claim = claim_id)
        AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    GROUP BY ALL
)
GROUP BY bucket_day, party
ORDER BY bucket_day, party;

-- Which kind of outlet prints whose stance: officials, all days.
CREATE OR REPLACE VIEW stance_by_affiliation AS
SELECT
    claim,
    party,
    stance,
    affiliation,
    count(DISTINCT article) AS articles,
    count(DISTINCT publisher) AS publishers,
    min(day) AS first_day,
    max(day) AS last_day
FROM voices
WHERE NOT background AND NOT hypothetical AND role = 'official'
GROUP BY claim, party, stance, affiliation;
