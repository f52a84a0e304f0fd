-- Days on which more rows of a table than usual went into quarantine: a feed changed its form, or a rule broke.
-- day: of the run. share: of the rows that were checked. usual_share: the median of the 28 days before with runs (at
-- least four of them, else null and no spike). score: a robust z-score of the rows, as in bursts.
CREATE OR REPLACE VIEW quarantine_spikes AS
WITH
    kept AS (
        SELECT CAST("at" AS DATE) AS day, "table", count(*) AS rows
        FROM quarantine
        GROUP BY ALL
    ),
    shares AS (
        SELECT
            c.day, c."table", c.rows AS checked, coalesce(k.rows, 0) AS rows,
            coalesce(k.rows, 0) / greatest(c.rows, k.rows) AS share
        FROM checked_days AS c
        LEFT JOIN kept AS k ON k.day = c.day AND k."table" = c."table"
        WHERE c.rows > 0
    ),
    forecasts AS (
        SELECT
            *,
            CASE WHEN count(*) OVER before >= (SELECT least_base FROM trend_rules)
                THEN median(share) OVER before END AS usual
        FROM shares
        WINDOW before AS (
            PARTITION BY "table" ORDER BY day RANGE BETWEEN INTERVAL 28 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
        )
    ),
    errors AS (
        SELECT
            *,
            1.4826 * median(abs(share - usual)) OVER (
                PARTITION BY "table" ORDER BY day RANGE BETWEEN INTERVAL 28 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
            ) AS deviation
        FROM forecasts
    ),
    scored AS (
        SELECT
            *,
            (rows - usual * checked)
                / greatest(coalesce(deviation, 0) * checked, sqrt(usual * checked), 1) AS score
        FROM errors
    )
SELECT
    s.day, s."table", s.rows, s.checked, round(s.share, 4) AS share, round(s.usual, 4) AS usual_share,
    round(s.score, 2) AS score,
    coalesce(
        s.score >= rules.spike_score AND s.rows >= rules.spike_rows AND s.share >= rules.spike_share, false
    ) AS spike
FROM scored AS s CROSS JOIN trend_rules AS rules
WHERE s.rows > 0 OR s.usual > 0;
