"""One article: all that is stored of it, its revisions and what changed between them, and where it came from."""

import re
from collections.abc import Mapping
from typing import Any

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.model import Article
from media_monitor.warehouse import query

MOST_RELATED = 50  # copies, and articles of the story
Row = dict[str, Any]

# In the notation of wdiff: what went, what came.
_CHANGE = re.compile(r"\[-(?P<gone>.*?)-\]|\{\+(?P<new>.*?)\+\}", re.DOTALL)
_SHORT = """
    day, article_id, revision, outlet, coalesce(language, 'und') AS language, title, url,
    coalesce(published_at, fetched_at) AS printed_at
"""
_LATEST = "QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1"
_OF_REVISION = "day = $day AND article_id = $id AND revision = $revision"
_PARTS = {
    "statements": f"""
        SELECT * EXCLUDE (day, article_id, revision) FROM statements WHERE {_OF_REVISION}
        ORDER BY sentence, start, statement_id
    """,
    "events": f"""
        SELECT * EXCLUDE (day, article_id, revision) FROM events WHERE {_OF_REVISION} ORDER BY sentence, start, event_id
    """,
    "entities": f"""
        SELECT m.entity_id, any_value(e.name) AS name, m.kind, m.party,
            list(DISTINCT m.surface ORDER BY m.surface) AS forms, count(*) AS times
        FROM mentions AS m
        LEFT JOIN entities AS e USING (entity_id)
        WHERE m.{_OF_REVISION.replace(" AND ", " AND m.")}
        GROUP BY m.entity_id, CASE WHEN m.entity_id IS NULL THEN m.surface END, m.kind, m.party
        ORDER BY times DESC, m.entity_id
    """,
    "judged": """
        SELECT statement_id, verdict, reason, "by", "at" FROM judgements WHERE article_id = $id
        QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY "at" DESC) = 1
    """,
    "origin": f"SELECT {_SHORT} FROM articles WHERE article_id = $origin {_LATEST}",
    "copies": f"""
        SELECT {_SHORT} FROM articles WHERE copy_of = $id {_LATEST} ORDER BY printed_at, article_id LIMIT {MOST_RELATED}
    """,
    "story": f"""
        SELECT DISTINCT story_id AS root, article_id, outlet, language, title, printed_at
        FROM story_articles
        WHERE story_id = (SELECT root FROM story_roots WHERE story_id = $story)
        ORDER BY printed_at, article_id LIMIT {MOST_RELATED}
    """,
    "pages": """
        SELECT revision, fetched_at, url, final_url, status, outcome, reason, chars, library, warc_file, warc_offset
        FROM pages WHERE article_id = $id ORDER BY fetched_at DESC
    """,
    "quarantine": """
        SELECT "table", row_id, expectations, batch, "at" FROM quarantine WHERE article_id = $id
        ORDER BY "at" DESC, row_id
    """,
}


def one(settings: Settings, article: str, revision: int | None = None) -> Row:
    """`article` (the row of the revision, by default the last), `latest`, `revisions` (the newest first, each with
    `changes`: pieces with `kind` same, gone or new), `statements`, `events` and `entities` of it, `judged`, `origin`,
    `copies`, `story` (articles of the same, with its id), `pages`, `quarantine`, `why_no_text` (None with one).

    `article` is an id or the beginning of one.

    Raises:
        QueryError: there is no such article or revision, or several ids begin so.
    """
    revisions = _revisions(settings, article)
    latest = revisions[-1]["revision"]
    chosen = next((row for row in revisions if row["revision"] == (revision or latest)), None)
    if chosen is None:
        raise QueryError(f"article {article}", f"has no revision {revision}; its last is {latest}")
    given = {"id": chosen["article_id"], "revision": chosen["revision"], "day": chosen["day"]}
    parts = query.answers(settings.home, _PARTS, given | {"origin": chosen["copy_of"], "story": chosen["story_id"]})
    return {
        "article": chosen,
        "latest": latest,
        "revisions": [_told(row) for row in reversed(revisions)],
        "why_no_text": why_no_text(chosen, parts["pages"]),
        **parts,
        "origin": parts["origin"][0] if parts["origin"] else None,
    }


