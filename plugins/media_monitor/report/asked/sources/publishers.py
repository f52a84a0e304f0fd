"""Publisher families: their outlets, what they print on the beat, how much of it is their own, how often first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.coverage import movements
from media_monitor.report.asked.coverage.movements import Span
from media_monitor.warehouse import media, query

PAGE_ROWS = 50
DAYS = 365
_TREE = """
    SELECT
        publisher, outlet,
        list_sort(list(DISTINCT affiliation)) AS affiliations,
        list_sort(list(DISTINCT language) FILTER (language <> 'und')) AS languages,
        list_sort(list(DISTINCT country) FILTER (country <> 'unknown')) AS countries,
        CAST(sum(articles) AS BIGINT) AS articles, CAST(sum(relevant) AS BIGINT) AS relevant, max(day) AS last_day
    FROM outlet_days
    WHERE day BETWEEN $since AND $until AND list_contains($publishers::VARCHAR[], publisher)
    GROUP BY publisher, outlet
    ORDER BY publisher, relevant DESC, articles DESC, outlet
"""
_FEEDS = """
    SELECT
        f.publisher, f.outlet, f.feed_id, f.language, f.country, f.affiliation, f.tier,
        h.last_success, h.last_news, h.error
    FROM feeds AS f JOIN feed_health AS h USING (feed_id)
    WHERE list_contains($publishers::VARCHAR[], f.publisher)
    ORDER BY f.outlet, f.feed_id
"""
_ARTICLES = f"""
    SELECT a.article_id, a.title, a.language, a.outlet, a.printed_at, a.copy_of IS NULL AS own, a.reporter, a.by_wire,
        r.root AS story_id, count(*) OVER () AS total
    FROM storied_articles AS a JOIN story_roots AS r USING (story_id)
    WHERE a.publisher = $publisher AND a.day BETWEEN $since AND $until
    ORDER BY a.printed_at DESC, a.article_id LIMIT {PAGE_ROWS} OFFSET $skipped
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which families: with such a language, affiliation or country; `q` stands in an outlet's name or in the family's.
    Articles count in these days, UTC, both included; by default the year up to the newest article on the beat."""

    language: str | None = None
    affiliation: str | None = None
    country: str | None = None
    since: date | None = None
    until: date | None = None
    q: str | None = None
    page: int = 1


def page(settings: Settings, wanted: Wanted) -> dict[str, Any]:
    """`since`, `until`, `total`, `page`, `pages`, `rows`: families as in `publisher_families`, those with most articles
    on the beat first, each with its `name` and its `tree` (outlets, each with its feeds)."""
    days = span(settings, wanted.since, wanted.until)
    names = media.titles(Beat.load(settings.beat))
    conditions = list(_conditions(wanted))
    sql = f"""
        SELECT *, count(*) OVER () AS total FROM publisher_families($since, $until)
        {"WHERE " + " AND ".join(conditions) if conditions else ""}
        ORDER BY relevant DESC, articles DESC, publisher LIMIT {PAGE_ROWS} OFFSET $skipped
    """
    found = query.rows(settings.home, sql, _parameters(wanted, days, names))
    total = found[0].pop("total") if found else 0
    rows = [{"name": names.get(row["publisher"], row["publisher"]), **row} for row in found]
    for row in rows:
        row.pop("total", None)
    told = {"since": days.first, "until": days.last, "total": total, "page": wanted.page}
    return {**told, "pages": max(1, -(-total // PAGE_ROWS)), "rows": _with_trees(settings, rows, days)}


def one(settings: Settings, family: str, wanted: Wanted) -> dict[str, Any]:
    """The row of the family with its `tree`, and `printed`: its articles on the beat in these days, the newest first, a
    page of them, with `printed_total`, `page` and `pages`.

    Raises:
        QueryError: there is no such family.
    """
    days = span(settings, wanted.since, wanted.until)
    given = {"since": days.first, "until": days.last, "publisher": family}
    sql = "FROM publisher_families($since, $until) WHERE publisher = $publisher"
    found = query.rows(settings.home, sql, given) or query.rows(
        settings.home, sql, given | {"since": date(1970, 1, 1), "until": date(9999, 1, 1)}
    )
    if not found:
        raise QueryError(
            f"publisher {family}", "is no family with articles or feeds; `media-monitor sources` lists them"
        )
    names = media.titles(Beat.load(settings.beat))
    (row,) = _with_trees(settings, [{"name": names.get(family, family), **found[0]}], days)
    printed = query.rows(settings.home, _ARTICLES, given | {"skipped": (wanted.page - 1) * PAGE_ROWS})
    total = printed[0]["total"] if printed else 0
    shown = [{name: value for name, value in article.items() if name != "total"} for article in printed]
    told = {"since": days.first, "until": days.last, "page": wanted.page, "pages": max(1, -(-total // PAGE_ROWS))}
    return {**row, **told, "printed_total": total, "printed": shown}


def span(settings: Settings, since: date | None, until: date | None) -> Span:
    """The days asked for; by default the year up to the newest article on the beat, or up to today without one."""
    today = settings.now().date()
    return movements.span(settings, since, until) or Span(since or today - timedelta(DAYS), until or today)


def _conditions(wanted: Wanted) -> Iterator[str]:
    for name, column in (("language", "languages"), ("affiliation", "affiliations"), ("country", "countries")):
        if getattr(wanted, name):
            yield f"list_contains({column}, ${name})"
    if wanted.q:
        words = "strip_accents(lower(list_aggregate(list_concat([publisher], outlets), 'string_agg', chr(10))))"
        yield f"(contains({words}, strip_accents(lower($q))) OR list_contains($named::VARCHAR[], publisher))"


def _parameters(wanted: Wanted, days: Span, names: Mapping[str, str]) -> dict[str, Any]:
    given = {name: getattr(wanted, name) for name in ("language", "affiliation", "country", "q")}
    told = {name: value for name, value in given.items() if value}
    if wanted.q:
        told["named"] = [family for family, name in names.items() if wanted.q.casefold() in name.casefold()]
    return told | {"since": days.first, "until": days.last, "skipped": (wanted.page - 1) * PAGE_ROWS}


def _with_trees(settings: Settings, rows: list[dict[str, Any]], days: Span) -> list[dict[str, Any]]:
    """The families, each with its outlets and their feeds."""
    chosen = {"publishers": [row["publisher"] for row in rows]}
    printed = query.rows(settings.home, _TREE, chosen | {"since": days.first, "until": days.last})
    feeds = query.rows(settings.home, _FEEDS, chosen)
    return [{**row, "tree": _tree(row["publisher"], printed, feeds)} for row in rows]


def _tree(publisher: str, printed: list[dict[str, Any]], feeds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    own = [feed for feed in feeds if feed["publisher"] == publisher]
    outlets = {row["outlet"]: row for row in printed if row["publisher"] == publisher}
    for feed in own:
        outlets.setdefault(feed["outlet"], _quiet(feed))
    return [{**row, "feeds": [feed for feed in own if feed["outlet"] == name]} for name, row in outlets.items()]


def _quiet(feed: Mapping[str, Any]) -> dict[str, Any]:
    """An outlet that is followed and printed nothing."""
    listed = {name: [feed[one]] if feed[one] else [] for name, one in _LISTED.items()}
    nothing = {"articles": 0, "relevant": 0, "last_day": None}
    return {"publisher": feed["publisher"], "outlet": feed["outlet"], **listed, **nothing}


_LISTED = {"affiliations": "affiliation", "languages": "language", "countries": "country"}
