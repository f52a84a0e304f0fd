-- title: What went into quarantine, and why
-- about: Rows that failed an expectation, by day, table and expectation.
SELECT day, "table", expectation, rows
FROM quarantine_reasons
ORDER BY day DESC, rows DESC, "table", expectation
