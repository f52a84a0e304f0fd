-- Publisher families: what each printed between two days (UTC, both included), how much of it is its own, how often it
-- was first. Families of the feed list that printed nothing have a row too. tier: the best of its feeds.
-- borrowed: articles on the beat that copy another or credit another family's wire. first_reports: stories that began
-- in these days, that others report too, and that it was first to report; a wire counts where its text was first.
CREATE OR REPLACE MACRO publisher_families(since, until) AS TABLE
WITH
    printed AS (
        SELECT
            publisher,
            list_sort(list(DISTINCT outlet)) AS outlets,
            list_sort(list(DISTINCT affiliation)) AS affiliations,
            list_sort(list(DISTINCT country) FILTER (country <> 'unknown')) AS countries,
            list_sort(list(DISTINCT language) FILTER (language <> 'und')) AS languages,
            CAST(sum(articles) AS BIGINT) AS articles,
            CAST(sum(relevant) AS BIGINT) AS relevant,
            max(day) AS last_day,
            max(day) FILTER (relevant > 0) AS last_relevant_day
        FROM outlet_days
        WHERE day BETWEEN since AND until
        GROUP BY publisher
    ),
    followed AS (
        SELECT
            publisher,
            list_sort(list(DISTINCT outlet)) AS outlets,
            list_sort(list(DISTINCT affiliation)) AS affiliations,
            list_sort(list(DISTINCT country) FILTER (country IS NOT NULL)) AS countries,
            list_sort(list(DISTINCT language) FILTER (language IS NOT NULL)) AS languages,
            count(*) AS feeds,
            min(tier) AS tier
        FROM feeds
        GROUP BY publisher
    ),
    borrowing AS (
        SELECT a.publisher, count(*) AS borrowed
        FROM storied_articles AS a
        LEFT JOIN families AS f ON f.name = lower(trim(a.reporter))
        WHERE a.day BETWEEN since AND until
            AND (a.copy_of IS NOT NULL OR (a.by_wire AND coalesce(f.family, lower(trim(a.reporter))) <> a.publisher))
        GROUP BY a.publisher
    ),
    begun AS (
        SELECT
            arg_min({publisher: publisher, wire: CASE WHEN by_wire THEN lower(trim(reporter)) END},
                (printed_at, NOT own, article_id)) AS first,
            min(printed_at) AS first_at
        FROM story_articles
        GROUP BY story_id
        HAVING count(DISTINCT publisher) > 1
    ),
    firsts AS (
        SELECT coalesce(f.family, b.first.wire, b.first.publisher) AS publisher, count(*) AS first_reports
        FROM begun AS b
        LEFT JOIN families AS f ON f.name = b.first.wire
        WHERE CAST(b.first_at AS DATE) BETWEEN since AND until
        GROUP BY ALL
    )
SELECT
    publisher,
    list_sort(list_distinct(list_concat(p.outlets, f.outlets))) AS outlets,
    list_sort(list_distinct(list_concat(p.countries, f.countries))) AS countries,
    list_sort(list_distinct(list_concat(p.languages, f.languages))) AS languages,
    list_sort(list_distinct(list_concat(p.affiliations, f.affiliations))) AS affiliations,
    f.tier,
    coalesce(f.feeds, 0) AS feeds,
    coalesce(p.articles, 0) AS articles,
    coalesce(p.relevant, 0) AS relevant,
    coalesce(b.borrowed, 0) AS borrowed,
    round(coalesce(b.borrowed, 0) / nullif(p.relevant, 0), 4) AS borrowed_share,
    coalesce(t.first_reports, 0) AS first_reports,
    p.last_day,
    p.last_relevant_day
FROM printed AS p
FULL JOIN followed AS f USING (publisher)
LEFT JOIN borrowing AS b USING (publisher)
LEFT JOIN firsts AS t USING (publisher)
ORDER BY relevant DESC, articles DESC, publisher;
