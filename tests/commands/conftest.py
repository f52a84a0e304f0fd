"""Commands as a person types them, each in a process of its own, and a site on loopback for them to ask."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from media_monitor.config import PACKAGE, variables
from media_monitor.launch.samples import ON_LOOPBACK

Run = Callable[..., subprocess.CompletedProcess[str]]


class Site(ThreadingHTTPServer):
    """Answers by `pages`: path -> (status, content type, body, further headers). `asked` are paths and headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, tuple[int, str, bytes, Mapping[str, str]]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def put(self, path: str, body: str | bytes = b"", kind: str = "text/html", status: int = 200, **more: str) -> str:
        """Serves the body from now on; returns its address."""
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        self.pages[path] = (status, kind, body.encode() if isinstance(body, str) else body, headers)
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        status, kind, body, more = self.server.pages.get(
            self.path.partition("?")[0], (404, "text/plain", b"nothing here", {})
        )
        self.send_response(status)
        for name, value in {"Content-Type": kind, **more, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent: pytest's output is for findings."""


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `media-monitor` with a data folder of its own, allowed to ask this machine."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MEDIA_MONITOR_")}
        own = {"MEDIA_MONITOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, "-c", "from media_monitor.cli import main; main()", *map(str, arguments)],
            env={**clean, **own, **variables(ON_LOOPBACK), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def told(run: Run) -> Callable[..., Any]:
    """The JSON that a command prints; its exit code must be the one given (default 0)."""

    def told(*arguments: object, code: int = 0, **environment: str) -> Any:
        done = run(*arguments, "--json", **environment)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    return told


def rss(*titles: str, language: str = "", title: str = "Quay News", day: str = "Mon, 28 Apr 2025") -> str:
    """An RSS document with an item for each title."""
    items = "".join(
        f"<item><title>{text}</title><link>https://quay.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>{day} 09:0{n % 10}:00 +0000</pubDate><description>{text}.</description></item>"
        for n, text in enumerate(titles, 1)
    )
    told = f"<language>{language}</language>" if language else ""
    head = f"<title>{title}</title><link>https://quay.example/</link>{told}"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
