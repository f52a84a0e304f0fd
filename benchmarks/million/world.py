"""A warehouse of any size whose truth is known: everything follows from the number of the row.

Two years of 150 feeds, quiet at weekends. A quarter of the articles is on the beat: each of these has three
statements, two events and eight mentions. One article in 32 was corrected. On `BURST_DAYS` one claim has
`BURST_ARTICLES` articles more; the last feed is silent for the last month, and on one day none worked.
"""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor import tables, upkeep
from media_monitor.sources import Feed
from media_monitor.warehouse import index, places, reference, trends
from media_monitor.watch import ledger
from million import texts

FIRST = date(2024, 1, 1)
DAYS = 730
FEEDS = 150
CLAIMS = [f"claim_{n:02}" for n in range(14)]
BURST_CLAIM = "claim_13"
BURST_DAYS = (301, 302, 500, 640)
BURST_ARTICLES = 200
SILENT_FEED = FEEDS - 1
DOWN_DAY = 400
LANGUAGES = ["en", "ko", "ru", "uk", "zh", "ja", "ar", "de", "fr", "es"]
AFFILIATIONS = ["independent", "independent", "state", "wire"]
COUNTRIES = ["US", "KR", "RU", "UA", "CN", "JP", "EG", "DE", "FR", "KP"]
PARTIES = ["KP", "RU", "KR", "UA", "US", "CN", "JP", "NATO"]

SHORT_TEXT = "'It was said on ' || n || '. ' || repeat('A sentence of news with a number ' || hash(n) || '. ', 12)"

SCRIPTS = [*trends.scripts(), *ledger.scripts()]


@dataclass(frozen=True, slots=True)
class Truth:
    """What the views must find."""

    articles: int
    bursts: list[date]
    silent: str


def day_of(number: int) -> date:
    return FIRST + timedelta(number)


def feed_name(number: int) -> str:
    return f"feed-{number:03}"


def truth(articles: int, days: int) -> Truth:
    """What is true of the warehouse that `make` makes."""
    bursts = [day_of(n) for n in BURST_DAYS if n < days]
    return Truth(articles + len(bursts) * BURST_ARTICLES, bursts, feed_name(SILENT_FEED))


def make(home: Path, articles: int, days: int = DAYS, relevant_every: int = 4, long_texts: bool = False) -> None:
    """Makes the lake and the published warehouse in the folder; one article in `relevant_every` is on the beat, with a
    text of a dozen equal sentences, or one of `texts.CHARACTERS` characters of its language."""
    with duckdb.connect(home / "making.duckdb") as connection:
        connection.execute("SET TimeZone = 'UTC'; SET threads = 2; SET memory_limit = '6GB'")
        text = texts.prepared(connection, LANGUAGES) if long_texts else SHORT_TEXT
        for table in tables.TABLES:
            connection.execute(table.ddl)
        for name, select in _selects(articles, days, relevant_every, text).items():
            connection.execute(f'INSERT INTO "{name}" BY NAME {select}')
            _write(connection, home, name)
    (home / "making.duckdb").unlink()
    index.rebuild(home, SCRIPTS, references(), upkeep.derived())


