"""The SELECT of each table that follows from articles and facts: stories, alerts, checks, rows in quarantine."""

from million.facts import pick
from million.given import FIRST

EVIDENCE = 20  # statements that an alert names at most


def selects(days: int) -> dict[str, str]:
    """They read `articles` and `statements`, which are there by then."""
    moment = f"CAST(DATE '{FIRST}' + n_day AS TIMESTAMPTZ)"
    return {
        "stories": """
            SELECT
                story_id, CAST(min(published_at) AS DATE) AS day,
                arg_min(article_id, (published_at, article_id)) AS article_id, 1 AS revision,
                min(published_at) AS founded_at, min(fetched_at) AS first_seen,
                arg_min(language, (published_at, article_id)) AS language, ['e1', 'e2'] AS entities, ['e1'] AS titled,
                ['AID:KP:RU'] AS deeds, 'rules' AS method
            FROM articles WHERE story_id IS NOT NULL AND revision = 1 GROUP BY story_id
        """,
        "alerts": f"""
            SELECT
                md5(s.claim || s.party || kind || s.day) AS alert_id, s.day, 'dprk_russia' AS beat, s.claim, s.party,
                'corroborated' AS grade, kind = 'reversal' AS reversal, 'silent' AS prior_status, s.day AS since,
                s.first_statement, s.evidence, 5 AS publishers, 'a spokesman' AS speaker, 'we know of it' AS quote,
                []::VARCHAR[] AS via, a.outlet, a.url, a.title, a.language, a.published_at AS printed_at,
                a.fetched_at AS raised_at,
                [{{'channel': 'desk', 'state': 'sent', 'at': a.fetched_at, 'error': NULL::VARCHAR}}] AS deliveries,
                kind, kind AS rule, s.claim AS subject, 'A spokesman has said it' AS summary
            FROM (
                SELECT
                    claim, party, {pick(["first_confirmation", "denial", "reversal", "implicit"], "month(day)")}
                        AS kind,
                    min(day) AS day, arg_min(statement_id, (day, statement_id)) AS first_statement,
                    arg_min(article_id, (day, statement_id)) AS article_id,
                    min(statement_id, {EVIDENCE}) AS evidence
                FROM statements WHERE revision = 1 AND role = 'official' AND NOT background
                GROUP BY claim, party, year(day), month(day)
            ) AS s
            JOIN articles AS a ON a.article_id = s.article_id AND a.revision = 1
        """,
        "checks": f"""
            SELECT
                md5('c' || n_day || '-' || k || '-' || e) AS check_id, DATE '{FIRST}' + n_day AS day,
                'run-' || printf('%03d-%02d', n_day, k) AS batch,
                {pick(["articles", "mentions", "events", "statements"], "e")} AS "table",
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
