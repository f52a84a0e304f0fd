"""A server of feeds on loopback, each on a host of its own, with some latency; `editions` says what each has got to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

LATENCY = 0.05
ITEMS = 20  # of a feed
NEW_ITEMS = 3  # of an edition
Told = Callable[[int, int, int], tuple[str, str]]
"""Title and text of an item by the numbers of feed, edition and item."""
_ITEM = """<item><title>{title}</title><link>http://{host}/{n}/{edition}</link>
<pubDate>Mon, 28 Apr 2025 09:{n:02}:00 +0000</pubDate><description>{text}</description></item>"""
_TEXT = "A bridge was closed for repairs on Monday, the ministry of transport said. " * 4


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Feeds"

    def do_GET(self) -> None:
        time.sleep(LATENCY)
        number = int(self.path.strip("/"))
        tag = f'"{self.server.editions[number]}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        body = self.server.body(number)
        self.send_response(200)
        for name, value in (("Content-Type", "application/rss+xml"), ("ETag", tag), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


class Feeds(ThreadingHTTPServer):
    """So many feeds; `editions` says what each has got to."""

    daemon_threads = True
    request_queue_size = 200

    def __init__(self, count: int, told: Told) -> None:
        super().__init__(("0.0.0.0", 0), _Handler)
        self.editions, self.told = [0] * count, told

    def verify_request(self, _request: Any, client_address: Any) -> bool:
        return str(client_address[0]).startswith("127.")

    def body(self, number: int) -> bytes:
        items = "".join(self._item(number, n) for n in range(ITEMS))
        return f'<rss version="2.0"><channel><title>{number}</title>{items}</channel></rss>'.encode()

    def _item(self, number: int, n: int) -> str:
        edition = self.editions[number] * (n < NEW_ITEMS)
        title, text = self.told(number, edition, n)
        host = f"feed{number}.example"
        return _ITEM.format(title=escape(title), host=host, n=n, text=escape(escape(text)), edition=edition)

    def opml(self) -> str:
        """The list of all its feeds."""
        lines = (f'<outline type="rss" text="F{n}" xmlUrl="{self.url(n)}"/>' for n in range(len(self.editions)))
        return f'<opml version="2.0"><body>{"".join(lines)}</body></opml>'

    def url(self, number: int) -> str:
        return f"http://127.1.{number // 250}.{number % 250 + 1}:{self.server_port}/{number}"


def plain(number: int, _edition: int, n: int) -> tuple[str, str]:
    """Items that say the same in all feeds."""
    return f"Feed {number}, item {n}", _TEXT


@contextmanager
def serving(count: int, told: Told = plain) -> Iterator[Feeds]:
    """A server for so many feeds."""
    with Feeds(count, told) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
