-- title: Days with more news than usual
-- about: Days on which a claim, a party or the beat was in the news more than its weekday makes usual.
-- $since = : first day (YYYY-MM-DD, UTC); empty for all
-- $until = : last day, included; empty for all
SELECT day, subject_kind, subject, articles, publishers, expected, score, episode
FROM bursts
WHERE burst AND day BETWEEN coalesce($since, '1900-01-01')::DATE AND coalesce($until, '9999-12-31')::DATE
ORDER BY day DESC, score DESC NULLS LAST, subject
