-- title: How many independent publishers are behind it
-- about: Stances and how many publishers carry them after copies, wires and families of outlets are counted once.
-- $claim = : id of a claim, as in the table claims; empty for all
SELECT claim, party, stance, publishers, families, origins, primary_sources, first_said, last_said
FROM corroboration
WHERE claim = coalesce($claim, claim)
ORDER BY publishers DESC, claim, party, stance
