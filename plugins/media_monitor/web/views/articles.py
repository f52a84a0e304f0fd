"""Articles: found by their words and by what they report; and one with the facts of its text marked."""

from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.beat import Beat
from media_monitor.errors import QueryError
from media_monitor.explain import layout, stored
from media_monitor.explain.account import Account
from media_monitor.explain.page import LEGEND
from media_monitor.exports import delimited
from media_monitor.model import Stance
from media_monitor.report.asked.articles import article
from media_monitor.report.asked.articles.article import description
from media_monitor.report.asked.articles.search import FACETS, SORTS, Asked, search
from media_monitor.web import render
from media_monitor.web.asked import Filters
from media_monitor.web.render import settings_of

router, api = APIRouter(), APIRouter(tags=["articles"])
Stances = StrEnum("Stances", get_args(Stance))  # type: ignore[misc]
Sort = StrEnum("Sort", SORTS)  # type: ignore[misc]
AFFILIATIONS = ("independent", "state", "wire", "official")
_CSV = (
    "article_id",
    "revision",
    "printed_at",
    "outlet",
    "publisher",
    "affiliation",
    "country",
    "language",
    "title",
    "url",
)


class Search(Filters):
    """The query string of the search."""

    stance: Stances | None = Field(None, description="Stance of a statement in the article")
    entity: Annotated[str | None, Field(max_length=200)] = Field(
        None, description="Somebody or something named in it: id, or a name in any language"
    )
    sort: Sort = Field(Sort("newest"), description="The newest first, or those with most hits")

    def given(self) -> set[str]:
        """The names of the fields that are given."""
        return {name for name, value in self if value is not None}

    def asked(self) -> Asked:
        """What is to be searched."""
        given = {field.name: getattr(self, field.name) for field in fields(Asked)}
        return Asked(**given | {"q": self.q or ""})


_Search = Annotated[Search, Query()]
_Id = Annotated[str, Path(max_length=64, description="Id of an article, or the beginning of one")]
_Revision = Annotated[int | None, Query(ge=1, le=100_000, description="A revision other than the last")]


@router.get("/articles", response_class=HTMLResponse)
def found(request: Request, asked: _Search) -> Response:
    """Articles that have all that is asked for, with counts to narrow them down."""
    settings, told = settings_of(request), ""
    claims = {c.claim_id: c.title for c in Beat.load(settings.beat).claims.values()}
    try:
        result = search(settings, asked.asked())
    except QueryError as error:
        result, told = None, str(error)
    values = {"asked": asked, "found": result, "error": told, "claims": claims, "facets": FACETS}
    options = {"stances": list(Stances), "sorts": list(Sort), "affiliations": AFFILIATIONS}
    return HTMLResponse(render.page(request, "articles.html", **values, **options), 404 if told else 200)


@router.get("/articles.csv")
def as_csv(request: Request, asked: _Search) -> Response:
    """The articles of the page as CSV (RFC 4180)."""
    rows = search(settings_of(request), asked.asked())["rows"]
    told = [{name: row[name] for name in _CSV} for row in rows]
    headers = {"Content-Disposition": 'attachment; filename="articles.csv"'}
    return Response(delimited.as_csv(told, _CSV), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/articles/{article_id}", response_class=HTMLResponse)
def shown(request: Request, article_id: _Id, revision: _Revision = None) -> str:
    """One article: its text with facts marked, who says what and why, its revisions, copies and story."""
    settings = settings_of(request)
    one = article.one(settings, article_id, revision)
    beat = Beat.load(settings.beat)
    told = _account(one, beat)
    values = {
        "one": one,
        "about": description(one),
        "account": told,
        "paragraphs": list(layout.paragraphs(told)) if told else [],
        "stated": {row["statement_id"]: row for row in one["statements"]},
        "judged": {row["statement_id"]: row for row in one["judged"]},
        "claims": {c.claim_id: c.title for c in beat.claims.values()},
        "legend": LEGEND,
    }
    return render.page(request, "article.html", **values)


@api.get("/articles")
def rows(request: Request, asked: _Search) -> dict[str, Any]:
    """A page of the articles that have all that is asked for, the number of all, and counts to narrow them down."""
    return search(settings_of(request), asked.asked())


@api.get("/articles/{article_id}")
def row(request: Request, article_id: _Id, revision: _Revision = None) -> dict[str, Any]:
    """One article with all that is stored of it; `account`: its text with marks, and the reason of each fact."""
    settings = settings_of(request)
    one = article.one(settings, article_id, revision)
    told = _account(one, Beat.load(settings.beat))
    return {**one, "account": told.as_dict() if told else None}


def _account(one: dict[str, Any], beat: Beat) -> Account | None:
    if one["why_no_text"]:
        return None
    return stored.account(article.instance(one["article"]), one["statements"], one["events"], beat)
