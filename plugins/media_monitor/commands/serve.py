"""`media-monitor serve`: the page on this machine, without Airflow."""

import secrets
from typing import Annotated

import typer

from media_monitor.report.printed.terminal import Terminal


def command(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one")] = 8765,
) -> None:
    """Serve the page (alerts, ledger, evidence) on 127.0.0.1, to whoever has the address that is printed."""
    import socket

    import uvicorn

    from media_monitor.web import alone

    settings = context.obj.settings()
    secret = settings.page_token or secrets.token_urlsafe(24)
    listening = socket.create_server(("127.0.0.1", port))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    Terminal().print(f"Open {address}/enter?token={secret} (Ctrl-C ends it)", markup=False, soft_wrap=True)
    config = uvicorn.Config(alone.create(lambda: settings, secret), log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])
