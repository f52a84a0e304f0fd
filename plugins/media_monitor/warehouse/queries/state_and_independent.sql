-- title: State outlets beside independent ones
-- about: How much each side gives to a claim, by whose word, in which tone, and who was first.
-- $claim = : id of a claim; empty for each
-- $since = 2024-10-01: first day (YYYY-MM-DD, UTC)
-- $until = 2025-07-31: last day, included
SELECT claim, covered_by, state_articles, independent_articles, state_share, independent_share, state_balance,
    independent_balance, state_parties, independent_parties, lag_hours
FROM narrative_gap($claim, $since, $until)
ORDER BY abs(share_gap) DESC, claim
