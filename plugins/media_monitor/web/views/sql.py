"""SQL: a question typed or chosen, its result, and what can be asked; run by GET, so that it can be linked."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from media_monitor.errors import QueryError
from media_monitor.report.asked.sql import queries as report
from media_monitor.report.asked.sql import reference as sql_reference
from media_monitor.warehouse import saved as kept
from media_monitor.warehouse.guarded.ask import Answer
from media_monitor.web import render, verdicts
from media_monitor.web.render import settings_of

router, api, changes = APIRouter(), APIRouter(tags=["sql"]), APIRouter()

_Sql = Annotated[str, Query(max_length=20_000, description="One SELECT")]
_Saved = Annotated[str, Query(max_length=60, description="Name of a kept query, where `q` is empty")]
_Form = Annotated[dict[str, str], Depends(verdicts.form)]
_OWN = ("q", "saved")  # parameters of the page itself


class Result(BaseModel):
    """The result of a query."""

    sql: str
    columns: list[str]
    types: list[str] = Field(description="Of DuckDB")
    rows: list[list[Any]] = Field(description="Days and times are ISO 8601; what JSON lacks is text")
    more: bool = Field(description="Whether there are rows beyond the limit")
    cut: int = Field(description="Cells that were cut for their length")
    seconds: float


class Parameter(BaseModel):
    """A `$name` of a kept query."""

    value: str
    meaning: str


class Kept(BaseModel):
    """A query that is kept under a name."""

    name: str
    title: str
    about: str
    sql: str
    parameters: dict[str, Parameter]
    shipped: bool
    saved_by: str
    saved_at: str | None


class Described(BaseModel):
    """A view, macro or table."""

    name: str
    arguments: str
    group: str
    meaning: str
    columns: list[tuple[str, str]]
    example: str


@router.get("/sql", response_class=HTMLResponse)
def page(request: Request, q: _Sql = "", saved: _Saved = "") -> HTMLResponse:
    """The editor with the query, its parameters and its result; beside it, what can be asked."""
    query = report.chosen(settings_of(request), q, saved, request.query_params)
    return _page(request, query)


@router.get("/sql.csv")
def as_csv(request: Request, q: _Sql = "", saved: _Saved = "") -> Response:
    """The result as CSV (RFC 4180)."""
    _, answer = _answer(request, q, saved)
    headers = {"Content-Disposition": f'attachment; filename="{saved or "query"}.csv"'}
    return Response(report.as_csv(answer), media_type="text/csv; charset=utf-8", headers=headers)


@api.get("/sql", response_model=Result)
def rows(request: Request, q: _Sql = "", saved: _Saved = "") -> Any:
    """The result of a query, without one nothing. Every further parameter fills the `$name` of its name; one left out
    is NULL."""
    try:
        query, answer = _answer(request, q, saved)
    except QueryError as error:
        return JSONResponse({"error": str(error)}, 422)
    return Result(
        sql=query.sql,
        columns=list(answer.columns),
        types=list(answer.types),
        rows=answer.rows,
        more=answer.more,
        cut=answer.cut,
        seconds=round(answer.seconds, 3),
    )


@api.get("/sql/queries", response_model=list[Kept])
def queries(request: Request) -> Any:
    """The queries that are kept: shipped ones, then people's own."""
    return [report.record(query) for query in report.queries(settings_of(request))]


@api.get("/sql/reference", response_model=list[Described])
def reference() -> Any:
    """Views, macros and tables, with their columns and an example."""
    return [
        {name: getattr(entry, name) for name in Described.model_fields} | {"columns": list(entry.columns)}
        for entry in sql_reference.entries()
    ]


@changes.post("/sql/save")
def save(request: Request, fields: _Form) -> Response:
    """Keeps the query under a name, with the values that its parameters have."""
    name, settings = fields.get("name", "").strip(), settings_of(request)
    values = {one.removeprefix("$"): text for one, text in fields.items() if one.startswith("$")}
    words = fields.get("title", "").strip() or name, fields.get("about", "")
    who = request.app.state.name(request)
    query = kept.Query(name, *words, fields.get("q", ""), values, saved_by=who, saved_at=settings.now())
    try:
        report.save(settings, query, instead="instead" in fields)
    except QueryError as error:
        return _page(request, query, error=f"Not saved: {error}")
    return RedirectResponse(f"{request.scope.get('root_path', '')}/sql?saved={name}", status_code=303)


@changes.post("/sql/delete")
def delete(request: Request, fields: _Form) -> Response:
    """Removes a query of one's own."""
    name = fields.get("name", "")
    try:
        report.delete(settings_of(request), name)
    except QueryError as error:
        return _page(request, kept.Query("", "", "", ""), error=f"Not deleted: {error}")
    return RedirectResponse(f"{request.scope.get('root_path', '')}/sql", status_code=303)


def _answer(request: Request, q: str, saved: str) -> tuple[kept.Query, Answer]:
    settings = settings_of(request)
    query = report.chosen(settings, q, saved, request.query_params)
    if not query.sql.strip():
        return query, Answer((), (), [], more=False, cut=0, seconds=0.0)
    return query, report.run(settings, _runnable(query), query.values, report.page_limits(settings))


def _runnable(query: kept.Query) -> str:
    clash = [name for name in query.parameters if name in _OWN]
    if clash:
        raise QueryError("SQL", f"${clash[0]} is a name of the page's own: call it something else")
    return query.sql


def _page(request: Request, query: kept.Query, error: str = "") -> HTMLResponse:
    settings, answer = settings_of(request), None
    limits = report.page_limits(settings)
    if query.sql.strip() and not error:
        try:
            answer = report.run(settings, _runnable(query), query.values, limits)
        except QueryError as refused:
            error = str(refused)
    values = {
        "query": query,
        "answer": answer,
        "error": error,
        "said": report.said(answer, limits) if answer else "",
        "limits": limits,
        "queries": report.queries(settings),
        "groups": _groups(),
        "shown": report.shown,
    }
    return HTMLResponse(render.page(request, "sql.html", **values), 422 if error else 200)


def _groups() -> dict[str, list[sql_reference.Entry]]:
    found: dict[str, list[sql_reference.Entry]] = {}
    for entry in sql_reference.entries():
        found.setdefault(entry.group, []).append(entry)
    return found
