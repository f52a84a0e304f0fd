-- title: Who confirmed what
-- about: First confirmations by parties to a claim, the latest first: since when, what they had said before, how sure, and their words.
-- $claim = : id of a claim, as in the table claims; empty for all
-- $since = : first day (YYYY-MM-DD, UTC); empty for all
-- $until = : last day, included; empty for all
SELECT since, party, claim, prior_status, grade, reversal, publishers, speaker, quote, outlet, url
FROM confirmations
WHERE claim = coalesce($claim, claim)
    AND since BETWEEN coalesce($since, '1900-01-01')::DATE AND coalesce($until, '9999-12-31')::DATE
ORDER BY since DESC, claim, party
