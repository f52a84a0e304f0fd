"""The SELECT of each table of articles, facts and fetches; each row follows from its number."""

from million.given import (
    AFFILIATIONS,
    BURST_ARTICLES,
    BURST_CLAIM,
    BURST_DAYS,
    CLAIMS,
    COUNTRIES,
    DOWN_DAY,
    FEEDS,
    FIRST,
    LANGUAGES,
    PARTIES,
    SILENT_FEED,
)

STORIES_A_DAY = 60
MENTIONS, EVENTS, STATEMENTS = 14, 2, 3  # of an article on the beat
SHORT_TEXT = "'It was said on ' || n || '. ' || repeat('A sentence of news with a number ' || hash(n) || '. ', 12)"


def selects(articles: int, days: int, relevant_every: int, text: str, dense: int) -> dict[str, str]:
    """Those of facts read `articles`, which is there by then."""
    bursts = [n for n in BURST_DAYS if n < days]
    extra = len(bursts) * BURST_ARTICLES
    moment = f"CAST(DATE '{FIRST}' + n_day AS TIMESTAMPTZ)"
    language = pick(LANGUAGES, "f")
    number = "CAST(substr(a.article_id, 2) AS BIGINT)"  # the number of the article, from its id
    late = "a.article_id LIKE 'b%'"  # an article of a burst
    span = "a.article_id, a.revision, a.day, 1 AS sentence, 0 AS start, 8 AS \"end\", 'Headline' AS surface"
    of_beat = "FROM articles AS a CROSS JOIN range({0}) AS t(k) WHERE a.relevant"
    h = f"(hash({number} * 31 + k) >> 3)"
    return {
        "articles": f"""
            WITH
                numbers AS (
                    SELECT
                        n, 'a' || n AS article_id, n % {relevant_every} = 0 AS relevant, hash(n) AS h,
                        hash(n + 7) % {days} AS d
                    FROM range({articles}) AS t(n)
                    UNION ALL
                    SELECT n, 'b' || n, true, hash(n * 13), ({bursts or [0]!r})[1 + n // {BURST_ARTICLES}]
                    FROM range({extra}) AS t(n)
                ),
                dated AS (
                    SELECT
                        *, CAST((h >> 20) % {FEEDS} AS INTEGER) AS f,
                        CAST(CASE
                            WHEN article_id LIKE 'a%' AND d % 7 > 4 AND h % 2 = 0 AND d + 2 < {days} THEN d + 2 ELSE d
                        END AS INTEGER) AS n_day
                    FROM numbers
                )
            SELECT
                article_id, revision, DATE '{FIRST}' + n_day AS day, 'https://f' || f || '.example/' || n AS url,
                'feed-' || printf('%03d', f) AS feed_id, 'Outlet ' || f AS outlet, 'family-' || (f // 2) AS publisher,
                {pick(AFFILIATIONS, "f // 2")} AS affiliation, {pick(COUNTRIES, "f // 2")} AS country,
                {language} AS language, 'Headline of the article with the number ' || n AS title,
                CASE WHEN relevant THEN {text.format(language=language)} END AS text,
                CASE WHEN h % 9 = 0 THEN 'afp' END AS agency,
                []::VARCHAR[] AS authors, {moment} + to_seconds(CAST(h % 80000 AS BIGINT)) AS published_at,
                'published' AS date_source, {moment} + to_seconds(CAST(h % 80000 + 900 AS BIGINT)) AS fetched_at,
                md5(n || '-' || revision) AS content_sha256, relevant, 'dprk_russia' AS beat,
                CASE WHEN h % 11 = 0 AND article_id LIKE 'a%' AND n > 40 THEN 'a' || (n - 40) END AS copy_of,
                CASE WHEN relevant THEN 's' || n_day || '-' || CASE
                    WHEN article_id LIKE 'b%' THEN {STORIES_A_DAY}  -- a burst is one happening
                    ELSE CAST(floor({STORIES_A_DAY} * pow(h % 1000 / 1000, 2)) AS INTEGER)  -- few are large
                END END AS story_id
            FROM dated CROSS JOIN (VALUES (1), (2)) AS r(revision)
            WHERE revision = 1 OR n % 32 = 0
        """,
        "mentions": f"""
            SELECT md5(a.article_id || a.revision || 'm' || k) AS mention_id, {span}, 'e' || ({h} % 300) AS entity_id,
                'person' AS kind, {pick(PARTIES, f"{h} % 300")} AS party, 'name' AS rule
            {of_beat.format(MENTIONS * dense)}
        """,
        "events": f"""
            SELECT md5(a.article_id || a.revision || 'e' || k) AS event_id, {span},
                {pick(["AID", "CONSULT", "ACCUSE", "ASSAULT", "AGREE", "THREATEN"], h)} AS type, '07' AS cameo,
                1 + {h} % 4 AS quad_class, CAST({h} % 19 AS DOUBLE) - 9 AS goldstein,
                {pick(PARTIES, h + " // 64")} AS actor_party, {pick(PARTIES, h + " // 512")} AS recipient_party,
                a.day - CAST({h} % 3 AS INTEGER) AS event_date, 'day' AS date_precision, 'actual' AS modality,
                {h} % 10 = 0 AS negated, 0.9 AS confidence, 'rule' AS rule, '1' AS extractor_version
            {of_beat.format(EVENTS * dense)}
        """,
        "statements": f"""
            SELECT md5(a.article_id || a.revision || 's' || k) AS statement_id, {span}, 'a spokesman' AS speaker,
                {pick(PARTIES, h)} AS party, []::VARCHAR[] AS via,
                {pick(["official", "official", "official", "expert"], h + " // 8")} AS role,
                {pick(["confirm", "allege", "deny", "decline", "condemn", "praise"], h + " // 32")} AS stance,
                CASE WHEN {late} THEN '{BURST_CLAIM}' ELSE {pick(CLAIMS, h + " // 256")} END AS claim,
                'we know of it' AS quote, a.day AS said_on, 'actual' AS modality,
                {h} % 5 = 0 AND NOT {late} AS background, 0.9 AS confidence, 'rule' AS rule, '1' AS extractor_version
            {of_beat.format(STATEMENTS * dense)}
        """,
        "fetches": f"""
            SELECT
                'feed-' || printf('%03d', f) AS feed_id, 'run-' || printf('%03d-%02d', n_day, k) AS batch,
                DATE '{FIRST}' + n_day AS day, 'https://f' || f || '.example/rss' AS url, 'Outlet ' || f AS outlet,
                {moment} + to_hours(2 * k) + to_seconds(f) AS fetched_at,
                CASE WHEN bad THEN NULL ELSE 200 END AS status, 5000 AS bytes, 200 AS elapsed_ms, 20 AS entries,
                CASE WHEN bad OR (f = {SILENT_FEED} AND n_day >= {days - 30}) THEN 0 ELSE CAST(h % 3 AS INTEGER) END
                    AS new_entries,
                CAST(bad AS INTEGER) AS failures, CASE WHEN bad THEN 'timed out' END AS error, '' AS note
            FROM (
                SELECT *, hash(f * 1000003 + n_day * 101 + k) AS h, n_day = {DOWN_DAY} OR h % 50 = 0 AS bad
                FROM range({FEEDS}) AS feeds(f), (SELECT CAST(range AS INTEGER) AS n_day FROM range({days})),
                    range(12) AS runs(k)
            )
        """,
    }


def pick(values: list[str], number: str) -> str:
    return f"({values!r})[CAST(1 + ({number}) % {len(values)} AS BIGINT)]"
