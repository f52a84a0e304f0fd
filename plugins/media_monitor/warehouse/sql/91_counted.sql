-- What the views on bursts, silences and spikes count: one row a day and subject.

-- Articles by claim, by party that speaks (officials, no background) and of the whole beat. reports: those that copy no
-- other article. independent: the smaller of the number of publishers and of the number of sources, where articles
-- with one wire credit have one source.
CREATE OR REPLACE VIEW subject_days AS
WITH
    counted AS (
        SELECT DISTINCT s.day, 'claim' AS subject_kind, s.claim AS subject, s.article_id
        FROM latest_statements AS s
        UNION ALL
        SELECT DISTINCT s.day, 'party', s.party, s.article_id
        FROM latest_statements AS s
        WHERE s.role = 'official' AND NOT s.background AND s.modality <> 'hypothetical'
        UNION ALL
        SELECT day, 'beat', coalesce(beat, ''), article_id FROM latest_articles WHERE relevant
    )
SELECT
    c.day, c.subject_kind, c.subject,
    count(*) AS articles,
    count(*) FILTER (a.copy_of IS NULL) AS reports,
    least(count(DISTINCT a.publisher), count(DISTINCT coalesce(lower(trim(a.agency)), a.publisher))) AS independent
FROM counted AS c
JOIN latest_articles AS a USING (article_id, day)
GROUP BY c.day, c.subject_kind, c.subject;

-- Each feed, a day: whether it worked, and its news of that day.
-- longest_gap: hours of the longest gap between two fetches with news that both fell on that day.
CREATE OR REPLACE VIEW feed_days AS
WITH gaps AS (
    SELECT
        *,
        epoch(fetched_at - lag(fetched_at) OVER (
            PARTITION BY feed_id, day, new_entries > 0 ORDER BY fetched_at
        )) / 3600 AS gap
    FROM fetches
)
SELECT
    feed_id, day,
    count(*) AS fetches,
    count(error) AS failed,
    sum(new_entries) AS new_entries,
    max(fetched_at) AS last_fetch,
    max(fetched_at) FILTER (error IS NULL) AS last_success,
    min(fetched_at) FILTER (new_entries > 0) AS first_news,
    max(fetched_at) FILTER (new_entries > 0) AS last_news,
    max(gap) FILTER (new_entries > 0) AS longest_gap
FROM gaps
GROUP BY feed_id, day;

-- Hours in which some feed worked: between two of them that are far apart the fault was ours.
CREATE OR REPLACE VIEW working_hours AS
SELECT DISTINCT date_trunc('hour', fetched_at) AS hour FROM fetches WHERE error IS NULL;

-- Rows that were checked, by day of the run and table.
CREATE OR REPLACE VIEW checked_days AS
SELECT day, "table", sum(rows) AS rows
FROM (SELECT day, batch, "table", max(rows) AS rows FROM checks GROUP BY day, batch, "table")
GROUP BY day, "table";
