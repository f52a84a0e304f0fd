-- title: Where each party stands
-- about: The ledger now: the state of each party on each claim, since when, and how many independent publishers are behind it.
-- $claim = : id of a claim, as in the table claims; empty for all
SELECT claim, title, party, is_party, state, since, first_confirmed, grade, publishers, reversal, contested
FROM claim_status
WHERE claim = coalesce($claim, claim)
ORDER BY claim, is_party DESC, party
