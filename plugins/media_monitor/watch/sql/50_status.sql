-- Where each party stands on each claim now. Parties to a claim that said nothing on its truth are silent; others
-- appear once they have said something.
-- After a confirmation only a denial changes the status: to decline to comment again takes nothing back.
CREATE OR REPLACE VIEW claim_status AS
WITH
    marked AS (
        SELECT
            *,
            coalesce(max(n) FILTER (state = 'confirmed') OVER earlier, 0) AS last_confirmed,
            coalesce(max(n) FILTER (state = 'implicit') OVER earlier, 0) AS last_implicit,
            coalesce(max(n) FILTER (state = 'denied') OVER earlier, 0) AS last_denied
        FROM ledger_words
        WINDOW earlier AS (PARTITION BY claim, party ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ),
    steps AS (
        SELECT *, first_value(state) OVER (PARTITION BY claim, party ORDER BY n DESC) AS final
        FROM marked
        WHERE NOT (state IN ('alleged', 'declined') AND greatest(last_confirmed, last_implicit) > last_denied)
            AND NOT (state = 'implicit' AND last_confirmed > last_denied)
    ),
    turns AS (
        SELECT *, coalesce(max(n) FILTER (state <> final) OVER (PARTITION BY claim, party), 0) AS turn FROM steps
    ),
    now_said AS (
        SELECT
            claim, party, final AS state, min(said_on) AS since,
            CASE WHEN bool_and(implied_by IS NOT NULL) THEN min(implied_by) END AS implied_by,
            list(statement_id ORDER BY n) AS evidence,
            least(count(DISTINCT family), count(DISTINCT origin)) AS publishers
        FROM turns
        WHERE n > turn
        GROUP BY claim, party, final
    ),
    ever_said AS (
        SELECT
            claim, party, max(said_on) AS last_said,
            min(said_on) FILTER (state = 'confirmed') AS first_confirmed,
            list_sort(list(DISTINCT state) FILTER (state IN ('condemned', 'praised'))) AS notes
        FROM ledger_statements
        WHERE trusted
        GROUP BY claim, party
    ),
    seats AS (
        SELECT claim, unnest(parties) AS party, true AS is_party FROM claims
        UNION
        SELECT claim, party, is_party FROM ledger_words
    )
SELECT
    seats.claim, claims.title, seats.party, seats.is_party, coalesce(now_said.state, 'silent') AS state,
    now_said.since, ever_said.first_confirmed, ever_said.last_said, now_said.implied_by,
    coalesce(ever_said.notes, []) AS notes, coalesce(now_said.evidence, []) AS evidence,
    coalesce(now_said.publishers, 0) AS publishers
FROM seats
JOIN claims USING (claim)
LEFT JOIN now_said USING (claim, party)
LEFT JOIN ever_said USING (claim, party)
ORDER BY seats.claim, seats.is_party DESC, seats.party;
