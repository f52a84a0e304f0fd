-- Events as reported: what an article says did happen. event_date: where the text gives it to the day.
SELECT
    e.day, hash(e.article_id) AS article, e.type, e.quad_class, e.goldstein, e.actor_party, e.recipient_party,
    CASE WHEN e.date_precision = 'day' THEN e.event_date END AS event_date, a.publisher, a.affiliation
FROM events AS e
JOIN current_articles AS a USING (day, article_id, revision)
WHERE e.day IN (SELECT day FROM _stale) AND a.day IN (SELECT day FROM _stale)
    AND e.modality = 'actual' AND NOT e.negated
