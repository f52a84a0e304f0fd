"""What a chart is drawn from, as JSON, CSV and SQL."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from media_monitor.exports import delimited
from media_monitor.web import render
from media_monitor.web.asked import Asked
from media_monitor.web.charts import drawing, registry
from media_monitor.web.render import settings_of

router, api = APIRouter(), APIRouter(tags=["charts"])
_Id = Annotated[str, Path(max_length=100, description="Id of a chart")]


@router.get("/charts/{chart_id}.csv")
def as_csv(request: Request, chart_id: _Id, asked: Asked) -> Response:
    """The rows of the chart as CSV (RFC 4180)."""
    drawn = drawing.draw(settings_of(request), registry.chart(chart_id), asked)
    headers = {"Content-Disposition": f'attachment; filename="{drawn.chart.id}.csv"'}
    return Response(delimited.as_csv(drawn.rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/charts/{chart_id}.sql")
def as_sql(request: Request, chart_id: _Id, asked: Asked) -> PlainTextResponse:
    """The SQL behind the chart, ready to run."""
    one = registry.chart(chart_id)
    return PlainTextResponse(registry.filled(one, drawing.settled(settings_of(request), asked, one.days)))


@router.get("/charts/{chart_id}", response_class=HTMLResponse)
def page(request: Request, chart_id: _Id, asked: Asked) -> str:
    """One chart on a page of its own, with its table and the SQL behind it."""
    drawn = drawing.draw(settings_of(request), registry.chart(chart_id), asked)
    return render.page(request, "chart.html", chart=drawn)


@api.get("/charts")
def known() -> list[dict[str, Any]]:
    """The charts there are, with the parameters that each takes."""
    return [
        {"id": one.id, "title": one.title, "description": one.description, "parameters": list(one.parameters)}
        for one in registry.charts().values()
    ]


@api.get("/charts/{chart_id}")
def rows(request: Request, chart_id: _Id, asked: Asked) -> dict[str, Any]:
    """The rows of a chart, and the SQL that gives them."""
    drawn = drawing.draw(settings_of(request), registry.chart(chart_id), asked)
    return {"id": drawn.chart.id, "title": drawn.chart.title, "sql": drawn.sql, "rows": drawn.rows}
