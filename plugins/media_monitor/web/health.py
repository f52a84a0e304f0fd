"""Whether the monitor is well, for load balancers and probes: open to everybody who reaches the server, and without
anything of what is stored. The one route that asks for no login.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from media_monitor import probe


def health(request: Request) -> JSONResponse:
    """The state (ok, late or failed) of the whole and of each check; HTTP 503 where it is failed."""
    checks = probe.checked(request.app.state.settings())
    state = probe.overall(checks)
    told = {"status": state, "checks": {check.name: check.state for check in checks}}
    return JSONResponse(told, 503 if state == "failed" else 200)


ROUTE = Route("/health", health, methods=["GET"])
"""A route of Starlette's, which has none of the dependencies of the application."""
