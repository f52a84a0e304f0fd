-- State outlets beside independent ones, and one period beside another. Articles that copy another do not count.
-- A share is of all articles on the beat, on that side or in that period; the balance is the stance balance of what
-- officials are printed to say on the claim: (confirm + praise - deny - condemn) / all, null where there is nothing.

-- What outlets of affiliation 'state' and 'independent' tell of a claim (NULL: a row for each claim that either
-- covers). covered_by: 'both', 'state' or 'independent'. share_gap, balance_gap: state less independent.
-- parties: whose officials each side lets speak, background left out. lag_hours: from the first independent article
-- of the span to the first of the state, negative where the state was first.
CREATE OR REPLACE MACRO narrative_gap(claim_id, first_day, last_day) AS TABLE
WITH
    sides AS (
        SELECT
            sum(originals) FILTER (affiliation = 'state') AS state,
            sum(originals) FILTER (affiliation = 'independent') AS independent
        FROM outlet_days
        WHERE day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    ),
    chosen AS (
        SELECT *, affiliation = 'state' AS state, role = 'official' AND NOT background AND NOT hypothetical AS speaks
        FROM voices
        WHERE affiliation IN ('state', 'independent') AND NOT copied AND (claim_id IS NULL OR claim = claim_id)
            AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    ),
    articles AS (
        SELECT
            claim, article, state, any_value(publisher) AS publisher, min(printed_at) AS printed_at
        FROM chosen
        GROUP BY claim, article, state
    ),
    covered AS (
        SELECT
            claim,
            count(*) FILTER (state) AS state_articles,
            count(*) FILTER (NOT state) AS independent_articles,
            count(DISTINCT publisher) FILTER (state) AS state_publishers,
            count(DISTINCT publisher) FILTER (NOT state) AS independent_publishers,
            min(printed_at) FILTER (state) AS first_state,
            min(printed_at) FILTER (NOT state) AS first_independent
        FROM articles
        GROUP BY claim
    ),
    stances AS (
        SELECT
            claim, state, party,
            sum(CASE WHEN stance IN ('confirm', 'praise') THEN 1 WHEN stance IN ('deny', 'condemn') THEN -1 ELSE 0 END)
                AS leaning,
            count(*) AS said
        FROM (SELECT DISTINCT claim, state, party, stance, article FROM chosen WHERE speaks)
        GROUP BY claim, state, party
    ),
    spoken AS (
        SELECT
            claim,
            sum(leaning) FILTER (state) / sum(said) FILTER (state) AS state_balance,
            sum(leaning) FILTER (NOT state) / sum(said) FILTER (NOT state) AS independent_balance,
            list_sort(list(party) FILTER (state)) AS state_parties,
            list_sort(list(party) FILTER (NOT state)) AS independent_parties
        FROM stances
        GROUP BY claim
    )
SELECT
    claim,
    CASE
        WHEN state_articles > 0 AND independent_articles > 0 THEN 'both'
        WHEN state_articles > 0 THEN 'state'
        ELSE 'independent'
    END AS covered_by,
    state_articles, independent_articles, state_publishers, independent_publishers,
    round(state_articles / sides.state, 4) AS state_share,
    round(independent_articles / sides.independent, 4) AS independent_share,
    round(coalesce(state_articles / sides.state, 0) - coalesce(independent_articles / sides.independent, 0), 4)
        AS share_gap,
    round(state_balance, 3) AS state_balance, round(independent_balance, 3) AS independent_balance,
    round(state_balance - independent_balance, 3) AS balance_gap,
    coalesce(state_parties, []) AS state_parties, coalesce(independent_parties, []) AS independent_parties,
    first_state, first_independent, round(epoch(first_state - first_independent) / 3600, 1) AS lag_hours
FROM covered
CROSS JOIN sides
LEFT JOIN spoken USING (claim)
ORDER BY abs(share_gap) DESC, claim;

-- Each claim of the registry in two spans of days, the present one first. score: the z-score of the difference of two
-- shares with a common variance (pooled two-proportion test); beyond ±2 it is hardly chance. Null where a span has no
-- article.
CREATE OR REPLACE MACRO compare_periods(first_day, last_day, first_before, last_before) AS TABLE
WITH
    totals AS (
        SELECT
            coalesce(sum(originals) FILTER (day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)), 0) AS n,
            coalesce(sum(originals) FILTER (day BETWEEN CAST(first_before AS DATE) AND CAST(last_before AS DATE)), 0)
                AS n_before
        FROM outlet_days
    ),
    chosen AS (
        SELECT true AS now, claim, article, publisher, party, stance, role, background, hypothetical
        FROM voices
        WHERE NOT copied AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
        UNION ALL
        SELECT false, claim, article, publisher, party, stance, role, background, hypothetical
        FROM voices
        WHERE NOT copied AND day BETWEEN CAST(first_before AS DATE) AND CAST(last_before AS DATE)
    ),
    covered AS (
        SELECT
            claim,
            count(*) FILTER (now) AS articles,
            count(*) FILTER (NOT now) AS articles_before,
            count(DISTINCT publisher) FILTER (now) AS publishers,
            count(DISTINCT publisher) FILTER (NOT now) AS publishers_before
        FROM (SELECT claim, now, article, any_value(publisher) AS publisher FROM chosen GROUP BY claim, now, article)
        GROUP BY claim
    ),
    leanings AS (
        SELECT
            claim, now,
            CASE WHEN stance IN ('confirm', 'praise') THEN 1 WHEN stance IN ('deny', 'condemn') THEN -1 ELSE 0 END
                AS leaning
        FROM (
            SELECT DISTINCT claim, now, party, stance, article
            FROM chosen
            WHERE role = 'official' AND NOT background AND NOT hypothetical
        )
    ),
    tones AS (
        SELECT
            claim, avg(leaning) FILTER (now) AS balance, avg(leaning) FILTER (NOT now) AS balance_before
        FROM leanings
        GROUP BY claim
    ),
    every AS (
        SELECT
            c.claim, n, n_before,
            coalesce(v.articles, 0) AS articles, coalesce(v.articles_before, 0) AS articles_before,
            coalesce(v.publishers, 0) AS publishers, coalesce(v.publishers_before, 0) AS publishers_before,
            coalesce(v.articles, 0) / nullif(n, 0) AS share,
            coalesce(v.articles_before, 0) / nullif(n_before, 0) AS share_before,
            (coalesce(v.articles, 0) + coalesce(v.articles_before, 0)) / nullif(n + n_before, 0) AS pooled,
            1 / nullif(n, 0) + 1 / nullif(n_before, 0) AS parts,
            t.balance, t.balance_before
        FROM claims AS c
        CROSS JOIN totals
        LEFT JOIN covered AS v USING (claim)
        LEFT JOIN tones AS t USING (claim)
    )
SELECT
    claim, articles, articles_before, publishers, publishers_before,
    round(share, 4) AS share, round(share_before, 4) AS share_before,
    round(share - share_before, 4) AS share_change,
    round((share - share_before) / nullif(sqrt(pooled * (1 - pooled) * parts), 0), 2) AS score,
    round(balance, 3) AS balance, round(balance_before, 3) AS balance_before,
    round(balance - balance_before, 3) AS balance_change
FROM every
ORDER BY share_change DESC NULLS LAST, articles DESC, claim;
