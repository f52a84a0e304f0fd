-- How politely servers are asked, from the fetch log (docs/collecting.md). Days are UTC, both included.
-- A feed that was spared, since another one of its domain had been told to wait, has a row in fetches and was not asked.
CREATE OR REPLACE VIEW feed_fetches AS
SELECT
    feed_id, batch, day, url, domain, fetched_at, status, error, note, entries, new_entries, bytes, elapsed_ms,
    conditional, interval_minutes, hint_minutes, next_due_at, blocked_until, retired_at, lying_since, feed_url,
    body_at, body_url,
    CASE
        WHEN starts_with(error, 'is not asked:') THEN 'spared'
        WHEN status IN (429, 503) THEN 'told to wait'
        WHEN error IS NOT NULL THEN 'failed'
        WHEN new_entries > 0 THEN 'new'
        WHEN status = 304 THEN 'unchanged'
        ELSE 'nothing new'
    END AS outcome
FROM fetches;

-- What fetches came to, by day and feed.
CREATE OR REPLACE MACRO fetch_outcomes(since, until) AS TABLE
SELECT
    day, feed_id, outcome, count(*) AS fetches, CAST(sum(new_entries) AS BIGINT) AS new_entries,
    CAST(sum(bytes) AS BIGINT) AS bytes
FROM feed_fetches
WHERE day BETWEEN since AND until
GROUP BY day, feed_id, outcome
ORDER BY day, feed_id, outcome;

-- Every wait that a server asked for (429, 503). spared: feeds of the domain not asked thanks to it. asked: requests
-- to the domain in spite of it; those within a minute of the answer may have been under way and do not count.
CREATE OR REPLACE MACRO waits(since, until) AS TABLE
WITH told AS (
    SELECT
        feed_id, domain, status, fetched_at + to_milliseconds(elapsed_ms) AS told_at,
        coalesce(
            fetched_at + to_milliseconds(elapsed_ms)
                + to_seconds(least(TRY_CAST(regexp_extract(note, 'asks to wait (\d+) s', 1) AS BIGINT), 86400)),
            blocked_until
        ) AS ends_at
    FROM feed_fetches
    WHERE day BETWEEN since AND until AND blocked_until IS NOT NULL AND outcome = 'told to wait'
)
SELECT
    t.feed_id, t.domain, t.status, t.told_at, t.ends_at,
    count(f.feed_id) FILTER (f.outcome = 'spared') AS spared,
    count(f.feed_id) FILTER (f.outcome <> 'spared') AS asked
FROM told AS t
LEFT JOIN feed_fetches AS f
    ON f.domain = t.domain AND f.day BETWEEN since AND until + 1
    AND f.fetched_at > t.told_at + INTERVAL 1 MINUTE AND f.fetched_at < t.ends_at
GROUP BY ALL
ORDER BY t.told_at, t.feed_id;

-- Every request that broke a rule. rule: asked within a wait, asked although gone, or host asked too soon. seconds:
-- before the wait ended; after the feed said that it was gone; since the last start on the host. The start of a
-- request is known, and so judged, where it brought a body.
CREATE OR REPLACE MACRO broken_rules(since, until, spacing_seconds) AS TABLE
WITH
    within_waits AS (
        SELECT f.feed_id, f.domain, f.fetched_at, max(epoch(w.ends_at - f.fetched_at)) AS seconds
        FROM waits(since, until) AS w
        JOIN feed_fetches AS f
            ON f.domain = w.domain AND f.day BETWEEN since AND until + 1 AND f.outcome <> 'spared'
            AND f.fetched_at > w.told_at + INTERVAL 1 MINUTE AND f.fetched_at < w.ends_at
        WHERE w.asked > 0
        GROUP BY ALL
    ),
    although_gone AS (
        SELECT feed_id, domain, fetched_at, day, outcome,
            lag(retired_at) OVER (PARTITION BY feed_id, feed_url ORDER BY fetched_at, batch) AS gone_at
        FROM feed_fetches
        WHERE feed_id IN (SELECT feed_id FROM fetches WHERE retired_at IS NOT NULL)
    ),
    starts AS (
        SELECT
            feed_id, domain, fetched_at,
            epoch(body_at - lag(body_at) OVER (
                PARTITION BY regexp_extract(body_url, '^[a-z]+://([^/?#]+)', 1) ORDER BY body_at
            )) AS seconds
        FROM feed_fetches
        WHERE day BETWEEN since AND until AND status = 200 AND error IS NULL
            AND body_at BETWEEN fetched_at AND fetched_at + INTERVAL 1 HOUR
    )
SELECT 'asked within a wait' AS rule, feed_id, domain, fetched_at, round(seconds, 1) AS seconds FROM within_waits
UNION ALL
SELECT 'asked although gone', feed_id, domain, fetched_at, round(epoch(fetched_at - gone_at), 1)
FROM although_gone
WHERE gone_at IS NOT NULL AND outcome <> 'spared' AND day BETWEEN since AND until
UNION ALL
SELECT 'host asked too soon', feed_id, domain, fetched_at, round(seconds, 3)
FROM starts
WHERE seconds > 0 AND seconds < spacing_seconds - 0.05;

-- The measures of a span of days in one row. wasted: requests that brought nothing new. pages: article pages asked for;
-- refused: those that robots.txt kept from being asked for.
CREATE OR REPLACE MACRO politeness(since, until) AS TABLE
WITH
    asked AS (
        SELECT
            count(*) FILTER (outcome <> 'spared') AS requests,
            count(DISTINCT feed_id) FILTER (outcome <> 'spared') AS feeds,
            date_diff('day', min(day), max(day)) + 1 AS days,
            CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes,
            CAST(coalesce(sum(new_entries), 0) AS BIGINT) AS new_entries,
            count(*) FILTER (outcome = 'unchanged') AS unchanged,
            count(*) FILTER (new_entries = 0 AND outcome <> 'spared') AS wasted,
            count(*) FILTER (outcome IN ('failed', 'told to wait')) AS failed,
            count(*) FILTER (outcome = 'spared') AS spared,
            count(DISTINCT feed_id) FILTER (CAST(lying_since AS DATE) BETWEEN since AND until) AS caught_lying
        FROM feed_fetches
        WHERE day BETWEEN since AND until
    ),
    walked AS (
        SELECT
            count(*) FILTER (outcome <> 'robots') AS pages,
            count(*) FILTER (outcome = 'robots') AS refused
        FROM pages
        WHERE day BETWEEN since AND until
    ),
    waited AS (SELECT count(*) AS waits, count(*) FILTER (asked = 0) AS waits_kept FROM waits(since, until))
SELECT
    requests, feeds, coalesce(days, 0) AS days, round(requests / nullif(feeds * days, 0), 2) AS a_feed_a_day, bytes,
    new_entries, unchanged, round(unchanged / nullif(requests, 0), 4) AS unchanged_share, wasted,
    round(wasted / nullif(requests, 0), 4) AS wasted_share, failed, waits, waits_kept, spared, caught_lying, pages,
    refused
FROM asked, walked, waited;
