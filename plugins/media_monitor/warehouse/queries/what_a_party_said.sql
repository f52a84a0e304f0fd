-- title: What a party said, day by day
-- about: The steps of one party on one claim or on all, with the words of each and where they stand.
-- $party = RU: code of a party, such as KP, RU, KR, UA, US, CN; empty for all
-- $claim = : id of a claim, as in the table claims; empty for all
-- $since = : first day (YYYY-MM-DD, UTC); empty for all
-- $until = : last day, included; empty for all
SELECT said_on, party, claim, prior_state, state, reversal, grade, speaker, quote, outlet, url
FROM ledger_steps
WHERE party = coalesce($party, party) AND claim = coalesce($claim, claim)
    AND said_on BETWEEN coalesce($since, '1900-01-01')::DATE AND coalesce($until, '9999-12-31')::DATE
ORDER BY said_on, claim, party, step
