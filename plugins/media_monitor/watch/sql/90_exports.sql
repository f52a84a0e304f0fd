-- What exports give out: each confirmation that raised an alert, as it is known now, withdrawn and wrong ones too, and
-- those of the ledger that raised none (on record, only recalled, or no rule is on): these have no alert_id, raised_at
-- and summary.
-- state: confirmed or implicit. The other columns are those of confirmations and of the table alerts.
CREATE OR REPLACE VIEW exported_confirmations AS
WITH
    raised AS (
        SELECT
            *,
            CASE WHEN kind = 'implicit' OR (kind IS NULL AND grade = 'implicit') THEN 'implicit' ELSE 'confirmed'
            END AS state
        FROM alerts
        WHERE first_statement IS NOT NULL AND (kind IS NULL OR kind IN ('first_confirmation', 'implicit'))
    )
SELECT
    alert_id, beat, claim, party, state, grade, reversal, implied_by, prior_status, since, first_statement, evidence,
    publishers, speaker, speaker_id, quote, via, outlet, url, title, language, printed_at, summary, raised_at,
    changed_at, withdrawn_at, wrong_at
FROM raised
UNION ALL BY NAME
SELECT
    beat, claim, party, state, grade, reversal, implied_by, prior_status, since, first_statement, evidence, publishers,
    speaker, speaker_id, quote, via, outlet, url, title, language, printed_at
FROM confirmations
ANTI JOIN (FROM raised WHERE wrong_at IS NULL AND withdrawn_at IS NULL) USING (claim, party, state);

-- The same of every step of the ledger: what each party said each time that its status on a claim changed, with its
-- alert where it raised one; and confirmations that are withdrawn or wrong.
CREATE OR REPLACE VIEW exported_steps AS
WITH
    told AS (
        SELECT
            alert_id, claim, party, first_statement, summary, raised_at, changed_at, withdrawn_at, wrong_at,
            CASE
                WHEN kind = 'implicit' OR (kind IS NULL AND grade = 'implicit') THEN 'implicit'
                WHEN kind = 'denial' OR (kind = 'reversal' AND prior_status <> 'denied') THEN 'denied'
                ELSE 'confirmed'
            END AS state
        FROM alerts
        WHERE kind IS NULL OR kind IN ('first_confirmation', 'implicit', 'denial', 'reversal')
        QUALIFY row_number() OVER (PARTITION BY claim, party, first_statement, state ORDER BY raised_at, alert_id) = 1
    ),
    stepped AS (
        SELECT
            told.alert_id, steps.beat, steps.claim, steps.party, steps.state, steps.grade, steps.reversal,
            steps.implied_by, steps.prior_state AS prior_status, steps.said_on AS since, steps.first_statement,
            steps.evidence, steps.publishers, steps.speaker, steps.speaker_id, steps.quote, steps.via, steps.outlet,
            steps.url, steps.title, steps.language, steps.printed_at, told.summary, told.raised_at, told.changed_at,
            told.withdrawn_at, told.wrong_at
        FROM ledger_steps AS steps
        LEFT JOIN told
            ON told.claim = steps.claim AND told.party = steps.party AND told.state = steps.state
            AND told.first_statement = steps.first_statement
    )
FROM stepped
UNION ALL BY NAME
SELECT *
FROM exported_confirmations
ANTI JOIN stepped USING (alert_id)
WHERE withdrawn_at IS NOT NULL OR wrong_at IS NOT NULL;
