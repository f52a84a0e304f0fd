"""A server on loopback that behaves as badly as the web does, and feeds to ask it for."""

import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from media_monitor.config import Settings
from media_monitor.sources import Feed

ITEM = """<item><title>{title}</title><link>https://outlet.example/{number}</link><guid>{number}</guid>
<pubDate>Mon, 28 Apr 2025 09:0{number}:00 +0300</pubDate><description>Body of item {number}.</description></item>"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>An outlet</title>'
TAIL = "</channel></rss>"


def rss(*titles: str) -> str:
    """An RSS document with one item for each title."""
    return HEAD + "".join(ITEM.format(title=title, number=n) for n, title in enumerate(titles, 1)) + TAIL


GOOD = rss("Ferry line opens", "Bridge closed for repairs").encode()
TRUNCATED = rss("Whole", "Whole too", "Cut in the mid").encode().partition(b"Cut in the mid")[0]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>"""
PAGE = b"""<!DOCTYPE html><html><head><title>News</title>
<link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body><p>Not a feed</p></body></html>"""
HANGS_FEEDPARSER = rss("Many parts").replace("<guid>", f"{'<a/>' * 230_000}<guid>").encode()


class Handler(BaseHTTPRequestHandler):
    """Answers by `PLANS`, one function a path; all requests are noted in the server."""

    protocol_version = "HTTP/1.1"
    server: "HostileServer"

    def do_GET(self) -> None:
        with self.server.guard:
            self.server.asked.append((self.path, dict(self.headers)))
            self.server.times.append(time.monotonic())
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        try:
            plan = PLANS.get(self.path.partition("?")[0])
            if plan is None:
                self.answer(404, b"no such page")
            else:
                plan(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had enough
        finally:
            with self.server.guard:
                self.server.now -= 1

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "application/rss+xml", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, block: bytes, times: int, pause: float = 0.0) -> None:
        """A body without an announced length, up to `times` blocks."""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(HEAD.encode())
        for _ in range(times):
            self.wfile.write(block)
            self.wfile.flush()
            if self.server.stopping.wait(pause) if pause else self.server.stopping.is_set():
                break
        self.close_connection = True

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def break_off(self) -> None:
        """Announces more than it sends."""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(TRUNCATED) + 1000))
        self.end_headers()
        self.wfile.write(TRUNCATED)
        self.close_connection = True

    def conditional(self) -> None:
        if self.headers.get("If-None-Match") == '"one"':
            self.answer(304, ETag='"one"')
        else:
            self.answer(200, GOOD, ETag='"one"', Last_Modified="Mon, 28 Apr 2025 06:00:00 GMT")

    def always_304(self) -> None:
        """A cache that answers every question by validators with "unchanged", whatever has come in since."""
        if self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since"):
            self.answer(304, ETag='"stale"')
            return
        items = ""
        for number, one in enumerate(self.server.news, 1):
            title, _, published = one.partition("|")
            date = f"<pubDate>{published}</pubDate>" if published else ""
            items += f"<item><title>{title}</title><link>https://outlet.example/{number}</link>{date}</item>"
        self.answer(200, (HEAD + items + TAIL).encode(), ETag=f'"{len(self.server.news)}"')

    def moved_away(self) -> None:
        self.answer(404) if self.server.gone else self.answer(200, GOOD)

    def cookie(self) -> None:
        if "seen=yes" in self.headers.get("Cookie", ""):
            self.answer(200, GOOD)
        else:
            self.answer(302, Location="/cookie", Set_Cookie="seen=yes")

    def log_message(self, *_: object) -> None:
        """Silent: pytest's output is for findings."""


