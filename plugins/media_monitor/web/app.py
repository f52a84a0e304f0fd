"""The page as an ASGI application, whoever serves it: who may read and who may judge is decided outside."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.responses import Response as AnyResponse

from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError, QueryError
from media_monitor.web import reading, render, verdicts

# Nothing is loaded from anywhere but the style sheet of the page itself; forms go back to it.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
STYLE = Path(__file__).parent / "style.css"


def create(
    settings: Callable[[], Settings],
    readers: Sequence[Any] = (),
    judges: Sequence[Any] = (),
    name: Callable[[Request], str] = lambda _: "page",
) -> FastAPI:
    """The application. `readers` are FastAPI dependencies of every route, `judges` those of the routes that change
    something besides; `name` says who asks, for the record of verdicts. `settings` is read at every request."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=list(readers))
    app.state.settings, app.state.name = settings, name
    app.add_exception_handler(QueryError, _not_found)
    app.add_exception_handler(MediaMonitorError, _failed)
    app.middleware("http")(_with_headers)
    app.include_router(reading.router)
    app.include_router(verdicts.router, dependencies=[Depends(verdicts.from_this_page), *judges])
    app.add_api_route("/style.css", _style, include_in_schema=False)
    return app


def _style() -> Response:
    return Response(STYLE.read_text(encoding="utf-8"), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def _with_headers(request: Request, call: Callable[[Request], Awaitable[AnyResponse]]) -> AnyResponse:
    response = await call(request)
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
    return response


def _not_found(request: Request, error: Exception) -> Response:
    return HTMLResponse(render.page(request, "error.html", message=str(error)), status_code=404)


def _failed(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"error: {error}", status_code=503)
