"""What people decide on the page about rows in quarantine: one row, or all of a choice that wait."""

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from media_monitor import releasing
from media_monitor.releasing import Decided
from media_monitor.report.asked.quality import quarantine as report
from media_monitor.report.asked.quality.quarantine import Choice
from media_monitor.web import render
from media_monitor.web.render import settings_of
from media_monitor.web.verdicts import Form, back, who

router = APIRouter(prefix="/quality/quarantine")


@router.post("/release")
def release_all(request: Request, fields: Form) -> Response:
    """Releases all rows of a choice that wait."""
    return _released(request, fields, _waiting(request, fields))


@router.post("/discard")
def discard_all(request: Request, fields: Form) -> Response:
    """Marks all rows of a choice that wait as dealt with."""
    return _discarded(request, fields, _waiting(request, fields))


@router.post("/{row}/release")
def release(request: Request, row: str, fields: Form) -> Response:
    """Puts a row into its table, for a reason; an article with the facts that wait only because of it."""
    return _released(request, fields, [report.whole_id(settings_of(request), row)])


@router.post("/{row}/discard")
def discard(request: Request, row: str, fields: Form) -> Response:
    """Marks a row as dealt with."""
    return _discarded(request, fields, [report.whole_id(settings_of(request), row)])


@router.post("/{row}/reopen")
def reopen(request: Request, row: str, fields: Form) -> Response:
    """Takes a decision back."""
    settings = settings_of(request)
    done = releasing.reopen(settings, [report.whole_id(settings, row)], fields.get("reason"), who(request))
    return _told(request, fields, done, "reopened")


def _released(request: Request, fields: Form, ids: list[str]) -> Response:
    reason = fields.get("reason", "")
    if not reason.strip():
        raise HTTPException(422, "a release needs a reason")
    facts = fields.get("facts", "with") == "with"
    done = releasing.release(settings_of(request), ids, reason, who(request), with_facts=facts)
    return _told(request, fields, done, "released")


def _discarded(request: Request, fields: Form, ids: list[str]) -> Response:
    done = releasing.discard(settings_of(request), ids, fields.get("reason"), who(request))
    return _told(request, fields, done, "discarded")


def _waiting(request: Request, fields: Form) -> list[str]:
    table, expectation, batch = (fields.get(name) or None for name in ("table", "expectation", "batch"))
    if not (table or expectation or batch):
        raise HTTPException(422, "choose rows by table, expectation or batch")
    return report.ids(settings_of(request), Choice("waiting", table, expectation, batch))


def _told(request: Request, fields: Form, done: Decided, what: str) -> Response:
    if not done.refused:
        return back(request, fields)
    title = f"{len(done.rows)} {what}, {len(done.refused)} refused"
    return HTMLResponse(render.page(request, "error.html", title=title, message="; ".join(done.refused)), 409)
