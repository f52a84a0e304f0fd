-- Whose voice, and in which tone. Articles that copy another count nowhere here, and background and hypothetical
-- statements only where a macro says so.
-- Stance balance: (confirm + praise - deny - condemn) / all six stances, from -1 to 1, each counted by articles.

-- Share of voice on a claim (NULL: on the beat), by who prints ('language', 'publisher', 'affiliation', 'country',
-- 'outlet') or by whose words are printed ('party', 'role', 'stance'; of these, no background). share: of all labels
-- together, so that the shares add up to 1, although an article has several parties and stances.
CREATE OR REPLACE MACRO share_of_voice(claim_id, first_day, last_day, dimension) AS TABLE
WITH
    heard AS (
        SELECT
            CASE dimension
                WHEN 'language' THEN language
                WHEN 'publisher' THEN publisher
                WHEN 'affiliation' THEN affiliation
                WHEN 'country' THEN country
                WHEN 'outlet' THEN outlet
                WHEN 'party' THEN party
                WHEN 'role' THEN role
                WHEN 'stance' THEN stance
                ELSE error(
                    'share_of_voice: the dimension is language, publisher, affiliation, country, outlet, party, role '
                    || 'or stance'
                )
            END AS label,
            article, any_value(publisher) AS publisher
        FROM voices
        WHERE (claim_id IS NOT NULL OR dimension NOT IN ('language', 'publisher', 'affiliation', 'country', 'outlet'))
            AND (claim_id IS NULL OR claim = claim_id)
            AND (dimension NOT IN ('party', 'role', 'stance') OR NOT (background OR hypothetical))
            AND NOT copied AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
        GROUP BY label, article
    ),
    printed AS (
        SELECT
            CASE dimension
                WHEN 'language' THEN language
                WHEN 'publisher' THEN publisher
                WHEN 'affiliation' THEN affiliation
                WHEN 'country' THEN country
                WHEN 'outlet' THEN outlet
            END AS label,
            publisher, originals
        FROM outlet_days
        WHERE claim_id IS NULL AND dimension IN ('language', 'publisher', 'affiliation', 'country', 'outlet')
            AND originals > 0 AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    ),
    counted AS (
        SELECT label, count(*) AS articles, count(DISTINCT publisher) AS publishers FROM heard GROUP BY label
        UNION ALL
        SELECT label, CAST(sum(originals) AS BIGINT), count(DISTINCT publisher) FROM printed GROUP BY label
    )
SELECT label, articles, publishers, round(articles / sum(articles) OVER (), 4) AS share
FROM counted
ORDER BY articles DESC, label;

-- The tone of each party by bucket: the stances of its officials on one claim (NULL: on any), their balance, and the
-- mean Goldstein value of what it did (goldstein) and of what was done to it (goldstein_received), on any matter.
-- A party and bucket without either has no row.
CREATE OR REPLACE MACRO tone_by_party(first_day, last_day, bucket := 'month', claim_id := NULL) AS TABLE
WITH
    said AS (
        SELECT CAST(date_trunc(bucket, day) AS DATE) AS bucket_day, party, stance, article
        FROM voices
        WHERE role = 'official' AND NOT background AND NOT hypothetical AND NOT copied
            AND (claim_id IS NULL OR claim = claim_id)
            AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
        GROUP BY ALL
    ),
    stances AS (
        SELECT
            bucket_day, party,
            count(*) FILTER (stance = 'confirm') AS confirm,
            count(*) FILTER (stance = 'allege') AS allege,
            count(*) FILTER (stance = 'decline') AS decline,
            count(*) FILTER (stance = 'deny') AS deny,
            count(*) FILTER (stance = 'condemn') AS condemn,
            count(*) FILTER (stance = 'praise') AS praise,
            round((confirm + praise - deny - condemn) / count(*), 3) AS balance
        FROM said
        GROUP BY bucket_day, party
    ),
    done AS (
        SELECT CAST(date_trunc(bucket, day) AS DATE) AS bucket_day, actor_party, recipient_party, goldstein
        FROM deeds
        WHERE day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
    ),
    acted AS (
        SELECT bucket_day, actor_party AS party, count(*) AS events, round(avg(goldstein), 2) AS goldstein
        FROM done
        WHERE actor_party IS NOT NULL
        GROUP BY bucket_day, actor_party
    ),
    received AS (
        SELECT bucket_day, recipient_party AS party, round(avg(goldstein), 2) AS goldstein
        FROM done
        WHERE recipient_party IS NOT NULL
        GROUP BY bucket_day, recipient_party
    )
SELECT
    bucket_day, party,
    coalesce(confirm, 0) AS confirm, coalesce(allege, 0) AS allege, coalesce(decline, 0) AS decline,
    coalesce(deny, 0) AS deny, coalesce(condemn, 0) AS condemn, coalesce(praise, 0) AS praise, balance,
    coalesce(events, 0) AS events, acted.goldstein, received.goldstein AS goldstein_received
FROM stances
FULL JOIN acted USING (bucket_day, party)
FULL JOIN received USING (bucket_day, party)
ORDER BY bucket_day, party;
