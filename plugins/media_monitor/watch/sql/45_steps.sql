-- The dated history: one row each time that a party's status on a claim changes. prior_state: 'silent' before the first.
-- said_on: the first day of the new state; where all its words are recalled without a date (undated), the last day
-- that they can have been said. The words shown are the first of that day: those about the claim itself before implied
-- ones, news before recollection, primary sources before others. A step on record has the source of the record.
-- reversal: against an earlier opposite stance: a confirmation after a denial or refusal, a denial after a confirmation.
-- contested: the party's own officials contradict it (contests of ledger_turns); its confirmations are disputed then.
-- news: false where it is on record, where only background tells of it, and where two independent publishers had
-- recalled it before anybody said it anew_
CREATE OR REPLACE VIEW anew_steps AS
WITH
    turns AS MATERIALIZED (
        SELECT word.*
        FROM kept_words AS word
        JOIN anew_cells AS cell ON cell.claim = word.claim AND cell.party = word.party
        WHERE word.step >= cell.step
    ),
    firsts AS (
        SELECT claim, party, step, state, is_party, statement_id, implied_by AS shown_by, said_on AS shown_on
        FROM turns
        QUALIFY row_number() OVER (
            PARTITION BY claim, party, step
            ORDER BY
                on_record DESC, undated, said_on, implied_by IS NOT NULL, background, NOT is_primary, printed_at,
                confidence DESC, implied_by, sentence, start, statement_id
        ) = 1
    ),
    weighed AS (
        SELECT
            claim, party, step, min(n) AS first_n,
            coalesce(min(said_on) FILTER (NOT undated), min(said_on)) AS said_on, bool_and(undated) AS undated,
            bool_or(on_record) AS on_record, bool_or(is_primary) AS has_primary,
            CASE WHEN bool_and(implied_by IS NOT NULL) THEN min(implied_by) END AS implied_by,
            coalesce(list(statement_id ORDER BY n) FILTER (statement_id IS NOT NULL), []) AS evidence,
            least(count(DISTINCT family), count(DISTINCT reporter)) AS publishers,
            count(DISTINCT primary_source) AS primary_sources,
            min(said_on) FILTER (NOT background) AS told_on,
            count(DISTINCT reporter) FILTER (background AND NOT undated) AS recalling
        FROM turns
        GROUP BY claim, party, step
    ),
    ordered AS (
        SELECT
            weighed.* REPLACE (
                CASE WHEN weighed.undated THEN min(weighed.said_on) OVER onwards ELSE weighed.said_on END AS said_on
            ),
            firsts.* EXCLUDE (claim, party, step),
            coalesce(lag(firsts.state) OVER following, cell.prior_state, 'silent') AS prior_state,
            greatest(confirmed_step, max(weighed.step) FILTER (firsts.state = 'confirmed') OVER before) AS last_confirmed,
            greatest(
                affirmed_step, max(weighed.step) FILTER (firsts.state IN ('confirmed', 'implicit')) OVER before
            ) AS affirmed,
            greatest(denied_step, max(weighed.step) FILTER (firsts.state = 'denied') OVER before) AS denied,
            greatest(declined_step, max(weighed.step) FILTER (firsts.state = 'declined') OVER before) AS declined
        FROM weighed
        JOIN firsts USING (claim, party, step)
        JOIN anew_cells AS cell ON cell.claim = weighed.claim AND cell.party = weighed.party
        WINDOW
            following AS (PARTITION BY weighed.claim, weighed.party ORDER BY weighed.step),
            onwards AS (
                PARTITION BY weighed.claim, weighed.party ORDER BY weighed.step
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
            ),
            before AS (
                PARTITION BY weighed.claim, weighed.party ORDER BY weighed.step
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
    )
SELECT
    coalesce(s.beat, record.beat, '') AS beat, o.claim, o.party, o.is_party, o.step, o.state, o.prior_state, o.said_on,
    o.undated, s.printed_at, o.statement_id AS first_statement, o.evidence, s.speaker, s.speaker_id,
    coalesce(s.quote, s.surface) AS quote, s.via, s.outlet, coalesce(s.url, record.source_url) AS url,
    coalesce(s.title, record.source_title) AS title, s.language, o.publishers, o.primary_sources,
    CASE
        WHEN o.state = 'implicit' THEN 'implicit'
        WHEN o.publishers = 0 THEN 'on record'
        WHEN o.has_primary THEN 'primary'
        WHEN o.publishers >= rules.corroborating_publishers THEN 'corroborated'
        ELSE 'single source'
    END AS grade,
    o.implied_by,
    CASE
        WHEN o.state IN ('confirmed', 'implicit') THEN greatest(o.denied, o.declined) > o.last_confirmed
        WHEN o.state = 'denied' THEN o.affirmed > o.denied
        ELSE false
    END AS reversal,
    o.told_on IS NOT NULL AND NOT o.on_record AND NOT (
        o.recalling >= rules.corroborating_publishers AND o.told_on > o.said_on + rules.first_days
    ) AS news,
    o.on_record
FROM ordered AS o
CROSS JOIN ledger_rules AS rules
LEFT JOIN ledger_statements AS s
    ON s.claim = o.claim AND s.party = o.party AND s.statement_id = o.statement_id
    AND s.implied_by IS NOT DISTINCT FROM o.shown_by
LEFT JOIN kept_recorded AS record
    ON o.statement_id IS NULL AND record.claim = o.claim AND record.party = o.party AND record.state = o.state
    AND record.since = o.shown_on AND record.implied_by IS NOT DISTINCT FROM o.shown_by;

CREATE OR REPLACE TABLE kept_steps AS FROM anew_steps LIMIT 0;

CREATE OR REPLACE VIEW ledger_steps AS
SELECT
    step.* REPLACE (
        CASE WHEN contest.claim IS NOT NULL AND step.state = 'confirmed' THEN 'disputed' ELSE step.grade END AS grade
    ),
    contest.claim IS NOT NULL AS contested
FROM kept_steps AS step
LEFT JOIN (SELECT DISTINCT claim, party FROM kept_contests) AS contest USING (claim, party)
ORDER BY claim, party, step;
