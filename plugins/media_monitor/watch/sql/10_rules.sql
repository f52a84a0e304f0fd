-- The ledger's numbers, in one place.
-- confidence_floor: a statement below it changes no status. It keeps out plain assertions that a rule took for a
-- confirmation on weak grounds; the statement itself stays in ledger_statements.
-- corroborating_publishers: so many independent publishers make a confirmation corroborated; and so many that recall
-- an old one make it known, so that words said later are no news.
-- first_days: own evidence said and printed up to so many days after what is on record tells the same news; and words
-- said up to so many days after a confirmation that others recall do.
-- news_hours: what is printed up to so many hours after the first report of a change is its news, later is coverage.
CREATE OR REPLACE VIEW ledger_rules AS
SELECT 0.5 AS confidence_floor, 2 AS corroborating_publishers, 3 AS first_days, 24 AS news_hours;

-- Which claim a claim implies, over any number of steps. Claims that imply each other are one and the same here.
CREATE OR REPLACE VIEW claim_implications AS
WITH RECURSIVE
    step AS (SELECT claim, unnest(implies) AS implied FROM claims),
    closure AS (
        SELECT claim, implied FROM step
        UNION
        SELECT closure.claim, step.implied FROM closure JOIN step ON step.claim = closure.implied
    )
SELECT claim, implied
FROM closure
WHERE NOT EXISTS (
    SELECT 1 FROM closure AS back WHERE back.claim = closure.implied AND back.implied = closure.claim
);

-- Which claims a stance on a claim speaks to, and the state that it makes there.
-- To confirm or allege a claim is to confirm or allege what it implies; to deny a claim is to deny what implies it.
-- implied_by: the claim that the words were about; null when they were about this claim.
CREATE OR REPLACE VIEW claim_reach AS
WITH
    stances AS (
        SELECT unnest(['confirm', 'allege', 'deny', 'decline', 'condemn', 'praise']) AS stance,
            unnest(['confirmed', 'alleged', 'denied', 'declined', 'condemned', 'praised']) AS state
    ),
    reached AS (
        SELECT claim AS said_claim, claim, NULL::VARCHAR AS implied_by, stance, state FROM claims, stances
        UNION ALL
        SELECT claim, implied, claim, stance, state FROM claim_implications, stances
        WHERE stance IN ('confirm', 'allege')
        UNION ALL
        SELECT implied, claim, implied, stance, state FROM claim_implications, stances WHERE stance = 'deny'
    )
SELECT reached.*, claims.parties FROM reached JOIN claims USING (claim);

CREATE OR REPLACE TABLE kept_reach AS FROM claim_reach LIMIT 0;
