"""Stories that are looked for, a page of them, the newest first: how large, who was first, when each language came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from media_monitor.config import Settings
from media_monitor.warehouse import query

PAGE_ROWS = 50
Sort = Literal["newest", "largest"]
_ORDERS: Mapping[Sort, str] = {
    "newest": "first_at DESC, story_id",
    "largest": "publishers DESC, articles DESC, first_at DESC, story_id",
}
_COLUMNS = ("language", "publisher", "outlet", "affiliation")
_STATED = ("claim", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories: those with an article of which all this holds. Days are those on which it was printed, UTC, both
    included; `claim` and `party` are of one statement in it that is no recollection; `q` stands in its headline."""

    claim: str | None = None
    party: str | None = None
    language: str | None = None
    publisher: str | None = None
    outlet: str | None = None
    affiliation: str | None = None
    since: date | None = None
    until: date | None = None
    q: str | None = None
    sort: Sort = "newest"
    page: int = 1


def page(settings: Settings, wanted: Wanted) -> dict[str, Any]:
    """`total` (stories), `page`, `pages` and `rows`: the stories of the page as in `stories_latest`, each with who was
    first (`reporter`, `outlet`, `publisher`, `first_language`, `by_wire`), `lags` (language and hours, in the order in
    which they came), `lag_hours` (until the last language came) and `claims`."""
    found = query.rows(settings.home, _found(wanted), _parameters(wanted))
    total = found[0]["total"] if found else _beyond(settings, wanted)
    ids = [row["story_id"] for row in found]
    pages = max(1, -(-total // PAGE_ROWS))
    return {"total": total, "page": wanted.page, "pages": pages, "rows": _rows(settings, ids)}


def _beyond(settings: Settings, wanted: Wanted) -> int:
    """How many there are, where the page asked for is behind the last."""
    if wanted.page == 1:
        return 0
    first = query.rows(settings.home, _found(wanted), _parameters(wanted) | {"skipped": 0})
    return int(first[0]["total"]) if first else 0


def _found(wanted: Wanted) -> str:
    conditions = list(_conditions(wanted))
    chosen = f"WHERE story_id IN (SELECT story_id FROM story_articles WHERE {' AND '.join(conditions)})"
    return f"""
        SELECT story_id, min(printed_at) AS first_at, count(*) AS articles, count(DISTINCT publisher) AS publishers,
            count(*) OVER () AS total
        FROM story_articles {chosen if conditions else ""}
        GROUP BY story_id ORDER BY {_ORDERS[wanted.sort]} LIMIT $rows OFFSET $skipped
    """


def _conditions(wanted: Wanted) -> Iterator[str]:
    if wanted.since:
        yield "printed_at >= CAST($since AS DATE)"
    if wanted.until:
        yield "printed_at < CAST($until AS DATE) + 1"
    for name in _COLUMNS:
        if getattr(wanted, name):
            yield f"{name} = ${name}"
    if wanted.q:
        yield "contains(strip_accents(lower(nfc_normalize(title))), strip_accents(lower(nfc_normalize($q))))"
    stated = [f"{name} = ${name}" for name in _STATED if getattr(wanted, name)]
    if stated:
        told = f"SELECT (day, article_id, revision) FROM statements WHERE NOT background AND {' AND '.join(stated)}"
        yield f"(day, article_id, revision) IN ({told})"


def _parameters(wanted: Wanted) -> dict[str, Any]:
    given = {name: getattr(wanted, name) for name in (*_COLUMNS, *_STATED, "since", "until", "q")}
    return {name: value for name, value in given.items() if value} | {
        "rows": PAGE_ROWS,
        "skipped": (wanted.page - 1) * PAGE_ROWS,
    }


def _rows(settings: Settings, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The stories in the order of their ids."""
    if not ids:
        return []
    # As a list of constants it reaches the scan; a list in one parameter would be compared after all stories are made.
    chosen = f"story_id IN ({', '.join(f'$story_{number}' for number in range(len(ids)))})"
    sql = f"""
        WITH
            spoken AS (
                SELECT story_id, max(hours) AS lag_hours,
                    list({{'language': language, 'hours': hours}} ORDER BY hours, language) AS lags
                FROM lag_by_language WHERE {chosen} GROUP BY story_id
            ),
            told AS (
                SELECT a.story_id, list(DISTINCT s.claim ORDER BY s.claim) AS claims
                FROM (SELECT * FROM story_articles WHERE {chosen}) AS a
                JOIN statements AS s USING (day, article_id, revision)
                WHERE NOT s.background
                GROUP BY a.story_id
            )
        SELECT s.*, f.reporter, f.outlet, f.publisher, f.language AS first_language, f.by_wire, p.lags, p.lag_hours,
            coalesce(t.claims, []) AS claims
        FROM (FROM stories_latest WHERE {chosen}) AS s
        JOIN (FROM first_to_report WHERE {chosen}) AS f USING (story_id)
        JOIN spoken AS p USING (story_id)
        LEFT JOIN told AS t USING (story_id)
    """
    rows = query.rows(settings.home, sql, {f"story_{number}": one for number, one in enumerate(ids)})
    return sorted(rows, key=lambda row: ids.index(row["story_id"]))
