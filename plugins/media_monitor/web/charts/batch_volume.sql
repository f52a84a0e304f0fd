SELECT
    batch,
    checked_at,
    rows - quarantined AS passed,
    quarantined,
    rows AS articles,
    rejected
FROM batch_tables
WHERE "table" = 'articles' AND CAST(checked_at AS DATE) BETWEEN CAST($since AS DATE) AND CAST($until AS DATE)
ORDER BY checked_at DESC, batch DESC
LIMIT 400