def why_no_text(article: Mapping[str, Any], pages: list[Row]) -> str | None:
    """Why there is nothing but a headline; None where there is a text."""
    if article["text"]:
        return None
    if not article["relevant"]:
        told = "It does not report on the beat: of such articles only the headline and what describes them is stored."
        return f"{told} `media-monitor explain {article['article_id']}` tells what was missing."
    asked = next((p for p in pages if p["revision"] == article["revision"]), None)
    page = (
        f" Its page was asked for: {asked['outcome']}{', ' if asked['reason'] else ''}{asked['reason']}."
        if asked
        else ""
    )
    return f"Its feed gives nothing but the headline.{page}"


def instance(row: Mapping[str, Any]) -> Article:
    """The row as an article."""
    given = {name: value for name, value in row.items() if name != "day"}
    return Article(**(given | {"authors": tuple(row["authors"] or ())}))


def changes(told: str | None) -> list[Row]:
    """A description of what changed, cut into pieces.

    >>> changes("text: at least [-two-]{+three+} people")[1:3]
    [{'kind': 'gone', 'text': 'two'}, {'kind': 'new', 'text': 'three'}]
    """
    found, at = [], 0
    for match in _CHANGE.finditer(told or ""):
        found += [{"kind": "same", "text": (told or "")[at : match.start()]}] if at < match.start() else []
        kind = "gone" if match["gone"] is not None else "new"
        found.append({"kind": kind, "text": match[kind]})
        at = match.end()
    rest = (told or "")[at:]
    return [*found, {"kind": "same", "text": rest}] if rest else found


def _revisions(settings: Settings, article: str) -> list[Row]:
    sql = "SELECT * FROM articles WHERE starts_with(article_id, ?) ORDER BY article_id, revision LIMIT 500"
    rows = query.rows(settings.home, sql, [article]) if article else []
    ids = {row["article_id"] for row in rows}
    if article in ids:
        ids = {article}
    if len(ids) > 1:
        raise QueryError(f"article {article}", "begins the ids of several articles")
    if not ids:
        raise QueryError(f"article {article}", "is the id of no stored article; `media-monitor articles` finds them")
    return [row for row in rows if row["article_id"] in ids]


def _told(row: Row) -> Row:
    kept = (
        *("revision", "day", "fetched_at", "published_at", "title", "change", "text_source", "content_sha256"),
        *("relevant", "warc_file", "warc_offset"),
    )
    more = {"characters": len(row["text"] or ""), "changes": changes(row["change"])}
    return {name: row[name] for name in kept} | more


def description(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What describes the article, as labels and words for people; what is not known is left out."""
    article = found["article"]
    printed, origin = article["published_at"], found["origin"]
    warc = f"{article['warc_file']}, byte {article['warc_offset']}" if article["warc_file"] else ""
    told = {
        "article": f"{article['article_id']}, revision {article['revision']} of {found['latest']}",
        "outlet": f"{article['outlet']} ({', '.join(filter(None, (article['affiliation'], article['country'])))})",
        "publisher": article["publisher"],
        "passed on by": article["aggregator"],
        "credited to": article["agency"],
        "by": ", ".join(article["authors"] or ()),
        "language": article["language"],
        "printed": f"{f'{printed:%Y-%m-%d %H:%M} UTC' if printed else 'not known'} ({article['date_source']})",
        "fetched": f"{article['fetched_at']:%Y-%m-%d %H:%M} UTC, feed {article['feed_id']}",
        "address": article["url"],
        "id of the publisher": article["guid"],
        "text from": (article["text_source"] or "feed") if article["text"] else "",
        "copy of": f"{origin['outlet']}: {origin['title']}" if origin else article["copy_of"],
        "archive": warc,
    }
    return [(label, value) for label, value in told.items() if value]
