"""The page as an ASGI application, whoever serves it: who may read and who may judge is decided outside."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.responses import Response as AnyResponse

from media_monitor import __version__
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError, QueryError
from media_monitor.warehouse import held
from media_monitor.watch.sending.routes import LookUp
from media_monitor.web import assets, health, render, verdicts
from media_monitor.web.views import VIEWS

# Scripts, styles and data come from the page itself and from nowhere else; nothing inline is run; forms go back to it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
DESCRIPTION = "What the page shows, as JSON. Times are UTC; days are dates."


def create(
    settings: Callable[[], Settings],
    readers: Sequence[Any] = (),
    judges: Sequence[Any] = (),
    name: Callable[[Request], str] = lambda _: "page",
    connection: LookUp | None = None,
) -> FastAPI:
    """The application. `readers` are FastAPI dependencies of every route but /health, `judges` those of the routes that
    change something besides; `name` says who asks, for the record of verdicts. `settings` is read at every request.
    `connection`: the URLs of an Airflow connection, for alerts that are sent again."""
    app = FastAPI(
        title="media-monitor",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=list(readers),
    )
    app.state.settings, app.state.name, app.state.connection = settings, name, connection
    app.state.navigation = [(view.path, view.title) for view in VIEWS if view.title]
    app.add_exception_handler(QueryError, _not_found)
    app.add_exception_handler(MediaMonitorError, _failed)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.middleware("http")(_with_headers)
    changing = [Depends(verdicts.from_this_page), *judges]
    for view in VIEWS:
        app.include_router(view.api, prefix="/api", responses=ERRORS)
        app.include_router(view.router, include_in_schema=False)
        if view.changes:
            app.include_router(view.changes, dependencies=changing, include_in_schema=False)
    app.include_router(verdicts.router, dependencies=changing, include_in_schema=False)
    app.include_router(assets.router, include_in_schema=False)
    app.include_router(_described(app), include_in_schema=False)
    app.router.routes.append(health.ROUTE)
    return app


_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string", "description": "What is wrong, in one line"}},
}
_CONTENT = {"application/json": {"schema": _ERROR}}
ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is nothing of that id", "content": _CONTENT},
    422: {"description": "A parameter is wrong", "content": _CONTENT},
    503: {"description": "The data cannot be read now", "content": _CONTENT},
}
"""How JSON endpoints say that they have no answer."""


def _described(app: FastAPI) -> APIRouter:
    """FastAPI's own route of the description would be open to everybody; this one has the dependencies of the rest."""
    router = APIRouter()

    @router.get("/openapi.json")
    def openapi(request: Request) -> dict[str, Any]:
        root = request.scope.get("root_path", "")
        return {**app.openapi(), "servers": [{"url": root or "/"}]}

    return router


async def _with_headers(request: Request, call: Callable[[Request], Awaitable[AnyResponse]]) -> AnyResponse:
    with held.open_afterwards():
        response = await call(request)
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
    return response


def _not_found(request: Request, error: Exception) -> Response:
    return _told(request, "Not found", str(error), 404)


def _failed(request: Request, error: Exception) -> Response:
    return _told(request, "Cannot be read now", str(error), 503)


def _misasked(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    words = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}".removeprefix(": ") for one in error.errors()]
    return _told(request, "Cannot be asked so", "; ".join(words), 422)


def _told(request: Request, title: str, message: str, status: int) -> Response:
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    if path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    return HTMLResponse(render.page(request, "error.html", title=title, message=message), status)
