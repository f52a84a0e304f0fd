"""One story: its articles, its way through the languages, what its articles have in common, merges and splits."""

from typing import Any

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query

PAGE_ROWS = 50
MOST_NAMED = 15  # entities that are listed
# Of what articles have in common: in how many, of how many families, and the first that has it.
_SHARE = """
    count(DISTINCT a.article_id) AS articles, count(DISTINCT a.publisher) AS publishers,
    min(a.printed_at) AS printed_at, arg_min(a.article_id, (a.printed_at, a.article_id)) AS article_id
"""
_STORY = """
    SELECT s.*, f AS first
    FROM (FROM stories_latest WHERE story_id = $story) AS s
    JOIN (FROM first_to_report WHERE story_id = $story) AS f USING (story_id)
"""
_PARTS = {
    "printed": "SELECT * FROM members ORDER BY printed_at, article_id LIMIT $rows OFFSET $skipped",
    "by_language": "SELECT * FROM lag_by_language WHERE story_id = $story ORDER BY hours, language",
    "missing": "SELECT * FROM languages_missing WHERE story_id = $story ORDER BY language",
    "statements": f"""
        SELECT s.claim, c.title, s.party, s.stance, s.role, min(s.said_on) AS said_on, {_SHARE}
        FROM members AS a JOIN statements AS s USING (day, article_id, revision)
        LEFT JOIN claims AS c USING (claim)
        WHERE NOT s.background
        GROUP BY s.claim, c.title, s.party, s.stance, s.role
        ORDER BY articles DESC, s.claim, s.party, s.stance, s.role
    """,
    "events": f"""
        SELECT e.type, e.actor_party, e.recipient_party, {_SHARE}
        FROM events AS e JOIN members AS a USING (day, article_id, revision)
        WHERE e.day IN (SELECT day FROM members) AND e.modality = 'actual' AND NOT e.negated
        GROUP BY e.type, e.actor_party, e.recipient_party
        ORDER BY articles DESC, e.type, e.actor_party, e.recipient_party
    """,
    "entities": f"""
        SELECT m.entity_id, any_value(n.name) AS name, m.kind, {_SHARE}
        FROM members AS a JOIN mentions AS m USING (day, article_id, revision)
        JOIN entities AS n USING (entity_id)
        GROUP BY m.entity_id, m.kind
        ORDER BY articles DESC, m.entity_id LIMIT {MOST_NAMED}
    """,
    "changes": """
        SELECT DISTINCT c.* EXCLUDE (day) FROM story_changes AS c
        JOIN story_roots AS r ON r.root = $story AND r.story_id IN (c.story_id, c.next_story)
        ORDER BY c."at", c.change_id
    """,
}
# One query for all parts: the articles of the story are looked for once.
_WHOLE = f"""
    WITH members AS MATERIALIZED (SELECT * FROM story_articles WHERE story_id = $story)
    SELECT {", ".join(f"(SELECT list(part) FROM ({sql}) AS part) AS {name}" for name, sql in _PARTS.items())}
"""


def one(settings: Settings, story: str, page: int = 1) -> dict[str, Any]:
    """The row of the story, also by the id of a merged one or the beginning of an id,
    with `first` (who was first), `printed` (its articles in order, a page of them), `page`, `pages`, `by_language`,
    `missing` (languages), `statements`, `events` and `entities` (what articles tell, what most of them tell first), and
    `changes`.

    Raises:
        QueryError: no story with articles has such an id, or several have.
    """
    sql = "SELECT DISTINCT root FROM story_roots WHERE starts_with(story_id, $story) LIMIT 2"
    found = query.rows(settings.home, sql, {"story": story})
    if len(found) > 1:
        raise QueryError(f"story {story}", "begins the ids of several stories")
    root = {"story": found[0]["root"]} if found else {}
    told = query.rows(settings.home, _STORY, root) if root else []
    if not told:
        raise QueryError(f"story {story}", "is the id of no story with articles; `media-monitor stories` lists them")
    span = {"rows": PAGE_ROWS, "skipped": (page - 1) * PAGE_ROWS}
    (parts,) = query.rows(settings.home, _WHOLE, root | span)
    pages = max(1, -(-told[0]["articles"] // PAGE_ROWS))
    return {**told[0], "page": page, "pages": pages, **{name: part or [] for name, part in parts.items()}}
