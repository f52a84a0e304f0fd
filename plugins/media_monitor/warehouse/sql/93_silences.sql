-- Feeds, and languages by all their feeds, that have brought nothing new for longer than their own past makes usual.
-- A gap is compared with gaps that began on the same weekday (of each day its longest), so that a paper that rests on
-- Sunday is not silent on Sunday. usual_hours: the 95th percentile of those; of all days where fewer than four of that
-- weekday are known; null, and never silent, with fewer than ten gaps at all.
-- Times in which no feed worked at all, since we were down, count in no gap. The clock stops at the last
-- fetch. A feed that fails while others work can be silent: feed_health tells why. A feed that is not in the list any
-- more has no row.
CREATE OR REPLACE VIEW silences AS
WITH
    outages AS (
        SELECT hour, epoch(hour - lag(hour) OVER (ORDER BY hour)) / 3600 AS gap FROM working_hours
    ),
    down AS (
        SELECT hour, sum(gap) OVER (ORDER BY hour) AS hours
        FROM outages
        WHERE gap > (SELECT greatest(any_value(r.outage_hours), 3 * median(o.gap)) FROM outages AS o, trend_rules AS r)
    ),
    news AS (
        SELECT 'feed' AS subject_kind, d.feed_id AS subject, d.day, d.first_news, d.last_news, d.longest_gap
        FROM feed_days AS d
        WHERE d.first_news IS NOT NULL AND d.feed_id IN (SELECT feed_id FROM feeds)
        UNION ALL
        SELECT 'language', f.language, d.day, min(d.first_news), max(d.last_news), NULL
        FROM feed_days AS d JOIN feeds AS f USING (feed_id)
        WHERE d.first_news IS NOT NULL AND f.language IS NOT NULL
        GROUP BY f.language, d.day
    ),
    clock AS (
        SELECT
            n.*,
            lead(first_news) OVER (PARTITION BY subject_kind, subject ORDER BY n.day) AS next_news,
            (SELECT max(last_fetch) FROM feed_days) AS now_at
        FROM news AS n
    ),
    gaps AS (
        SELECT
            c.subject_kind, c.subject, c.day, c.last_news, c.next_news, c.longest_gap,
            epoch(coalesce(c.next_news, c.now_at) - c.last_news) / 3600
                - (coalesce(later.hours, 0) - coalesce(earlier.hours, 0)) AS hours
        FROM clock AS c
        ASOF LEFT JOIN down AS earlier ON c.last_news >= earlier.hour
        ASOF LEFT JOIN down AS later ON coalesce(c.next_news, c.now_at) >= later.hour
    ),
    usual AS (
        SELECT
            subject_kind, subject, isodow(day) AS weekday, count(*) AS known,
            quantile_cont(greatest(hours, coalesce(longest_gap, 0)), 0.95) AS hours
        FROM gaps
        WHERE next_news IS NOT NULL
        GROUP BY GROUPING SETS ((subject_kind, subject), (subject_kind, subject, weekday))
    ),
    latest AS (SELECT * FROM gaps WHERE next_news IS NULL),
    compared AS (
        SELECT
            l.subject_kind, l.subject, l.last_news, l.hours,
            CASE WHEN every.known >= rules.silence_gaps
                THEN CASE WHEN same.known >= rules.least_base THEN same.hours ELSE every.hours END
            END AS usual
        FROM latest AS l
        CROSS JOIN trend_rules AS rules
        LEFT JOIN usual AS same
            ON same.subject_kind = l.subject_kind AND same.subject = l.subject AND same.weekday = isodow(l.day)
        LEFT JOIN usual AS every
            ON every.subject_kind = l.subject_kind AND every.subject = l.subject AND every.weekday IS NULL
    )
SELECT
    subject_kind, subject, last_news, round(usual, 1) AS usual_hours, round(hours, 1) AS silent_hours,
    usual IS NOT NULL AND hours > greatest(usual * rules.silence_factor, rules.silence_hours) AS silent
FROM compared CROSS JOIN trend_rules AS rules;
