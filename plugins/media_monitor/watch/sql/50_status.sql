-- Where each party stands on each claim now: the last of its steps. Parties to a claim that said nothing on its truth
-- are silent; others appear once they have said something.
CREATE OR REPLACE VIEW anew_status AS
WITH
    now_said AS MATERIALIZED (
        SELECT *, min(said_on) FILTER (state = 'confirmed') OVER (PARTITION BY claim, party) AS first_confirmed
        FROM ledger_steps
        QUALIFY step = max(step) OVER (PARTITION BY claim, party)
    ),
    ever_said AS (
        SELECT
            claim, party, max(said_on) AS last_said,
            list_sort(list(DISTINCT state) FILTER (state IN ('condemned', 'praised'))) AS notes
        FROM ledger_statements
        WHERE trusted
        GROUP BY claim, party
    ),
    seats AS (
        SELECT claim, unnest(parties) AS party, true AS is_party FROM claims
        UNION
        SELECT claim, party, is_party FROM now_said
    )
SELECT
    seats.claim, claims.title, seats.party, seats.is_party, coalesce(now_said.state, 'silent') AS state,
    now_said.said_on AS since, now_said.first_confirmed, ever_said.last_said, now_said.implied_by,
    coalesce(ever_said.notes, []) AS notes, coalesce(now_said.evidence, []) AS evidence,
    coalesce(now_said.publishers, 0) AS publishers, coalesce(now_said.primary_sources, 0) AS primary_sources,
    now_said.grade, coalesce(now_said.reversal, false) AS reversal, coalesce(now_said.on_record, false) AS on_record,
    coalesce(now_said.contested, false) AS contested
FROM seats
JOIN claims USING (claim)
LEFT JOIN now_said USING (claim, party)
LEFT JOIN ever_said USING (claim, party);

CREATE OR REPLACE TABLE kept_status AS FROM anew_status LIMIT 0;
CREATE OR REPLACE VIEW claim_status AS FROM kept_status ORDER BY claim, is_party DESC, party;

-- Who says the opposite now: one row for each party that affirms or denies a claim, and each opponent that does the
-- reverse. A party whose own officials contradict it is its own opponent.
CREATE OR REPLACE VIEW anew_disputes AS
WITH
    standing AS MATERIALIZED (
        SELECT claim, party, state, since, evidence, state = 'denied' AS denies
        FROM kept_status
        WHERE state IN ('alleged', 'implicit', 'confirmed', 'denied')
    ),
    within AS (
        SELECT
            claim, party, min(said_on) FILTER (NOT contests) AS since, min(said_on) FILTER (contests) AS denied_since,
            coalesce(list(statement_id ORDER BY n) FILTER (NOT contests AND NOT on_record), []) AS evidence,
            list(statement_id ORDER BY n) FILTER (contests) AS denials
        FROM ledger_turns
        WHERE is_party AND (contests OR state IN ('confirmed', 'implicit'))
        GROUP BY claim, party
        HAVING bool_or(contests)
    )
SELECT
    one.claim, one.party, one.state, one.since, one.evidence, other.party AS opponent, other.state AS opponent_state,
    other.since AS opponent_since, other.evidence AS opponent_evidence
FROM standing AS one
JOIN standing AS other ON other.claim = one.claim AND other.denies <> one.denies
UNION ALL
SELECT claim, party, 'confirmed', since, evidence, party, 'denied', denied_since, denials
FROM within;

CREATE OR REPLACE TABLE kept_disputes AS FROM anew_disputes LIMIT 0;
CREATE OR REPLACE VIEW disputes AS FROM kept_disputes ORDER BY claim, party, opponent;
