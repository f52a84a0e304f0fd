"""The first page: the state of the beat in ten seconds."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from media_monitor.report.asked import now as report
from media_monitor.web import render
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["now"])
_Days = Annotated[int, Query(ge=1, le=report.MOST_DAYS, description="Days up to the present in which something is new")]
CHOICES = (1, 7, 30, 90)


@router.get("/")
def page(request: Request, days: _Days = report.DAYS) -> str:
    """What changed, what is disputed, what bursts, how the monitor fares, and the ledger in short."""
    found = report.now(settings_of(request), days)
    return render.page(request, "now.html", now=found, choices=CHOICES, sure=report.sure, sides=report.sides)


@api.get("/now")
def as_json(request: Request, days: _Days = report.DAYS) -> dict[str, Any]:
    """What changed in the last days (`earlier`: before that, where nothing did), disputes, bursts, health, ledger."""
    return report.now(settings_of(request), days)
