-- title: The sentences behind a claim
-- about: Each statement of officials on a claim, with the sentence's article, speaker and link; what an article only recalls is marked.
-- $claim = troops_in_combat: id of a claim, as in the table claims
-- $party = : code of a party; empty for all
SELECT said_on, party, state, background, speaker, coalesce(quote, surface) AS words, outlet, language, article_id, url
FROM ledger_statements
WHERE claim = $claim AND party = coalesce($party, party) AND trusted
ORDER BY said_on, party, printed_at, article_id, start
