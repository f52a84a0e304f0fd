-- Stances taken anew (no background, none hypothetical), by day of publication.
SELECT
    day, claim, party, role, stance,
    CAST(sum(statements) AS BIGINT) AS statements, count(DISTINCT article) AS articles,
    count(DISTINCT publisher) AS publishers
FROM voices
WHERE day IN (SELECT day FROM _stale) AND NOT background AND NOT hypothetical
GROUP BY day, claim, party, role, stance
