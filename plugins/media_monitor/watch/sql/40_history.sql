-- What the public record of the beat says (record.toml), with what follows from it; see claim_reach.
-- Only what had been said by the day of the newest article.
CREATE OR REPLACE VIEW ledger_record AS
SELECT
    record.beat, reach.claim, reach.implied_by, record.party, record.since, record.source_url, record.source_title,
    list_contains(reach.parties, record.party) AS is_party,
    CASE WHEN record.state = 'implicit' THEN 'implicit' ELSE reach.state END AS state
FROM record
JOIN claim_reach AS reach ON reach.said_claim = record.claim
    AND reach.state = CASE WHEN record.state = 'implicit' THEN 'praised' ELSE record.state END
WHERE record.since <= (SELECT max(day) FROM articles);

-- Each party's words on the truth of a claim, numbered from the first to the latest (n); on_record: from the record.
-- Praise by a party to the claim is an implicit acknowledgement. On one day, what an article recalls comes before its
-- news, then the order of printing decides; in one article a party that both refused and confirmed has confirmed last.
-- Left out: that a party to the claim alleges something which implies it. Its own word on the claim is no allegation.
-- The record steps back where the ledger has evidence of its own that was said and printed up to first_days after it:
-- what happens while the ledger watches is its own news.
-- A word has no text: its statement_id leads to that.
CREATE OR REPLACE VIEW ledger_words AS
WITH
    said AS MATERIALIZED (
        SELECT
            claim, party, is_party, CASE WHEN state = 'praised' THEN 'implicit' ELSE state END AS state, implied_by,
            said_on, ordered_on, undated, background, false AS on_record, statement_id, article_id, day, sentence,
            start, confidence, printed_at, is_primary, family, reporter, primary_source
        FROM ledger_statements
        WHERE trusted AND (state IN ('alleged', 'declined', 'denied', 'confirmed') OR (state = 'praised' AND is_party))
            AND NOT (state = 'alleged' AND is_party AND implied_by IS NOT NULL)
    ),
    recorded AS (
        SELECT known.*
        FROM ledger_record AS known
        ANTI JOIN (SELECT claim, party, state, greatest(ordered_on, day) AS told_by, first_days FROM said, ledger_rules)
            AS own
            ON own.claim = known.claim AND own.party = known.party AND own.state = known.state
            AND own.told_by <= known.since + own.first_days
    ),
    words AS (
        SELECT * FROM said
        UNION ALL BY NAME
        SELECT
            claim, implied_by, party, is_party, state, since AS said_on, since AS ordered_on, false AS undated,
            true AS background, true AS on_record
        FROM recorded
    )
SELECT
    *,
    row_number() OVER (
        PARTITION BY claim, party
        ORDER BY
            ordered_on, on_record DESC, background DESC, printed_at,
            list_position(['alleged', 'declined', 'denied', 'implicit', 'confirmed'], state),
            implied_by NULLS FIRST, statement_id
    ) AS n
FROM words;

-- The words that a party's status follows, each with the number of its step: a step lasts as long as the state does.
-- After a confirmation only a denial changes the status: to decline to comment again takes nothing back, nor does a
-- denial that an article recalls, or tells beside the confirmation: that one came before it.
-- contests: a denial that is no recollection and stands beside a confirmation of the party: said on the day of the
-- first one or later, and not followed by one on a later day. In an article that tells of both, the confirmation came
-- last, and nothing is contested.
CREATE OR REPLACE VIEW ledger_turns AS
WITH
    marked AS (
        SELECT
            *,
            coalesce(max(n) FILTER (state = 'confirmed') OVER earlier, 0) AS last_confirmed,
            coalesce(max(n) FILTER (state = 'implicit') OVER earlier, 0) AS last_implicit,
            coalesce(max(n) FILTER (state = 'denied') OVER earlier, 0) AS last_denied,
            coalesce(bool_or(state IN ('confirmed', 'implicit')) OVER (PARTITION BY claim, party, article_id), false)
                AS affirmed_there
        FROM ledger_words
        WINDOW earlier AS (PARTITION BY claim, party ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ),
    heard AS (
        SELECT
            * EXCLUDE (last_confirmed, last_implicit, last_denied, affirmed_there),
            coalesce(lag(state) OVER (PARTITION BY claim, party ORDER BY n), '') <> state AS turns,
            state IN ('confirmed', 'implicit') AND is_party AS affirms
        FROM marked
        WHERE NOT (state IN ('alleged', 'declined') AND greatest(last_confirmed, last_implicit) > last_denied)
            AND NOT (state = 'implicit' AND last_confirmed > last_denied)
            AND NOT (
                state = 'denied' AND (affirmed_there OR background) AND greatest(last_confirmed, last_implicit) > last_denied
            )
    )
SELECT
    * EXCLUDE (turns, affirms),
    count(*) FILTER (turns) OVER (
        PARTITION BY claim, party ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS step,
    coalesce(
        state = 'denied' AND NOT background AND said_on >= max(said_on) FILTER (affirms) OVER side
        AND NOT bool_or(affirms) OVER (PARTITION BY claim, party, article_id),
        false
    ) AS contests
FROM heard
WINDOW side AS (PARTITION BY claim, party);
