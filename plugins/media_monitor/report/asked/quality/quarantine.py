"""Rows in quarantine, for the command line, the page and JSON alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from media_monitor import readmission
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query

PAGE = 50  # rows a page
STATES = ("waiting", "released", "discarded")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows; None: any. Days are those of quarantining, UTC, both included."""

    state: str | None = None
    table: str | None = None
    expectation: str | None = None
    batch: str | None = None
    article: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


_CHOSEN = """
    FROM quarantine_state
    WHERE coalesce(state = $state, true) AND coalesce("table" = $table, true)
        AND ($expectation::VARCHAR IS NULL OR list_contains(expectations, $expectation))
        AND coalesce(batch = $batch, true) AND ($article::VARCHAR IS NULL OR article_id IS NOT DISTINCT FROM $article)
        AND coalesce(CAST("at" AS DATE) >= $since::DATE, true) AND coalesce(CAST("at" AS DATE) <= $until::DATE, true)
"""
_LIST = f"""
    SELECT quarantine_id, "table", row_id, article_id, expectations, batch, "at", state, decided_at, decided_by, reason,
        coalesce("row"->>'title', "row"->>'surface', "row"->>'url', '') AS about, "row"->>'language' AS language
    {_CHOSEN}
    ORDER BY "at" DESC, "table", row_id, quarantine_id LIMIT {PAGE} OFFSET $skipped
"""


def rows(settings: Settings, choice: Choice, page: int = 1) -> list[dict[str, Any]]:
    """One page of the rows, the latest first, without their content; `about`: title, words or address of the row."""
    return query.rows(settings.home, _LIST, {**choice.values, "skipped": PAGE * (page - 1)})


def counts(settings: Settings, choice: Choice) -> dict[str, int]:
    """How many rows there are by state, whatever state is chosen."""
    sql = f"SELECT state, count(*) AS n {_CHOSEN} GROUP BY state"
    found = {row["state"]: row["n"] for row in query.rows(settings.home, sql, replace(choice, state=None).values)}
    return {state: found.get(state, 0) for state in STATES}


def reasons(settings: Settings, choice: Choice) -> list[dict[str, Any]]:
    """Rows by table and expectation, the most first; a row counts for each that it failed."""
    sql = f"""
        SELECT "table", expectation, count(*) AS rows
        FROM (SELECT "table", unnest(expectations) AS expectation {_CHOSEN})
        GROUP BY ALL ORDER BY rows DESC, "table", expectation LIMIT {PAGE}
    """
    return query.rows(settings.home, sql, choice.values)


def ids(settings: Settings, choice: Choice) -> list[str]:
    """Ids of all the rows."""
    found = query.rows(settings.home, f"SELECT quarantine_id {_CHOSEN} ORDER BY ALL", choice.values)
    return [row["quarantine_id"] for row in found]


def whole_id(settings: Settings, given: str) -> str:
    """The id that begins so.

    Raises:
        QueryError: none does, or several do.
    """
    sql = "SELECT quarantine_id FROM quarantine WHERE starts_with(quarantine_id, ?) LIMIT 2"
    found = [row["quarantine_id"] for row in query.rows(settings.home, sql, [given])] if given else []
    if len(found) != 1:
        raise QueryError(
            f"quarantine {given}", "several rows have ids that begin so" if found else "there is no such row"
        )
    return str(found[0])


def row(settings: Settings, given: str) -> dict[str, Any]:
    """The row whole: what `rows` gives, and `content` by column, `decisions` on it (oldest first), its `article`
    as far as it is stored, the `facts` that wait because of it, and `obstacles`: why it cannot be released.

    Raises:
        QueryError: there is no such row.
    """
    known = whole_id(settings, given)
    (stored,) = query.rows(settings.home, "FROM quarantine_state WHERE quarantine_id = ?", [known])
    content = json.loads(stored.pop("row"))
    return {
        **stored,
        "about": content.get("title") or content.get("surface") or content.get("url") or "",
        "language": content.get("language"),
        "content": content,
        "decisions": _decisions(settings, known),
        "article": _article(settings, stored, content),
        "facts": _facts(settings, stored, content),
        "obstacles": _obstacles(settings, stored, content),
    }


def _decisions(settings: Settings, known: str) -> list[dict[str, Any]]:
    sql = """
        SELECT number, decision, "at", "by", reason FROM quarantine_decisions WHERE quarantine_id = ? ORDER BY number
    """
    return query.rows(settings.home, sql, [known])


def _article(settings: Settings, stored: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any] | None:
    """The article that a fact stands in: the stored one, else the one in quarantine; None for other rows."""
    if stored["article_id"] is None or stored["table"] == "articles":
        return None
    key = [stored["article_id"], content.get("revision")]
    sql = """
        SELECT article_id, revision, title, outlet, url, language, coalesce(published_at, fetched_at) AS printed_at,
            NULL AS quarantine_id
        FROM articles WHERE article_id = ? AND revision = ?
    """
    kept = """
        SELECT article_id, CAST("row"->>'revision' AS INTEGER) AS revision, "row"->>'title' AS title,
            "row"->>'outlet' AS outlet, "row"->>'url' AS url, "row"->>'language' AS language,
            CAST(coalesce("row"->>'published_at', "row"->>'fetched_at') AS TIMESTAMPTZ) AS printed_at, quarantine_id
        FROM quarantine
        WHERE "table" = 'articles' AND article_id = ? AND CAST("row"->>'revision' AS INTEGER) = ?
    """
    found = query.rows(settings.home, sql, key) or query.rows(settings.home, kept, key)
    return found[0] if found else None


def _facts(settings: Settings, stored: Mapping[str, Any], content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Facts in quarantine of an article in quarantine, by table and state."""
    if stored["table"] != "articles":
        return []
    sql = """
        SELECT "table", state, count(*) AS rows FROM quarantine_state
        WHERE article_id = ? AND "table" <> 'articles' AND CAST("row"->>'revision' AS INTEGER) = ?
        GROUP BY ALL ORDER BY ALL
    """
    return query.rows(settings.home, sql, [stored["article_id"], content.get("revision")])


def _obstacles(settings: Settings, stored: Mapping[str, Any], content: Mapping[str, Any]) -> list[str]:
    if stored["state"] == "released":
        return []
    plain = {**stored, "row": json.dumps(content, ensure_ascii=False)}
    return readmission.readmitted(settings, [plain], {}).refused
