"""Feeds and languages that have brought nothing new for longer than their own past makes usual."""

from typing import Any

from media_monitor.config import Settings
from media_monitor.warehouse import query

_SQL = """
    SELECT s.*, f.outlet, f.language
    FROM silences AS s
    LEFT JOIN feeds AS f ON s.subject_kind = 'feed' AND f.feed_id = s.subject
    ORDER BY silent DESC, silent_hours / usual_hours DESC NULLS LAST, silent_hours DESC, subject_kind, subject
"""


def rows(settings: Settings) -> list[dict[str, Any]]:
    """A row a feed and language as in `silences`, the silent first, then those nearest to it; with the outlet and the
    language of a feed."""
    return query.rows(settings.home, _SQL)
