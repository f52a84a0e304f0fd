"""Articles that are found by words and by what they report: a page of them, with counts by which to narrow it down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query
from media_monitor.warehouse.search import folding, marking, terms
from media_monitor.warehouse.search.terms import Term

PAGE_ROWS = 50
MOST_VALUES = 40  # of a facet
LONGEST_READ = marking.LONGEST_READ
SORTS = ("newest", "hits")
Sort = Literal["newest", "hits"]
_COLUMNS = ("language", "publisher", "outlet", "affiliation")
_STATED = ("claim", "party", "stance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search. `q` as in `warehouse.search.terms`; days are of publication, UTC, both included; `entity` is an id or
    a name in any language. All that is given must hold; claim, party and stance of one and the same statement."""

    q: str = ""
    claim: str | None = None
    party: str | None = None
    stance: str | None = None
    language: str | None = None
    publisher: str | None = None
    outlet: str | None = None
    affiliation: str | None = None
    entity: str | None = None
    since: date | None = None
    until: date | None = None
    sort: Sort = "newest"
    page: int = 1


def search(settings: Settings, asked: Asked) -> dict[str, Any]:
    """`total`, `page`, `pages`, `asked` (what was), `entities` (ids that the entity means), `facets` (name → value and
    articles, the commonest first) and `rows`: the articles of the page, as they stand in `articles`, each with `printed_at`,
    `title_pieces` and `snippet` (pieces of text, `hit` where the search is found) and its `statements` that were asked for.

    Raises:
        QueryError: the search is too long, the entity is unknown, or nothing is published yet.
    """
    wanted = terms.parsed(asked.q)
    entities = _entities(Beat.load(settings.beat), asked.entity) if asked.entity else ()
    given = _parameters(asked, wanted, entities)
    (found,) = query.answers(settings.home, {"found": _found_sql(asked, wanted)}, given)["found"]
    shown = found.pop("shown") or []
    facets = {name: values or [] for name, values in found.items() if name != "total"}
    pages = max(1, -(-found["total"] // PAGE_ROWS))
    told = {field.name: getattr(asked, field.name) for field in fields(Asked)}
    rows = _rows(settings, asked, shown, wanted) if shown else []
    return {
        "asked": told, "entities": list(entities), "total": found["total"], "page": asked.page, "pages": pages,
        "facets": facets, "rows": rows,
    }  # fmt: skip


def _entities(beat: Beat, named: str) -> tuple[str, ...]:
    """The ids that the id or name means."""
    if named in beat.entities:
        return (named,)
    wanted = folding.words(named)
    found = {e.entity_id for e in beat.entities.values() if folding.words(e.name) == wanted}
    found |= {
        alias.targets[0]
        for alias in beat.aliases
        if alias.targets and alias.kind != "office" and folding.words(alias.alias) == wanted
    }
    if not found:
        raise QueryError(f"entity {named}", "is no id and no name that the beat lists")
    return tuple(sorted(found))


def _parameters(asked: Asked, wanted: Sequence[Term], entities: Sequence[str]) -> dict[str, Any]:
    given = {name: getattr(asked, name) for name in (*_COLUMNS, *_STATED, "since", "until")}
    for number, term in enumerate(wanted):
        given |= {f"needle_{number}": term.needle, f"pattern_{number}": term.whole}
    more = {"entities": list(entities), "rows": PAGE_ROWS, "skipped": (asked.page - 1) * PAGE_ROWS}
    return given | more


def _found_sql(asked: Asked, wanted: Sequence[Term]) -> str:
    hits = " + ".join(
        f"len(regexp_extract_all(words, $pattern_{n}))" for n, term in enumerate(wanted) if term.wanted
    )
    ranked = asked.sort == "hits" and hits
    columns = "day, article_id, revision, printed_at, language, publisher, affiliation"
    order = f"{'hits DESC, ' if ranked else ''}printed_at DESC, article_id"
    stated = "(SELECT s.article_id, s.revision, s.{0} AS value FROM statements AS s SEMI JOIN found USING (day, article_id, revision))"
    facets = [_facet(name, f"(SELECT article_id, {name} AS value FROM found)") for name in ("language", "affiliation", "publisher")]
    facets += [_facet(name, stated.format(name)) for name in _STATED]
    return f"""
        WITH found AS MATERIALIZED (
            SELECT {columns}{f", {hits} AS hits" if ranked else ""}
            FROM article_words
            WHERE {" AND ".join(_conditions(asked, wanted)) or "true"}
        )
        SELECT
            (SELECT count(*) FROM found) AS total,
            {", ".join(facets)},
            (
                SELECT list(shown ORDER BY {order})
                FROM (FROM found ORDER BY {order} LIMIT $rows OFFSET $skipped) AS shown
            ) AS shown
    """


def _facet(name: str, source: str) -> str:
    return f"""
        (
            SELECT list(counted ORDER BY articles DESC, value)
            FROM (
                SELECT value, count(DISTINCT article_id) AS articles FROM {source}
                WHERE value IS NOT NULL GROUP BY value ORDER BY articles DESC, value LIMIT {MOST_VALUES}
            ) AS counted
        ) AS {name}
    """


def _conditions(asked: Asked, wanted: Sequence[Term]) -> Iterator[str]:
    """What must hold of a row of article_words, the cheap first."""
    for name, sign in (("since", ">="), ("until", "<=")):
        if getattr(asked, name):
            yield f"day {sign} ${name}"
    for name in _COLUMNS:
        if getattr(asked, name):
            yield f"{name} = ${name}"
    if any(getattr(asked, name) for name in _STATED):
        yield _among("statements", _stated(asked))
    if asked.entity:
        yield _among("mentions", ["entity_id IN (SELECT unnest($entities::VARCHAR[]))", *_days(asked)])
    for number, term in enumerate(wanted):
        parts = [f"contains(words, $needle_{number})"]
        parts += [] if term.exact else [f"regexp_matches(words, $pattern_{number})"]
        yield " AND ".join(parts) if term.wanted else f"NOT ({' AND '.join(parts)})"


def _stated(asked: Asked) -> list[str]:
    return [*(f"{name} = ${name}" for name in _STATED if getattr(asked, name)), *_days(asked)]


def _days(asked: Asked) -> list[str]:
    return [f"day {sign} ${name}" for name, sign in (("since", ">="), ("until", "<=")) if getattr(asked, name)]


def _among(table: str, conditions: Iterable[str]) -> str:
    return f"(day, article_id, revision) IN (SELECT (day, article_id, revision) FROM {table} WHERE {' AND '.join(conditions)})"


_OF_PAGE = """
    (day, article_id, revision) IN (
        SELECT (unnest($days::DATE[]), unnest($ids::VARCHAR[]), unnest($revisions::INTEGER[]))
    )
"""
_ROWS = f"""
    SELECT
        day, article_id, revision, url, outlet, publisher, affiliation, country, coalesce(language, 'und') AS language, title,
        left(text, {LONGEST_READ}) AS text, agency, authors, coalesce(published_at, fetched_at) AS printed_at, date_source,
        story_id, copy_of
    FROM articles
    WHERE day IN (SELECT unnest($days::DATE[])) AND {_OF_PAGE}
"""


def _rows(settings: Settings, asked: Asked, shown: list[dict[str, Any]], wanted: Sequence[Term]) -> list[dict[str, Any]]:
    statements = f"""
        SELECT statement_id, article_id, claim, party, stance, role, speaker, background, surface, sentence, said_on
        FROM statements
        WHERE day IN (SELECT unnest($days::DATE[])) AND {" AND ".join([_OF_PAGE, *_stated(asked)])}
        ORDER BY background, sentence, start, statement_id
    """
    keys = {name: [row[key] for row in shown] for name, key in (("days", "day"), ("ids", "article_id"), ("revisions", "revision"))}
    given = keys | {name: getattr(asked, name) for name in (*_STATED, "since", "until")}
    found = query.answers(settings.home, {"articles": _ROWS, "statements": statements}, given)
    articles = {row["article_id"]: row for row in found["articles"]}
    said: dict[str, list[dict[str, Any]]] = {}
    for row in found["statements"]:
        said.setdefault(row.pop("article_id"), []).append(row)
    return [
        _row(articles[one["article_id"]], said.get(one["article_id"], []), wanted) | {"hits": one.get("hits")} for one in shown
    ]


def _row(article: Mapping[str, Any], statements: list[dict[str, Any]], wanted: Sequence[Term]) -> dict[str, Any]:
    text = article["text"] or ""
    title = _plain(marking.pieces(article["title"], marking.hits(article["title"], wanted)))
    shown = _plain(marking.snippet(text, marking.hits(text, wanted)))
    kept = {name: value for name, value in article.items() if name != "text"}
    return {**kept, "title_pieces": title, "snippet": shown, "statements": statements}


def _plain(pieces: Iterable[marking.Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "hit": piece.hit} for piece in pieces]
