-- Events as reported: what an article says did happen (modality actual, not negated). Ten articles on one event are
-- ten rows of `events`; `articles` and `publishers` tell how widely it was reported.
-- Parties are null where the text names none that is registered. goldstein: mean Goldstein value, -10 to 10.

-- By day of publication, type, actor and recipient.
CREATE OR REPLACE VIEW event_counts AS
SELECT day, type, actor_party, recipient_party, events, articles, publishers, goldstein FROM event_days;

-- By day on which they happened, for those whose date is known to the day.
CREATE OR REPLACE VIEW event_timeline AS
SELECT
    event_date,
    type,
    actor_party,
    recipient_party,
    count(*) AS events,
    count(DISTINCT article) AS articles,
    count(DISTINCT publisher) AS publishers,
    min(day) AS first_reported
FROM deeds
WHERE event_date IS NOT NULL
GROUP BY event_date, type, actor_party, recipient_party;

-- What one party does to another (NULL: to anybody, or by anybody), by bucket of the day of publication and quad
-- class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
CREATE OR REPLACE MACRO relations(acting, affected, first_day, last_day, bucket := 'month') AS TABLE
SELECT
    CAST(date_trunc(bucket, day) AS DATE) AS bucket_day,
    count(*) FILTER (quad_class = 1) AS verbal_cooperation,
    count(*) FILTER (quad_class = 2) AS material_cooperation,
    count(*) FILTER (quad_class = 3) AS verbal_conflict,
    count(*) FILTER (quad_class = 4) AS material_conflict,
    count(DISTINCT article) AS articles,
    round(avg(goldstein), 2) AS goldstein
FROM deeds
WHERE (acting IS NULL OR actor_party = acting)
    AND (affected IS NULL OR recipient_party = affected)
    AND day BETWEEN CAST(first_day AS DATE) AND CAST(last_day AS DATE)
GROUP BY bucket_day
ORDER BY bucket_day;
