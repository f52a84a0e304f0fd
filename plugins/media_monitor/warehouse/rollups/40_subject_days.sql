-- Articles by claim, by party that speaks (officials, no background) and of the whole beat.
WITH
    counted AS (
        SELECT day, 'claim' AS subject_kind, claim AS subject, article, publisher, source, copied, NOT background AS new
        FROM voices
        WHERE day IN (SELECT day FROM _stale)
        UNION ALL
        SELECT day, 'party', party, article, publisher, source, copied, true
        FROM voices
        WHERE day IN (SELECT day FROM _stale) AND role = 'official' AND NOT background AND NOT hypothetical
        UNION ALL
        SELECT day, 'beat', beat, hash(article_id), publisher, source, copied, true
        FROM current_articles
        WHERE day IN (SELECT day FROM _stale) AND relevant
    )
SELECT
    day, subject_kind, subject,
    count(DISTINCT article) AS articles,
    count(DISTINCT article) FILTER (new) AS new_articles,
    count(DISTINCT article) FILTER (NOT copied) AS reports,
    count(DISTINCT publisher) AS publishers,
    least(count(DISTINCT publisher), count(DISTINCT source)) AS independent
FROM counted
GROUP BY day, subject_kind, subject
