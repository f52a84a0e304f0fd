-- Alerts as a desk has them at a moment, with what became of each.
-- state, the first that holds of: wrong, acknowledged, withdrawn, told with another (in the message of the specific
-- claim), failed (a channel took no message; the next run tries again), unknown (nobody knows whether it arrived),
-- sent, due later (quiet hours, digest), waiting.
-- Rows of before there were kinds are first confirmations.
CREATE OR REPLACE MACRO alerts_at(moment) AS TABLE
SELECT
    alert_id, raised_at,
    coalesce(kind, CASE WHEN grade = 'implicit' THEN 'implicit' ELSE 'first_confirmation' END) AS kind,
    coalesce(rule, 'first_confirmation') AS rule,
    coalesce(subject, claim, '') AS subject,
    coalesce(summary, '') AS summary,
    CASE
        WHEN wrong_at IS NOT NULL THEN 'wrong'
        WHEN acknowledged_at IS NOT NULL THEN 'acknowledged'
        WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
        WHEN implied_by IS NOT NULL THEN 'told with another'
        WHEN len(list_filter(deliveries, lambda d: d.state = 'failed')) > 0 THEN 'failed'
        WHEN len(list_filter(deliveries, lambda d: d.state IN ('unknown', 'sending'))) > 0 THEN 'unknown'
        WHEN len(list_filter(deliveries, lambda d: d.state = 'sent')) > 0 THEN 'sent'
        WHEN due_at > moment THEN 'due later'
        ELSE 'waiting'
    END AS state,
    beat, claim, party, grade, reversal, implied_by, prior_status, since, first_statement, evidence, publishers,
    speaker, speaker_id, quote, via, outlet, url, title, language, printed_at, deliveries, due_at, acknowledged_at,
    acknowledged_by, wrong_at, wrong_reason, withdrawn_at, changed_at
FROM alerts;
