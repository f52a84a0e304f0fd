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

-- Rows in quarantine, each with what somebody decided last of it. state: waiting, released or discarded.
CREATE OR REPLACE VIEW quarantine_state AS
SELECT
    q.*, CASE WHEN d.decision IN ('released', 'discarded') THEN d.decision ELSE 'waiting' END AS state,
    d."at" AS decided_at, d."by" AS decided_by, d.reason
FROM quarantine AS q
LEFT JOIN (
    SELECT quarantine_id, decision, "at", "by", reason
    FROM quarantine_decisions
    QUALIFY row_number() OVER (PARTITION BY quarantine_id ORDER BY number DESC) = 1
) AS d USING (quarantine_id);

-- How often expectations held, by day and table. critical, warning, info: checks of that severity that did not hold.
CREATE OR REPLACE VIEW check_days AS
SELECT
    day, "table", count(*) AS checks, count(DISTINCT batch) AS batches,
    count(*) FILTER (NOT success) AS failed,
    count(*) FILTER (NOT success AND severity = 'critical') AS critical,
    count(*) FILTER (NOT success AND severity = 'warning') AS warning,
    count(*) FILTER (NOT success AND severity = 'info') AS info
FROM checks
GROUP BY day, "table";

-- A row a batch and table: rows that were checked, rows among them that were kept out, and checks that did not hold.
-- rejected: a critical expectation on the whole table failed, so that nothing of the batch was loaded.
CREATE OR REPLACE VIEW batch_tables AS
SELECT
    c.batch, c."table", c.rows, c.checks, c.failed, c.rejected, c.checked_at,
    coalesce(q.quarantined, 0) AS quarantined
FROM (
    SELECT
        batch, "table", max(rows) AS rows, count(*) AS checks, count(*) FILTER (NOT success) AS failed,
        bool_or(NOT success AND severity = 'critical' AND scope = 'batch') AS rejected, max("at") AS checked_at
    FROM checks
    GROUP BY batch, "table"
) AS c
LEFT JOIN (
    SELECT batch, "table", count(*) AS quarantined FROM quarantine GROUP BY batch, "table"
) AS q USING (batch, "table");

-- Alerts in use: how many were raised of each kind, how many somebody looked at, and how many of those were wrong.
-- precision: share of those looked at that were not wrong; null where nobody looked at one.
CREATE OR REPLACE VIEW alert_precision AS
SELECT
    coalesce(kind, 'first_confirmation') AS kind, count(*) AS alerts,
    count(*) FILTER (acknowledged_at IS NOT NULL OR wrong_at IS NOT NULL) AS judged,
    count(wrong_at) AS wrong,
    1 - count(wrong_at) / nullif(count(*) FILTER (acknowledged_at IS NOT NULL OR wrong_at IS NOT NULL), 0) AS precision
FROM alerts
GROUP BY ALL;
