"""The page served by this process, for tests of what depends on settings."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from media_monitor.config import Settings
from media_monitor.web import app


@contextmanager
def running(settings: Settings) -> Iterator[httpx.Client]:
    """Somebody who reads and judges, as "ed", what is served with the settings; follows redirects."""
    listening = socket.create_server(("127.0.0.1", 0))
    application = app.create(lambda: settings, name=lambda _: "ed")
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()
    listening.close()
