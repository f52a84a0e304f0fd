-- The first time that each party to a claim denies it, where it had not confirmed it; see also reversals.
CREATE OR REPLACE VIEW denials AS
SELECT
    beat, claim, party, grade, reversal, implied_by, prior_state AS prior_status, said_on AS since, first_statement,
    evidence, publishers, speaker, speaker_id, quote, via, outlet, url, title, language, printed_at, news
FROM ledger_steps
WHERE is_party AND state = 'denied' AND NOT reversal
QUALIFY row_number() OVER (PARTITION BY claim, party ORDER BY step) = 1
ORDER BY since, party, claim;

-- Each time that a party to a claim takes back what it had confirmed, and each return from that where two independent
-- publishers had reported the denial. A first confirmation
-- after a denial is a confirmation with the mark reversal, and stands in confirmations.
CREATE OR REPLACE VIEW retractions AS
WITH
    past AS (
        SELECT
            claim, party, step,
            coalesce(bool_or(state = 'confirmed') OVER earlier, false) AS confirmed_before,
            coalesce(max(publishers) FILTER (state = 'denied' AND reversal) OVER earlier, 0) AS denied_by
        FROM kept_steps
        WINDOW earlier AS (
            PARTITION BY claim, party ORDER BY step ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    )
SELECT
    beat, claim, party, grade, reversal, implied_by, prior_state AS prior_status, said_on AS since, first_statement,
    evidence, publishers, speaker, speaker_id, quote, via, outlet, url, title, language, printed_at, news, state
FROM ledger_steps
JOIN past USING (claim, party, step)
CROSS JOIN ledger_rules AS rules
WHERE is_party AND reversal AND (
    state = 'denied' OR (state = 'confirmed' AND confirmed_before AND denied_by >= rules.corroborating_publishers)
)
ORDER BY since, party, claim;
