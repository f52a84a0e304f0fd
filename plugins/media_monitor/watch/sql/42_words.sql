-- Each party's words on the truth of a claim, numbered from the first to the latest (n), with the number of their step
-- where the party's status follows them; on_record: from the record.
-- On one day, what an article recalls comes before its news, then the order of printing decides; in one article a
-- party that both refused and confirmed has confirmed last.
-- A step lasts as long as the state does. After a confirmation only a denial changes the status: to decline to comment
-- again takes nothing back, nor does a denial that an article recalls, or tells beside the confirmation: that one came
-- before it.
-- A word has no text: its statement_id leads to that.
CREATE OR REPLACE VIEW anew_words AS
WITH
    uttered AS (
        FROM anew_said
        UNION ALL BY NAME
        SELECT
            claim, implied_by, party, is_party, state, since AS said_on, since AS ordered_on, false AS undated,
            true AS background, true AS on_record
        FROM kept_recorded
    ),
    numbered AS (
        SELECT
            word.*,
            cell.n + row_number() OVER (
                PARTITION BY word.claim, word.party
                ORDER BY
                    ordered_on, on_record DESC, background DESC, printed_at,
                    list_position(['alleged', 'declined', 'denied', 'implicit', 'confirmed'], word.state),
                    implied_by NULLS FIRST, statement_id
            ) AS n,
            cell.confirmed, cell.implicit, cell.denied, cell.state AS state_before, cell.step AS steps_before
        FROM uttered AS word
        JOIN anew_cells AS cell ON cell.claim = word.claim AND cell.party = word.party
        WHERE word.ordered_on >= cell.since
    ),
    told AS (
        SELECT
            claim, party, n,
            state = 'denied' AND (background OR EXISTS (
                FROM uttered AS beside
                WHERE beside.claim = numbered.claim AND beside.party = numbered.party
                    AND beside.article_id IS NOT DISTINCT FROM numbered.article_id
                    AND beside.state IN ('confirmed', 'implicit')
            )) AS came_before
        FROM numbered
        WHERE state = 'denied'
    ),
    marked AS (
        SELECT
            numbered.*, coalesce(told.came_before, false) AS came_before,
            greatest(confirmed, max(n) FILTER (state = 'confirmed') OVER earlier) AS last_confirmed,
            greatest(implicit, max(n) FILTER (state = 'implicit') OVER earlier) AS last_implicit,
            greatest(denied, max(n) FILTER (state = 'denied') OVER earlier) AS last_denied
        FROM numbered
        LEFT JOIN told USING (claim, party, n)
        WINDOW earlier AS (PARTITION BY claim, party ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ),
    weighed AS (
        SELECT
            *,
            CASE state
                WHEN 'confirmed' THEN true
                WHEN 'implicit' THEN last_confirmed <= last_denied
                WHEN 'denied' THEN NOT came_before OR greatest(last_confirmed, last_implicit) <= last_denied
                ELSE greatest(last_confirmed, last_implicit) <= last_denied
            END AS heard
        FROM marked
    ),
    turned AS (
        SELECT
            *,
            heard AND state <> coalesce(
                lag(state) OVER (PARTITION BY claim, party, heard ORDER BY n), state_before, ''
            ) AS turns
        FROM weighed
    )
SELECT
    * EXCLUDE (
        confirmed, implicit, denied, state_before, steps_before, came_before, last_confirmed, last_implicit,
        last_denied, heard, turns
    ),
    CASE WHEN heard THEN
        steps_before + count(*) FILTER (turns) OVER (
            PARTITION BY claim, party ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
    END AS step
FROM turned;

CREATE OR REPLACE TABLE kept_words AS FROM anew_words LIMIT 0;
CREATE OR REPLACE VIEW ledger_words AS SELECT * EXCLUDE (step) FROM kept_words;

-- Denials that are no recollection and stand beside a confirmation of the party: said on the day of the first one or
-- later, and not followed by one on a later day. In an article that tells of both, the confirmation came last, and
-- nothing is contested.
CREATE OR REPLACE VIEW anew_contests AS
WITH
    heard AS (
        SELECT word.claim, word.party, n, said_on, article_id, background, word.state,
            word.state IN ('confirmed', 'implicit') AND is_party AS affirms
        FROM kept_words AS word
        SEMI JOIN anew_cells AS cell ON cell.claim = word.claim AND cell.party = word.party
        WHERE word.step IS NOT NULL AND word.state IN ('confirmed', 'implicit', 'denied')
    ),
    affirmed AS (SELECT claim, party, max(said_on) AS said_on FROM heard WHERE affirms GROUP BY claim, party)
SELECT heard.claim, heard.party, heard.n
FROM heard
JOIN affirmed USING (claim, party)
WHERE heard.state = 'denied' AND NOT heard.background AND heard.said_on >= affirmed.said_on AND NOT EXISTS (
    FROM heard AS beside
    WHERE beside.affirms AND beside.claim = heard.claim AND beside.party = heard.party
        AND beside.article_id IS NOT DISTINCT FROM heard.article_id
);

CREATE OR REPLACE TABLE kept_contests AS FROM anew_contests LIMIT 0;

-- The words that a party's status follows, each with the number of its step, and whether it contests the party's own
-- confirmation.
CREATE OR REPLACE VIEW ledger_turns AS
SELECT word.*, contest.n IS NOT NULL AS contests
FROM kept_words AS word
LEFT JOIN kept_contests AS contest USING (claim, party, n)
WHERE word.step IS NOT NULL;
