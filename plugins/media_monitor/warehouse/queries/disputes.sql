-- title: Who says the opposite
-- about: Claims that one party affirms and another denies, with the days since when they do.
-- $claim = : id of a claim, as in the table claims; empty for all
SELECT claim, party, state, since, opponent, opponent_state, opponent_since
FROM disputes
WHERE claim = coalesce($claim, claim)
ORDER BY claim, party, opponent