def references() -> dict[str, pa.Table]:
    claims = [
        {"claim": claim, "title": claim, "parties": ["KP", "RU"], "implies": [CLAIMS[0]] if n == 1 else []}
        for n, claim in enumerate(CLAIMS)
    ]
    feeds = [
        Feed(feed_name(n), f"https://f{n}.example/rss", f"Outlet {n}", f"family-{n // 2}", LANGUAGES[n % 10],
             COUNTRIES[n // 2 % 10], AFFILIATIONS[n // 2 % 4], 1)
        for n in range(FEEDS)
    ]  # fmt: skip
    entities = [
        {"entity_id": f"e{n}", "kind": "person", "party": PARTIES[n % 8], "name": f"Name {n}"} for n in range(300)
    ]
    made = {
        "claims": pa.Table.from_pylist(claims, schema=reference.CLAIMS.schema),
        "feeds": reference.FEEDS.arrow(feeds),
        "entities": pa.Table.from_pylist(entities, schema=reference.ENTITIES.schema),
    }
    empty = {table.name: table.empty() for table in reference.TABLES}
    return empty | made


def _write(connection: duckdb.DuckDBPyConnection, home: Path, name: str) -> None:
    folder = places.lake(home) / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    key = ", ".join(f'"{column}"' for column in tables.BY_NAME[name].key)
    connection.execute("SET threads = 1")
    connection.execute(f"""
        COPY (FROM "{name}" ORDER BY day, {key}) TO '{folder}'
        (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), WRITE_PARTITION_COLUMNS true, ROW_GROUP_SIZE 1000000)
    """)
    connection.execute("SET threads = 2")
    for path in list(folder.glob("day=*")):
        written = sorted(path.glob("*.parquet"))
        if len(written) != 1:
            raise SystemExit(f"{path}: {len(written)} files")
        shutil.move(written[0], path / places.PART)


def _pick(values: list[str], number: str) -> str:
    return f"({values!r})[CAST(1 + ({number}) % {len(values)} AS BIGINT)]"


def _selects(articles: int, days: int, relevant_every: int, text: str) -> dict[str, str]:
    """The SELECT of each table; those of facts read `articles`, which is there by then."""
    bursts = [n for n in BURST_DAYS if n < days]
    extra = len(bursts) * BURST_ARTICLES
    moment = f"CAST(DATE '{FIRST}' + n_day AS TIMESTAMPTZ)"
    language = _pick(LANGUAGES, "f")
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
                {_pick(AFFILIATIONS, "f // 2")} AS affiliation, {_pick(COUNTRIES, "f // 2")} AS country,
                {language} AS language, 'Headline of the article with the number ' || n AS title,
                CASE WHEN relevant THEN {text.format(language=language)} END AS text,
                CASE WHEN h % 9 = 0 THEN 'afp' END AS agency,
                []::VARCHAR[] AS authors, {moment} + to_seconds(CAST(h % 80000 AS BIGINT)) AS published_at,
                'published' AS date_source, {moment} + to_seconds(CAST(h % 80000 + 900 AS BIGINT)) AS fetched_at,
                md5(n || '-' || revision) AS content_sha256, relevant, 'dprk_russia' AS beat,
                CASE WHEN h % 11 = 0 AND article_id LIKE 'a%' AND n > 40 THEN 'a' || (n - 40) END AS copy_of
            FROM dated CROSS JOIN (VALUES (1), (2)) AS r(revision)
            WHERE revision = 1 OR n % 32 = 0
        """,
        "mentions": f"""
            SELECT md5(a.article_id || a.revision || 'm' || k) AS mention_id, {span}, 'e' || ({h} % 300) AS entity_id,
                'person' AS kind, {_pick(PARTIES, f"{h} % 300")} AS party, 'name' AS rule
            {of_beat.format(8)}
        """,
        "events": f"""
            SELECT md5(a.article_id || a.revision || 'e' || k) AS event_id, {span},
                {_pick(["AID", "CONSULT", "ACCUSE", "ASSAULT", "AGREE", "THREATEN"], h)} AS type, '07' AS cameo,
                1 + {h} % 4 AS quad_class, CAST({h} % 19 AS DOUBLE) - 9 AS goldstein,
                {_pick(PARTIES, h + " // 64")} AS actor_party, {_pick(PARTIES, h + " // 512")} AS recipient_party,
                a.day - CAST({h} % 3 AS INTEGER) AS event_date, 'day' AS date_precision, 'actual' AS modality,
                {h} % 10 = 0 AS negated, 0.9 AS confidence, 'rule' AS rule, '1' AS extractor_version
            {of_beat.format(2)}
        """,
        "statements": f"""
            SELECT md5(a.article_id || a.revision || 's' || k) AS statement_id, {span}, 'a spokesman' AS speaker,
                {_pick(PARTIES, h)} AS party, []::VARCHAR[] AS via,
                {_pick(["official", "official", "official", "expert"], h + " // 8")} AS role,
                {_pick(["confirm", "allege", "deny", "decline", "condemn", "praise"], h + " // 32")} AS stance,
                CASE WHEN {late} THEN '{BURST_CLAIM}' ELSE {_pick(CLAIMS, h + " // 256")} END AS claim,
                'we know of it' AS quote, a.day AS said_on, 'actual' AS modality,
                {h} % 5 = 0 AND NOT {late} AS background, 0.9 AS confidence, 'rule' AS rule, '1' AS extractor_version
            {of_beat.format(3)}
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
        "checks": f"""
            SELECT
                md5('c' || n_day || '-' || k || '-' || e) AS check_id, DATE '{FIRST}' + n_day AS day,
                'run-' || printf('%03d-%02d', n_day, k) AS batch,
                {_pick(["articles", "mentions", "events", "statements"], "e")} AS "table",
                'expectation_' || e AS expectation, []::VARCHAR[] AS columns, 'warning' AS severity, 'row' AS scope,
                (n_day * 7 + k + e) % 997 > 0 AS success, 500 AS rows, 0 AS unexpected,
                {moment} + to_hours(2 * k) AS "at"
            FROM (SELECT CAST(range AS INTEGER) AS n_day FROM range({days})), range(12) AS runs(k), range(40) AS x(e)
        """,
        "quarantine": f"""
            SELECT md5('q' || n) AS quarantine_id, DATE '{FIRST}' + n_day AS day, 'statements' AS "table",
                's' || n AS row_id, '{{}}' AS row, ['span_in_text'] AS expectations, 'run' AS batch, {moment} AS "at"
            FROM (
                SELECT n, CAST(CASE WHEN n < 8 * {days} THEN n % {days} ELSE {days - 10} END AS INTEGER) AS n_day
                FROM range(8 * {days} + 2000) AS t(n)
            )
        """,
    }
