"""Rows in quarantine on the page: why each was kept out, what it holds, and forms to release, discard or reopen it."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.report.asked.quality import quarantine as report
from media_monitor.report.asked.quality.quarantine import Choice
from media_monitor.web import render
from media_monitor.web.asked import Filters
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["quality"])
State = StrEnum("State", report.STATES)  # type: ignore[misc]
_Row = Annotated[str, Path(max_length=100, description="Id of a row in quarantine, or its beginning")]
_Name = Annotated[str | None, Field(max_length=200)]


class QuarantineFilters(Filters):
    """Of the filters, days (of quarantining) and page count here."""

    state: State | None = Field(None, description="What became of the row")
    table: _Name = Field(None, description="Table that it was meant for")
    expectation: _Name = Field(None, description="Expectation that it failed")
    batch: _Name = Field(None, description="The run")
    article: _Name = Field(None, description="Id of the article that it belongs to")

    @property
    def choice(self) -> Choice:
        """As the report takes them."""
        state = self.state.value if self.state else None
        return Choice(state, self.table, self.expectation, self.batch, self.article, self.since, self.until)


QuarantineAsked = Annotated[QuarantineFilters, Query()]


@router.get("/quality/quarantine")
def listed(request: Request, asked: QuarantineAsked) -> str:
    """The rows asked for, a page at a time, and what they failed."""
    settings = settings_of(request)
    found = report.rows(settings, asked.choice, asked.page)
    values = {
        "counts": report.counts(settings, asked.choice),
        "reasons": report.reasons(settings, asked.choice),
        "more": len(found) == report.PAGE,
        "narrowed": bool(asked.table or asked.expectation or asked.batch),
    }
    return render.page(request, "quarantine.html", asked=asked, found=found, **values)


@router.get("/quality/quarantine/{row}")
def one(request: Request, row: _Row) -> str:
    """One row whole."""
    return render.page(request, "quarantine_row.html", one=report.row(settings_of(request), row))


@api.get("/quality/quarantine")
def listed_as_json(request: Request, asked: QuarantineAsked) -> list[dict[str, Any]]:
    """Rows in quarantine without their content, the latest first, 50 a page."""
    return report.rows(settings_of(request), asked.choice, asked.page)


@api.get("/quality/quarantine/{row}")
def one_as_json(request: Request, row: _Row) -> dict[str, Any]:
    """One row: its content, its article, the decisions on it, and what keeps it from being released."""
    return report.row(settings_of(request), row)
