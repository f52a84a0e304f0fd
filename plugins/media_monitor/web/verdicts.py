"""What people do with alerts on the page: seen, wrong, or neither after all; or send it again."""

from contextlib import suppress
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse

from media_monitor import judging, pipeline
from media_monitor.errors import DeliveryError

router = APIRouter()
_LONGEST_BODY = 10_000  # bytes of a form: a reason is a sentence


def from_this_page(request: Request) -> None:
    """Lets in what a form of the page itself sent.

    A browser tells where a request comes from (Sec-Fetch-Site, else Origin); another site cannot forge that, and so
    cannot make a reader's browser judge.

    Raises:
        HTTPException: 403, it comes from elsewhere or does not say.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    same = site == "same-origin" if site else bool(origin) and urlsplit(origin).netloc == request.headers.get("host")
    if not same:
        raise HTTPException(403, "verdicts are given on the page itself")


async def form(request: Request) -> dict[str, str]:
    """The fields of the form, each its first value.

    Raises:
        HTTPException: 413, the form is larger than any of the page.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            raise HTTPException(413, "the form is too large")
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


Form = Annotated[dict[str, str], Depends(form)]


@router.post("/alerts/{alert_id}/acknowledge")
def acknowledge(request: Request, alert_id: str, fields: Form) -> RedirectResponse:
    """Marks an alert as seen."""
    judging.acknowledge(request.app.state.settings(), alert_id, who(request))
    return back(request, fields)


@router.post("/alerts/{alert_id}/wrong")
def wrong(request: Request, alert_id: str, fields: Form) -> RedirectResponse:
    """Marks an alert as wrong, for a reason; its statements leave the ledger.

    Raises:
        HTTPException: 422, there is no reason.
    """
    if not fields.get("reason", "").strip():
        raise HTTPException(422, "a verdict needs a reason")
    judging.judge_wrong(request.app.state.settings(), alert_id, fields.get("reason", ""), who(request))
    return back(request, fields)


@router.post("/alerts/{alert_id}/reopen")
def reopen(request: Request, alert_id: str, fields: Form) -> RedirectResponse:
    """Takes a verdict back."""
    judging.reopen(request.app.state.settings(), alert_id, who(request))
    return back(request, fields)


@router.post("/alerts/{alert_id}/resend")
def resend(request: Request, alert_id: str, fields: Form) -> RedirectResponse:
    """Sends an alert again, now, through every channel on which it is not known to have arrived. What became of it is
    written down with who asked, and stands on the page of the alert."""
    state = request.app.state
    with suppress(DeliveryError):
        pipeline.alert(state.settings(), alert_id, state.connection, who(request))
    return back(request, fields)


def who(request: Request) -> str:
    """Who asks, for the record."""
    name: str = request.app.state.name(request)
    return name


def back(request: Request, fields: dict[str, str]) -> RedirectResponse:
    """To where the form was: a path of this page, whatever the form says."""
    path = fields.get("back", "/")
    inside = path if path.startswith("/") and not path.startswith("//") and "\\" not in path else "/"
    return RedirectResponse(f"{request.scope.get('root_path', '')}{inside}", status_code=303)
