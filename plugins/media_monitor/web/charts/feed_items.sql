WITH
    counted AS (
        SELECT
            d.feed_id, f.outlet, d.day, d.new_entries AS items,
            CAST(sum(d.new_entries) OVER (PARTITION BY d.feed_id) AS BIGINT) AS total
        FROM feed_days AS d
        JOIN feeds AS f USING (feed_id)
        WHERE d.day BETWEEN CAST($since AS DATE) AND CAST($until AS DATE) AND ($feed IS NULL OR d.feed_id = $feed)
    ),
    most AS (SELECT DISTINCT feed_id, total FROM counted ORDER BY total DESC, feed_id LIMIT 25)
SELECT
    c.day,
    CASE
        WHEN count(DISTINCT c.feed_id) OVER (PARTITION BY c.outlet) > 1 THEN c.outlet || ' (' || c.feed_id || ')'
        ELSE c.outlet
    END AS feed,
    c.items,
    c.feed_id
FROM counted AS c
JOIN most AS m USING (feed_id)
ORDER BY m.total DESC, c.feed_id, c.day
