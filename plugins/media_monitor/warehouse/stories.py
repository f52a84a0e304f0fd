"""What the assignment of stories reads of the warehouse: founding articles of some days, and where articles are."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa

from media_monitor.columns import INT, TEXT, TEXTS, TIME
from media_monitor.warehouse import places, query

MOST_FOUNDERS, MOST_TEXT = 20_000, 500  # rows and characters, for some 100 MB at the very most

_FOUNDERS = pa.schema(
    [
        *(("story_id", TEXT), ("article_id", TEXT), ("revision", INT), ("founded_at", TIME), ("language", TEXT)),
        *(("title", TEXT), ("text", TEXT), ("entities", TEXTS), ("titled", TEXTS), ("deeds", TEXTS)),
        *(("vector", TEXT), ("root", TEXT), ("root_at", TIME)),
    ]
)
_KEPT = pa.schema([("article_id", TEXT), ("revision", INT), ("story_id", TEXT)])


def founders(home: Path, first: date, last: date) -> pa.Table:
    """The stories founded on those days, at most `MOST_FOUNDERS`, the latest, with what their founding articles told.

    Columns story_id, article_id, revision, founded_at, language, title, text (its beginning), entities, titled, deeds,
    vector, root (the story that it was merged into) and root_at.
    """
    if not places.published(home).exists():
        return _FOUNDERS.empty_table()
    sql = f"""
        WITH found AS (
            SELECT * FROM stories WHERE day BETWEEN $first AND $last
            ORDER BY founded_at DESC, story_id LIMIT {MOST_FOUNDERS}
        )
        SELECT f.story_id, f.article_id, f.revision, f.founded_at, f.language, a.title,
            left(a.text, {MOST_TEXT}) AS text, f.entities, f.titled, f.deeds, f.vector, r.root, o.founded_at AS root_at
        FROM found AS f
        JOIN articles AS a ON a.day BETWEEN $first AND $last AND a.article_id = f.article_id AND a.revision = f.revision
        JOIN story_roots AS r ON r.story_id = f.story_id
        JOIN stories AS o ON o.story_id = r.root
    """
    return query.run(home, sql, {"first": first, "last": last}).cast(_FOUNDERS)


def kept(home: Path, article_ids: Iterable[str]) -> pa.Table:
    """Columns article_id, revision and story_id of the last revision of those of the articles that have a story."""
    wanted = sorted(set(article_ids))
    if not wanted or not places.published(home).exists():
        return _KEPT.empty_table()
    sql = """
        SELECT article_id, revision, story_id FROM articles
        WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) AND story_id IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
    """
    return query.run(home, sql, {"ids": wanted}).cast(_KEPT)
