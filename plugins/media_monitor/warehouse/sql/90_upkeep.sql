-- For whoever keeps the monitor running.

-- One row a feed of the beat's list: its last fetch, and when it last worked and last brought something new.
-- A feed that was never fetched has nulls. fetched and new_entries are over all time.
CREATE OR REPLACE VIEW feed_health AS
SELECT
    f.feed_id,
    f.outlet,
    arg_max_null(t.last_status, t.day) AS status,
    arg_max_null(t.last_error, t.day) AS error,
    max(t.last_fetch) AS last_fetch,
    max(t.last_success) AS last_success,
    max(t.last_news) AS last_news,
    CAST(coalesce(sum(t.fetches), 0) AS BIGINT) AS fetches,
    CAST(coalesce(sum(t.failed), 0) AS BIGINT) AS failed,
    coalesce(sum(t.new_entries), 0) AS new_entries
FROM feeds AS f
LEFT JOIN feed_days AS t USING (feed_id)
GROUP BY f.feed_id, f.outlet;

-- Rows in quarantine, by day, table and the expectation that they failed (a row counts for each).
CREATE OR REPLACE VIEW quarantine_reasons AS
SELECT day, "table", expectation, count(*) AS rows
FROM (SELECT day, "table", unnest(expectations) AS expectation FROM quarantine)
GROUP BY day, "table", expectation;

-- Expectations that did not hold, the latest first.
CREATE OR REPLACE VIEW failed_checks AS
SELECT "at", batch, "table", expectation, severity, scope, unexpected, rows, observed
FROM checks
WHERE NOT success
ORDER BY "at" DESC, "table", expectation;
