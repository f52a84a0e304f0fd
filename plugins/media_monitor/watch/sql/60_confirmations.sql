-- The first confirmation of each claim by each party to it, or its first praise where it never confirmed.
-- The words are those of the first day, said about the claim itself and by a primary source where there are such.
-- implied_by: the more specific claim that the party, being a party to it, confirmed on that day, where it said
-- nothing on this claim itself; the specific claim is the news then.
-- news: false while only articles that recall it tell of it.
CREATE OR REPLACE VIEW confirmations AS
WITH
    acknowledged AS (
        SELECT *, bool_or(state = 'confirmed') OVER (PARTITION BY claim, party) AS explicit
        FROM ledger_words
        WHERE is_party AND state IN ('confirmed', 'implicit')
    ),
    affirmed AS (
        SELECT
            a.*, min(said_on) OVER (PARTITION BY a.claim, a.party) AS since,
            list_contains(specific.parties, a.party) AS implied_by_party
        FROM acknowledged AS a
        LEFT JOIN claims AS specific ON specific.claim = a.implied_by
        WHERE state = CASE WHEN explicit THEN 'confirmed' ELSE 'implicit' END
    ),
    firsts AS (
        SELECT *
        FROM affirmed
        QUALIFY row_number() OVER (
            PARTITION BY claim, party
            ORDER BY
                said_on, implied_by IS NOT NULL, background, NOT primary_source, printed_at, confidence DESC,
                implied_by, sentence, start, statement_id
        ) = 1
    ),
    weighed AS (
        SELECT
            claim, party, min(n) AS first_n, bool_and(explicit) AS explicit, NOT bool_and(background) AS news,
            CASE
                WHEN bool_and(implied_by IS NOT NULL) FILTER (said_on = since)
                THEN min(implied_by) FILTER (said_on = since AND implied_by_party)
            END AS implied_by,
            bool_or(primary_source) AS has_primary,
            least(count(DISTINCT family), count(DISTINCT origin)) AS publishers,
            list(statement_id ORDER BY said_on, printed_at, statement_id) AS evidence
        FROM affirmed
        GROUP BY claim, party
    ),
    before AS (
        SELECT
            weighed.claim, weighed.party, arg_max(words.state, words.n) AS prior_status,
            bool_or(words.state IN ('denied', 'declined')) AS reversal
        FROM weighed
        JOIN ledger_words AS words
            ON words.claim = weighed.claim AND words.party = weighed.party AND words.n < weighed.first_n
        WHERE words.state IN ('alleged', 'declined', 'denied')
        GROUP BY weighed.claim, weighed.party
    )
SELECT
    coalesce(firsts.beat, '') AS beat, firsts.claim, firsts.party,
    CASE
        WHEN NOT weighed.explicit THEN 'implicit'
        WHEN weighed.has_primary THEN 'primary'
        WHEN weighed.publishers >= rules.corroborating_publishers THEN 'corroborated'
        ELSE 'single source'
    END AS grade,
    coalesce(before.reversal, false) AS reversal, weighed.implied_by,
    coalesce(before.prior_status, 'silent') AS prior_status, firsts.since,
    firsts.statement_id AS first_statement, weighed.evidence, weighed.publishers, firsts.speaker, firsts.speaker_id,
    coalesce(firsts.quote, firsts.surface) AS quote, firsts.via, firsts.outlet, firsts.url, firsts.title,
    firsts.language, firsts.printed_at, weighed.news
FROM firsts
JOIN weighed USING (claim, party)
CROSS JOIN ledger_rules AS rules
LEFT JOIN before USING (claim, party)
ORDER BY firsts.since, firsts.party, firsts.claim;

-- Confirmations by a party that had denied or declined before.
CREATE OR REPLACE VIEW reversals AS
SELECT * FROM confirmations WHERE reversal;
