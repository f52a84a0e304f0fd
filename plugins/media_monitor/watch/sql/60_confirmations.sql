-- The first confirmation of each claim by each party to it, or its first praise where it never confirmed.
-- The words are those of the first day, said about the claim itself and by a primary source where there are such.
-- implied_by: the more specific claim that the party, being a party to it, confirmed on that day, where more publishers
-- print that than words on this claim itself; the specific claim is the news then, and this one is told with it.
-- news: false while only articles that recall it tell of it, where it is on record, and where two independent
-- publishers had recalled it before anybody said it anew_
-- on_record: the day is that of the record, with its source; words and evidence are the ledger's first repetition.
CREATE OR REPLACE VIEW confirmations AS
WITH
    turns AS NOT MATERIALIZED (FROM ledger_turns),
    contested AS (SELECT DISTINCT claim, party FROM kept_contests),
    begun AS (
        SELECT
            claim, party, bool_or(state = 'confirmed') AS explicit,
            CASE WHEN explicit THEN 'confirmed' ELSE 'implicit' END AS state,
            coalesce(min(said_on) FILTER (state = 'confirmed'), min(said_on)) AS since,
            CASE WHEN explicit THEN min(said_on) FILTER (NOT on_record AND state = 'confirmed')
                ELSE min(said_on) FILTER (NOT on_record) END AS told_first
        FROM turns
        WHERE is_party AND state IN ('confirmed', 'implicit')
        GROUP BY claim, party
    ),
    affirmed AS (
        SELECT
            a.*, begun.explicit, begun.since, begun.told_first,
            list_contains(specific.parties, a.party) AS implied_by_party
        FROM turns AS a
        JOIN begun ON begun.claim = a.claim AND begun.party = a.party AND begun.state = a.state
        LEFT JOIN claims AS specific ON specific.claim = a.implied_by
        WHERE a.is_party
    ),
    firsts AS (
        SELECT *
        FROM affirmed
        WHERE told_first IS NULL OR (NOT on_record AND said_on = told_first)
        QUALIFY row_number() OVER (
            PARTITION BY claim, party
            ORDER BY
                on_record, said_on, implied_by IS NOT NULL, background, NOT is_primary, printed_at, confidence DESC,
                implied_by, sentence, start, statement_id
        ) = 1
    ),
    weighed AS (
        SELECT
            claim, party, min(n) AS first_n, min(since) AS since, bool_and(explicit) AS explicit,
            bool_or(on_record) AS on_record,
            arg_min({'since': said_on, 'implied_by': implied_by}, said_on) FILTER (on_record) AS known,
            CASE
                WHEN count(DISTINCT family) FILTER (said_on = since AND implied_by_party)
                    > count(DISTINCT family) FILTER (said_on = since AND implied_by IS NULL)
                THEN min(implied_by) FILTER (said_on = since AND implied_by_party)
            END AS implied_by,
            bool_or(is_primary) AS has_primary,
            least(count(DISTINCT family), count(DISTINCT reporter)) AS publishers,
            count(DISTINCT primary_source) AS primary_sources,
            coalesce(
                list(statement_id ORDER BY said_on, printed_at, statement_id) FILTER (statement_id IS NOT NULL), []
            ) AS evidence,
            min(said_on) FILTER (NOT background) AS told_on,
            count(DISTINCT reporter) FILTER (background) AS recalling
        FROM affirmed
        GROUP BY claim, party
    ),
    before AS (
        SELECT
            weighed.claim, weighed.party, arg_max(words.state, words.n) AS prior_status,
            bool_or(words.state IN ('denied', 'declined')) AS reversal
        FROM weighed
        JOIN turns AS words
            ON words.claim = weighed.claim AND words.party = weighed.party AND words.n < weighed.first_n
        WHERE words.state IN ('alleged', 'declined', 'denied')
        GROUP BY weighed.claim, weighed.party
    )
SELECT
    coalesce(s.beat, record.beat, '') AS beat, firsts.claim, firsts.party,
    CASE
        WHEN NOT weighed.explicit THEN 'implicit'
        WHEN contest.claim IS NOT NULL THEN 'disputed'
        WHEN weighed.publishers = 0 THEN 'on record'
        WHEN weighed.has_primary THEN 'primary'
        WHEN weighed.publishers >= rules.corroborating_publishers THEN 'corroborated'
        ELSE 'single source'
    END AS grade,
    coalesce(before.reversal, false) AS reversal, weighed.implied_by,
    coalesce(before.prior_status, 'silent') AS prior_status, weighed.since,
    firsts.statement_id AS first_statement, weighed.evidence, weighed.publishers, s.speaker, s.speaker_id,
    coalesce(s.quote, s.surface) AS quote, s.via, s.outlet, s.url, s.title, s.language, s.printed_at,
    weighed.told_on IS NOT NULL AND NOT weighed.on_record AND NOT (
        weighed.recalling >= rules.corroborating_publishers AND weighed.told_on > weighed.since + rules.first_days
    ) AS news,
    firsts.state, weighed.primary_sources, weighed.on_record, record.source_url AS record_url,
    record.source_title AS record_title
FROM firsts
JOIN weighed USING (claim, party)
CROSS JOIN ledger_rules AS rules
LEFT JOIN before USING (claim, party)
LEFT JOIN ledger_statements AS s
    ON s.claim = firsts.claim AND s.party = firsts.party AND s.statement_id = firsts.statement_id
    AND s.implied_by IS NOT DISTINCT FROM firsts.implied_by
LEFT JOIN ledger_record AS record
    ON record.claim = firsts.claim AND record.party = firsts.party AND record.state = firsts.state
    AND record.since = weighed.known.since AND record.implied_by IS NOT DISTINCT FROM weighed.known.implied_by
LEFT JOIN contested AS contest ON contest.claim = firsts.claim AND contest.party = firsts.party
ORDER BY weighed.since, firsts.party, firsts.claim;

-- Steps against an earlier opposite stance of the same party, both ways: a confirmation after a denial or a refusal,
-- and a denial after a confirmation.
CREATE OR REPLACE VIEW reversals AS
SELECT
    beat, claim, party, grade, reversal, implied_by, prior_state AS prior_status, said_on AS since, first_statement,
    evidence, publishers, speaker, speaker_id, quote, via, outlet, url, title, language, printed_at, news,
    state, step, on_record
FROM ledger_steps
WHERE reversal
ORDER BY said_on, party, claim;
