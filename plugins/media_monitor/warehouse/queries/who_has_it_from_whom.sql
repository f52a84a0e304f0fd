-- title: Who has it from whom
-- about: The chain from the first source to the outlet that prints it; copies name the article that they copy.
-- $claim = troops_in_combat: id of a claim, as in the table claims
-- $party = : code of a party; empty for all
SELECT party, stance, primary_source, carriers, outlet, publisher, said_on, printed_at, copy_of, title, url
FROM source_trees
WHERE claim = $claim AND party = coalesce($party, party)
ORDER BY party, stance, primary_source, printed_at, article_id
