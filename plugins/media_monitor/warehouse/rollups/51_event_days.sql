-- Events as reported, by day of publication.
SELECT
    day, type, actor_party, recipient_party,
    count(*) AS events, count(DISTINCT article) AS articles, count(DISTINCT publisher) AS publishers,
    round(avg(goldstein), 2) AS goldstein
FROM deeds
WHERE day IN (SELECT day FROM _stale)
GROUP BY day, type, actor_party, recipient_party
