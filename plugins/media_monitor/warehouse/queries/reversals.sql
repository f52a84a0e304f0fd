-- title: Who turned round
-- about: Parties that confirmed what they had denied or would not comment on, or took a confirmation back.
-- $since = : first day (YYYY-MM-DD, UTC); empty for all
-- $until = : last day, included; empty for all
SELECT since, party, claim, prior_status, state, publishers, speaker, quote, url
FROM reversals
WHERE since BETWEEN coalesce($since, '1900-01-01')::DATE AND coalesce($until, '9999-12-31')::DATE
ORDER BY since DESC, claim, party
