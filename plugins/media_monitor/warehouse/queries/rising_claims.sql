-- title: Which claims rise and which fall
-- about: Coverage in some days up to a day, against as many days before.
-- $until = 2025-04-30: last day (YYYY-MM-DD, UTC)
-- $days = 14: days to compare with as many before
SELECT claim, articles, articles_before, change, new_articles, publishers, score, last_covered
FROM claim_momentum($until, days := $days)
ORDER BY change DESC, claim