PLANS: dict[str, Callable[[Handler], None]] = {
    "/good": lambda h: h.answer(200, GOOD),
    "/gzip": lambda h: h.answer(200, gzip.compress(GOOD), Content_Encoding="gzip"),
    "/gzip-file": lambda h: h.answer(200, gzip.compress(GOOD), Content_Type="application/octet-stream"),
    "/html": lambda h: h.answer(200, PAGE, Content_Type="text/html"),
    "/empty": lambda h: h.answer(200),
    "/json": lambda h: h.answer(200, b'{"items": []}', Content_Type="application/json"),
    "/no-items": lambda h: h.answer(200, rss().encode()),
    "/truncated": lambda h: h.answer(200, TRUNCATED),
    "/broken-off": Handler.break_off,
    "/60-mb": lambda h: h.answer(200, HEAD.encode() + b" " * 60_000_000),
    "/endless": lambda h: h.stream(b"<item>" + b"x" * 100_000, 10_000_000),
    "/drip": lambda h: h.stream(b"<!-- -->", 1000, pause=0.1),
    "/silent": lambda h: time.sleep(0) if h.server.stopping.wait(30) else None,
    "/circle": lambda h: h.answer(302, Location="/circle-2"),
    "/circle-2": lambda h: h.answer(302, Location="/circle"),
    "/staircase": lambda h: h.answer(302, Location=f"/staircase?{len(h.path) * 'n'}"),
    "/nowhere": lambda h: h.answer(302),
    "/to-file": lambda h: h.answer(302, Location="file:///etc/hostname"),
    "/robots.txt": lambda h: h.answer(*h.server.robots, Content_Type="text/plain"),
    "/with-headers": lambda h: h.answer(200, GOOD, **h.server.headers),
    "/always-304": Handler.always_304,
    "/moves-away": lambda h: h.answer(301, Location="/good-2"),
    "/good-2": Handler.moved_away,
    "/elsewhere": lambda h: h.answer(302, Location=h.server.location),
    "/header-flood": lambda h: h.answer(200, GOOD, **{f"X_{n}": "x" * 1000 for n in range(2000)}),
    "/moved": lambda h: h.answer(301, Location="/good"),
    "/cookie": Handler.cookie,
    "/wrong-charset": lambda h: h.answer(
        200, rss("Мост закрыт на ремонт").encode("cp1251"), Content_Type="application/rss+xml; charset=utf-8"
    ),
    "/entity-bomb": lambda h: h.answer(200, BOMB),
    "/gzip-bomb": lambda h: h.answer(200, gzip.compress(b" " * 60_000_000), Content_Encoding="gzip"),
    "/not-gzip": lambda h: h.answer(200, GOOD, Content_Encoding="gzip"),
    "/conditional": Handler.conditional,
    "/304": lambda h: h.answer(304),
    "/410": lambda h: h.answer(410),
    "/403": lambda h: h.answer(403),
    "/429": lambda h: h.answer(429, Retry_After="7200"),
    "/500": lambda h: h.answer(500),
    "/503": lambda h: h.answer(503, Retry_After="Mon, 28 Apr 2025 18:00:00 GMT"),
    "/reset": Handler.reset,
    "/hangs-parser": lambda h: h.answer(200, HANGS_FEEDPARSER),
    "/slow": lambda h: (h.server.stopping.wait(0.3), h.answer(200, GOOD))[0],
}


class HostileServer(ThreadingHTTPServer):
    """`asked` are path and headers of each request, `times` when they came, `most` the most requests that were open at
    one time; `location` is where `/elsewhere` redirects to, `robots` status and body of
    `/robots.txt`, `headers` what `/with-headers` sends beside its feed, `news` the items of `/always-304`, `gone`
    whether `/good-2` is no more."""

    daemon_threads = True
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.guard = threading.Lock()
        self.stopping = threading.Event()
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.times: list[float] = []
        self.location = "/good"
        self.robots = (404, b"")
        self.headers: dict[str, str] = {}
        self.news: list[str] = []
        self.gone = False
        self.now = self.most = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def feed(self, path: str, **fields: Any) -> Feed:
        """A feed of this server whose id is the path."""
        return Feed(feed_id=path, url=self.url(path), outlet=f"Outlet {path}", publisher="outlet.example", **fields)

    def handle_error(self, *_: object) -> None:
        """A client that hangs up in the middle is what these tests are about."""


def _served() -> Iterator[HostileServer]:
    server = HostileServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.stopping.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def server() -> Iterator[HostileServer]:
    yield from _served()


@pytest.fixture
def servers() -> Iterator[Callable[[], HostileServer]]:
    """Starts one more server, which is one more host."""
    running: list[Iterator[HostileServer]] = []

    def start() -> HostileServer:
        running.append(_served())
        return next(running[-1])

    yield start
    for served in running:
        next(served, None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Short deadlines and small bodies, in a data folder of its own."""
    return Settings(
        home=tmp_path / "home",
        timeout_seconds=1,
        max_bytes=1_000_000,
        contact="desk@example.org",
        private_addresses=("127.0.0.1/32", "::1/128"),
        host_spacing_seconds=0,
    )
