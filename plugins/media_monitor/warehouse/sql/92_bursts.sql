-- Days on which a claim, a party or the beat is in the news more than its weekday makes usual.
-- Method: a robust z-score of the one-step forecast. Rates are reports a working feed, so that neither an outage nor a
-- longer feed list looks like news. The forecast is the median rate of the same weekday in the eight weeks before; the
-- spread is 1.4826 × the median absolute error of the forecasts of those weeks (Iglewicz and Hoaglin 1993, the
-- modified z-score), never below that of a Poisson count, the square root of what is expected, nor below 1.

-- Feeds that are known and that work, by day of publication. A feed tells of a day when it worked on it or on the day
-- after, for it still shows what it printed then. Without any fetch stored (articles from elsewhere) all work.
CREATE OR REPLACE VIEW feed_coverage AS
WITH
    span AS (
        SELECT
            coalesce((SELECT min(day) FROM feed_days), (SELECT min(day) FROM subject_days)) AS first_day,
            coalesce((SELECT max(day) FROM feed_days), (SELECT max(day) FROM subject_days)) AS last_day,
            (SELECT count(*) > 0 FROM feed_days) AS is_fetched
    ),
    calendar AS (
        SELECT CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day FROM span
    ),
    lives AS (SELECT feed_id, min(day) AS first_day, max(day) AS last_day FROM feed_days GROUP BY feed_id),
    known AS (
        SELECT c.day, count(*) AS known
        FROM calendar AS c JOIN lives AS l ON c.day BETWEEN l.first_day AND l.last_day
        GROUP BY c.day
    ),
    told AS (
        SELECT d.feed_id, d.day - back.days AS day
        FROM feed_days AS d CROSS JOIN (VALUES (0), (1)) AS back(days)
        WHERE d.last_success IS NOT NULL
    ),
    working AS (
        SELECT t.day, count(DISTINCT t.feed_id) AS working
        FROM told AS t JOIN lives AS l ON l.feed_id = t.feed_id AND t.day >= l.first_day
        GROUP BY t.day
    )
SELECT
    c.day,
    CASE WHEN span.is_fetched THEN coalesce(k.known, 0) ELSE 1 END AS known,
    CASE WHEN span.is_fetched THEN coalesce(w.working, 0) ELSE 1 END AS working
FROM calendar AS c
CROSS JOIN span
LEFT JOIN known AS k USING (day)
LEFT JOIN working AS w USING (day);

-- One row a subject and day with articles, or with some to be expected. articles: those that copy no other. expected
-- and score are null where the day or the weeks before it cannot be judged.
-- episode: the burst that the day belongs to: kind, subject and first day of burst days in a row.
CREATE OR REPLACE VIEW bursts AS
WITH
    rates AS (
        SELECT
            c.day, s.subject_kind, s.subject, c.working,
            c.working > 0 AND c.working >= rules.sound_share * c.known AS sound,
            coalesce(n.reports, 0) AS articles,
            coalesce(n.independent, 0) AS publishers,
            CASE WHEN sound THEN coalesce(n.reports, 0) / c.working END AS rate
        FROM feed_coverage AS c
        CROSS JOIN (SELECT DISTINCT subject_kind, subject FROM subject_days) AS s
        CROSS JOIN trend_rules AS rules
        LEFT JOIN subject_days AS n
            ON n.day = c.day AND n.subject_kind = s.subject_kind AND n.subject = s.subject
    ),
    forecasts AS (
        SELECT
            *,
            CASE WHEN count(rate) OVER same_weekday >= (SELECT least_base FROM trend_rules)
                THEN median(rate) OVER same_weekday END AS forecast
        FROM rates
        WINDOW same_weekday AS (
            PARTITION BY subject_kind, subject, isodow(day) ORDER BY day
            RANGE BETWEEN INTERVAL 56 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
        )
    ),
    errors AS (
        SELECT
            *,
            1.4826 * median(abs(rate - forecast)) OVER (
                PARTITION BY subject_kind, subject ORDER BY day
                RANGE BETWEEN INTERVAL 56 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
            ) AS deviation
        FROM forecasts
    ),
    scored AS (
        SELECT
            day, subject_kind, subject, articles, publishers,
            CASE WHEN sound THEN forecast * working END AS expected,
            (articles - forecast * working)
                / greatest(coalesce(deviation, 0) * working, sqrt(forecast * working), 1) AS z
        FROM errors
    ),
    judged AS (
        SELECT
            scored.*,
            coalesce(
                expected IS NOT NULL AND z >= rules.burst_score AND articles >= rules.burst_articles
                    AND publishers >= rules.burst_publishers,
                false
            ) AS burst
        FROM scored CROSS JOIN trend_rules AS rules
    ),
    runs AS (
        SELECT
            *,
            day - CAST(row_number() OVER (PARTITION BY subject_kind, subject, burst ORDER BY day) AS INTEGER) AS run
        FROM judged
    )
SELECT
    day, subject_kind, subject, articles, publishers,
    round(expected, 2) AS expected,
    CASE WHEN expected IS NOT NULL THEN round(z, 2) END AS score,
    burst,
    CASE WHEN burst THEN concat_ws(
        ':', subject_kind, subject, min(day) OVER (PARTITION BY subject_kind, subject, burst, run)
    ) END AS episode
FROM runs
WHERE articles > 0 OR expected > 0;
