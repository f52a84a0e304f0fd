-- Stories: articles, in any language, on one happening (docs/stories.md). Copies and agency credits are seen through.

-- The story that each story goes on as: itself, or the one at the end of its merges.
CREATE OR REPLACE VIEW story_roots AS
WITH RECURSIVE
    merged AS (
        SELECT story_id, next_story
        FROM story_changes
        WHERE kind = 'merge'
        QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY "at", change_id) = 1
    ),
    chain AS (
        SELECT story_id, next_story AS root, 1 AS steps FROM merged
        UNION ALL
        SELECT c.story_id, m.next_story, c.steps + 1
        FROM chain AS c
        JOIN merged AS m ON m.story_id = c.root
        WHERE c.steps < 100
    ),
    ended AS (SELECT story_id, arg_max(root, steps) AS root FROM chain GROUP BY story_id)
SELECT s.story_id, coalesce(e.root, s.story_id) AS root
FROM stories AS s
LEFT JOIN ended AS e USING (story_id);

-- Articles that have a story, in their latest revision. story_id: after merges. printed_at: the earliest of all
-- revisions. reporter: whose report it is: the wire that it or its origin credits, else the publisher of its origin, else
-- its own. by_wire: whether that is a wire that it credits. own: whether it is the outlet's own text, no copy.
CREATE OR REPLACE VIEW story_articles AS
SELECT
    r.root AS story_id,
    a.article_id,
    a.revision,
    a.day,
    a.outlet,
    a.publisher,
    a.affiliation,
    a.country,
    a.language,
    a.title,
    a.url,
    a.printed_at,
    a.reporter,
    a.by_wire,
    a.copy_of IS NULL AS own,
    a.copy_of
FROM story_roots AS r
JOIN storied_articles AS a ON a.story_id = r.story_id;

-- One row a story, the latest first. title, article_id, language: of its founding article. publishers: families.
-- languages: in the order in which they came. merged: stories that go on as this one.
CREATE OR REPLACE VIEW stories_latest AS
WITH
    merged AS (
        SELECT root AS story_id, list(story_id ORDER BY story_id) AS merged
        FROM story_roots
        WHERE root <> story_id
        GROUP BY root
    ),
    founding AS ( -- the day of a story is that of the article: what is asked of one story reads no other day
        SELECT s.story_id, s.article_id, a.title, a.language
        FROM stories AS s
        JOIN articles AS a ON a.day = s.day AND a.article_id = s.article_id AND a.revision = s.revision
    ),
    counted AS (
        SELECT
            story_id,
            count(*) AS articles,
            count(*) FILTER (own) AS own_articles,
            count(DISTINCT publisher) AS publishers,
            min(printed_at) AS first_at,
            max(printed_at) AS last_at,
            list(language ORDER BY printed_at, language) AS spoken
        FROM story_articles
        GROUP BY story_id
    )
SELECT
    c.story_id,
    f.title,
    f.language,
    f.article_id,
    c.first_at,
    c.last_at,
    c.articles,
    c.own_articles,
    c.publishers,
    list_filter(c.spoken, lambda language, place: list_position(c.spoken, language) = place) AS languages,
    coalesce(m.merged, []) AS merged
FROM counted AS c
JOIN founding AS f USING (story_id)
LEFT JOIN merged AS m USING (story_id)
ORDER BY c.first_at DESC, c.story_id;

-- Who was first to report a story. reporter: a wire counts as first where the first article is its text. outlet,
-- publisher, language, title, url: of that article. carriers: publishers that carry the same reporter's words.
CREATE OR REPLACE VIEW first_to_report AS
WITH reported AS (
    SELECT
        story_id,
        reporter,
        min((printed_at, NOT own, article_id)) AS place,
        arg_min(
            {by_wire: by_wire, outlet: outlet, publisher: publisher, language: language, title: title, url: url},
            (printed_at, NOT own, article_id)
        ) AS article,
        count(DISTINCT publisher) AS carriers
    FROM story_articles
    GROUP BY story_id, reporter
)
SELECT
    story_id,
    reporter,
    article.by_wire AS by_wire,
    article.outlet AS outlet,
    article.publisher AS publisher,
    article.language AS language,
    place[1] AS printed_at,
    place[3] AS article_id,
    article.title AS title,
    article.url AS url,
    carriers
FROM reported
QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY place) = 1;

-- When a story came to each language. hours: from the first report in any language to the first in this one.
CREATE OR REPLACE VIEW lag_by_language AS
SELECT
    story_id,
    language,
    min(printed_at) AS printed_at,
    round(
        date_diff('minute', min(min(printed_at)) OVER (PARTITION BY story_id), min(printed_at)) / 60, 2
    ) AS hours,
    arg_min(outlet, (printed_at, NOT own, article_id)) AS outlet,
    arg_min(reporter, (printed_at, NOT own, article_id)) AS reporter,
    count(*) AS articles,
    count(DISTINCT publisher) AS publishers
FROM story_articles
GROUP BY story_id, language;

-- Languages that have not picked up a story, though feeds in them were read after it began. feeds: how many.
-- silent_hours: from the first report to the last time that one of these feeds was read.
CREATE OR REPLACE VIEW languages_missing AS
WITH
    begun AS (SELECT story_id, min(printed_at) AS first_at FROM story_articles GROUP BY story_id),
    heard AS (
        SELECT f.feed_id, f.language, max(t.last_success) AS read_at
        FROM feeds AS f
        JOIN feed_days AS t USING (feed_id)
        WHERE f.language IS NOT NULL
        GROUP BY f.feed_id, f.language
    )
SELECT
    b.story_id,
    h.language,
    count(*) AS feeds,
    round(date_diff('minute', any_value(b.first_at), max(h.read_at)) / 60, 2) AS silent_hours
FROM begun AS b
JOIN heard AS h ON h.read_at > b.first_at
ANTI JOIN story_articles AS a ON a.story_id = b.story_id AND a.language = h.language
GROUP BY b.story_id, h.language;
