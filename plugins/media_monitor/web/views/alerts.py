"""The view Alerts: what was raised, what became of it, each message as it was sent, and the rules in force."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.errors import BeatError
from media_monitor.report.asked.alerts import messages, raised
from media_monitor.report.asked.alerts import rules as rules_in_force
from media_monitor.watch.rules.rulebook import KINDS
from media_monitor.web import preview, render
from media_monitor.web.asked import Filters
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["alerts"])
State = StrEnum("State", tuple(raised.GROUPS))  # type: ignore[misc]
Kind = StrEnum("Kind", KINDS)  # type: ignore[misc]
_Id = Annotated[str, Path(max_length=100, description="Id of an alert")]


class AlertFilters(Filters):
    """The filters of alerts; publisher, affiliation, bucket and dimension mean nothing here."""

    state: State | None = Field(None, description="What became of it; pending: waiting or due later")
    kind: Kind | None = Field(None, description="What it tells of")

    @property
    def wanted(self) -> raised.Filters:
        """As the report takes them."""
        groups = (self.state.value,) if self.state else ()
        own = (self.claim, self.party, self.language, self.outlet, self.since, self.until, self.q)
        return raised.Filters(groups, self.kind.value if self.kind else None, *own)


Asked = Annotated[AlertFilters, Query()]


@router.get("/alerts")
def listed(request: Request, asked: Asked) -> str:
    """The alerts asked for, a page at a time; below them the rules in force."""
    settings = settings_of(request)
    found, more = _page(request, asked)
    counts = raised.counts(settings, asked.wanted)
    values = {"asked": asked, "found": found, "more": more, "counts": counts, "choices": raised.choices(settings)}
    return render.page(request, "alerts.html", **values, **_rules(request))


@router.get("/alerts/{alert_id}")
def one(request: Request, alert_id: _Id) -> str:
    """One alert with its deliveries, its message, and the forms to judge it and to send it again."""
    found = messages.whole(settings_of(request), alert_id)
    again = any(one["state"] in ("failed", "unknown", "sending") for one in found["deliveries"])
    return render.page(request, "alert.html", one=found, again=again, preview=preview.cleaned(found["message"]["html"]))


@api.get("/alerts")
def listed_as_json(request: Request, asked: Asked) -> list[dict[str, Any]]:
    """Alerts with what became of each, the newest first, 50 a page."""
    return _page(request, asked)[0]


@api.get("/alerts/{alert_id}")
def one_as_json(request: Request, alert_id: _Id) -> dict[str, Any]:
    """One alert with its deliveries, the alerts told with it, and its message as it was sent or would go out now."""
    return messages.whole(settings_of(request), alert_id)


@api.get("/alert-rules")
def rules_as_json(request: Request) -> dict[str, Any]:
    """The rules in force, and their channels without addresses that may be secret."""
    settings = settings_of(request)
    return {"rules": rules_in_force.rows(settings), "channels": rules_in_force.channels(settings)}


def _page(request: Request, asked: AlertFilters) -> tuple[list[dict[str, Any]], bool]:
    """(the alerts of the page asked for, whether there are more)."""
    settings = settings_of(request)
    found = raised.rows(settings, asked.wanted, asked.page)
    more = len(found) == raised.PER_PAGE and bool(raised.rows(settings, asked.wanted, asked.page + 1))
    return found, more


def _rules(request: Request) -> dict[str, Any]:
    """The rules for the page; a faulty file is told there, and hides no alert."""
    settings = settings_of(request)
    try:
        rows, channels, fault = rules_in_force.rows(settings), rules_in_force.channels(settings), None
    except BeatError as error:
        rows, channels, fault = [], [], str(error)
    words = {row["rule"]: (rules_in_force.only(row), rules_in_force.when(row)) for row in rows}
    return {"rules": rows, "channels": channels, "fault": fault, "words": words}
