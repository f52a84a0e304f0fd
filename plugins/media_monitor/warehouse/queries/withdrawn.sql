-- title: What corrections withdrew
-- about: Statements that a later revision of their article no longer makes.
SELECT withdrawn_at, claim, party, state, speaker, quote, outlet, url, withdrawn_in
FROM withdrawn_statements
ORDER BY withdrawn_at DESC, claim, party
