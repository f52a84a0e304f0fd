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
FACETS = ("language", "affiliation", "claim", "party", "stance", "publisher")
_COLUMNS = ("language", "publisher", "outlet", "affiliation")
_STATED = {"claim": "claims", "party": "parties", "stance": "stances"}  # of a statement, and all of an article's


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
    story: str | None = None
    feed: str | None = None
    since: date | None = None
    until: date | None = None
    sort: Sort = "newest"
    page: int = 1


def search(settings: Settings, asked: Asked) -> dict[str, Any]:
    """`total`, `page`, `pages`, `asked` (what was), `entities` (ids that the entity means), `facets` (name → value and
    articles, the commonest first) and `rows`: the articles of the page, as they stand in `articles`, each with
    `printed_at`, `title_pieces` and `snippet` (pieces of text, `hit` where the search is found) and its `statements`
    that were asked for.

    Raises:
        QueryError: the search is too long, the entity is unknown, or nothing is published yet.
    """
    wanted = terms.parsed(asked.q)
    entities = _entities(Beat.load(settings.beat), asked.entity) if asked.entity else ()
    found = query.answers(settings.home, _queries(asked, wanted), _parameters(asked, wanted, entities))
    total = found["total"][0]["articles"]
    said: dict[str, list[dict[str, Any]]] = {}
    for row in found["statements"]:
        said.setdefault(row.pop("article_id"), []).append(row)
    return {
        "asked": {field.name: getattr(asked, field.name) for field in fields(Asked)},
        "entities": list(entities),
        "total": total,
        "page": asked.page,
        "pages": max(1, -(-total // PAGE_ROWS)),
        "facets": {name: found[name] for name in FACETS},
        "rows": [_row(one, said.get(one["article_id"], []), wanted) for one in found["articles"]],
    }


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
    given = {name: getattr(asked, name) for name in (*_COLUMNS, *_STATED, "story", "feed", "since", "until")}
    for number, term in enumerate(wanted):
        given |= {f"needle_{number}": term.needle, f"pattern_{number}": term.whole}
    return given | {"entities": list(entities)}


def _queries(asked: Asked, wanted: Sequence[Term]) -> dict[str, str]:
    """What is asked, in this order, of one connection: the texts are looked through once."""
    hits = " + ".join(f"len(regexp_extract_all(words, $pattern_{n}))" for n, term in enumerate(wanted) if term.wanted)
    ranked = asked.sort == "hits" and hits
    order = f"{'hits DESC, ' if ranked else ''}printed_at DESC, article_id"
    made = {
        "found": f"""
            CREATE TEMP TABLE found AS
            SELECT day, article_id, revision, printed_at, language, publisher, affiliation, claims, parties, stances,
                {hits if ranked else "CAST(NULL AS BIGINT)"} AS hits
            FROM article_words
            WHERE {" AND ".join(_conditions(asked, wanted)) or "true"}
        """,
        "shown": f"""
            CREATE TEMP TABLE shown AS
            FROM found ORDER BY {order} LIMIT {PAGE_ROWS} OFFSET {(asked.page - 1) * PAGE_ROWS}
        """,
        "total": "SELECT count(*) AS articles FROM found",
    }
    counted = {name: _facet(f"unnest({_STATED[name]})" if name in _STATED else name) for name in FACETS}
    return made | counted | {"articles": f"{_ARTICLES} ORDER BY {order}", "statements": _statements(asked)}


def _facet(value: str) -> str:
    return f"""
        SELECT value, count(*) AS articles FROM (SELECT {value} AS value FROM found) WHERE value IS NOT NULL
        GROUP BY value ORDER BY articles DESC, value LIMIT {MOST_VALUES}
    """


def _conditions(asked: Asked, wanted: Sequence[Term]) -> Iterator[str]:
    """What must hold of a row of article_words, the cheap first."""
    for name, sign in (("since", ">="), ("until", "<=")):
        if getattr(asked, name):
            yield f"day {sign} ${name}"
    for name in _COLUMNS:
        if getattr(asked, name):
            yield f"{name} = ${name}"
    stated = [name for name in _STATED if getattr(asked, name)]
    if len(stated) == 1:
        yield f"list_contains({_STATED[stated[0]]}, ${stated[0]})"
    elif stated:
        yield _among("statements", _stated(asked))
    if asked.entity:
        yield _among("mentions", ["entity_id IN (SELECT unnest($entities::VARCHAR[]))", *_days(asked)])
    if asked.story:
        root = "story_id = (SELECT root FROM story_roots WHERE story_id = $story)"
        yield _among("story_articles", [root, *_days(asked)])
    if asked.feed:
        yield _among("articles", ["feed_id = $feed", *_days(asked)])
    for number, term in enumerate(wanted):
        there = f"contains(words, $needle_{number})"
        if not term.exact:  # in this order: to look for fixed characters costs a fraction of the pattern
            there = f"CASE WHEN {there} THEN regexp_matches(words, $pattern_{number}) ELSE false END"
        yield there if term.wanted else f"NOT {there}"


def _stated(asked: Asked) -> list[str]:
    return [*(f"{name} = ${name}" for name in _STATED if getattr(asked, name)), *_days(asked)]


def _days(asked: Asked, of: str = "") -> list[str]:
    return [f"{of}day {sign} ${name}" for name, sign in (("since", ">="), ("until", "<=")) if getattr(asked, name)]


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _among(table: str, conditions: Sequence[str]) -> str:
    return f"(day, article_id, revision) IN (SELECT (day, article_id, revision) FROM {table} {_where(conditions)})"


_ARTICLES = f"""
    SELECT
        day, article_id, revision, a.url, a.outlet, a.publisher, a.affiliation, a.country, s.language, a.title,
        left(a.text, {LONGEST_READ}) AS text, a.agency, a.authors, s.printed_at, a.date_source, a.story_id, a.copy_of,
        s.hits
    FROM articles AS a
    JOIN shown AS s USING (day, article_id, revision)
    WHERE day IN (SELECT day FROM shown)
"""


def _statements(asked: Asked) -> str:
    conditions = [*_stated(asked), "day IN (SELECT day FROM shown)"]
    return f"""
        SELECT statement_id, article_id, claim, party, stance, role, speaker, background, surface, sentence, said_on
        FROM statements
        SEMI JOIN shown USING (day, article_id, revision)
        {_where(conditions)}
        ORDER BY background, sentence, start, statement_id
    """


def _row(article: Mapping[str, Any], statements: list[dict[str, Any]], wanted: Sequence[Term]) -> dict[str, Any]:
    text = article["text"] or ""
    title = _plain(marking.pieces(article["title"], marking.hits(article["title"], wanted)))
    shown = _plain(marking.snippet(text, marking.hits(text, wanted)))
    kept = {name: value for name, value in article.items() if name != "text"}
    return {**kept, "title_pieces": title, "snippet": shown, "statements": statements}


def _plain(pieces: Iterable[marking.Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "hit": piece.hit} for piece in pieces]
