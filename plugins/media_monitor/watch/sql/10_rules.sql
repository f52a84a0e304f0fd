-- The ledger's numbers, in one place.
-- confidence_floor: a statement below it changes no status. It keeps out plain assertions that a rule took for a
-- confirmation on weak grounds; the statement itself stays in ledger_statements.
CREATE OR REPLACE VIEW ledger_rules AS
SELECT 0.5 AS confidence_floor, 2 AS corroborating_publishers;

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
