"""A feed server that fails now and then, in a way of its own each time: in the end every article is there, once."""

import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from tests.faults import state

WAYS = ("500", "cut off", "whole")


class Flapping(ThreadingHTTPServer):
    """Passes on what the samples' server has, each feed whole at every third request only."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind
        self.asked: Counter[str] = Counter()


class _Handler(BaseHTTPRequestHandler):
    server: Flapping

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        way = WAYS[(self.server.asked[path] + len(path)) % len(WAYS)]
        self.server.asked[path] += 1
        with urllib.request.urlopen(f"{self.server.behind}{path}") as answer:
            body, kind = answer.read(), answer.headers["Content-Type"]
        self.send_response(500 if way == "500" else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if way == "cut off" else b"" if way == "500" else body)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Silent: the runs tell what they met."""


@pytest.fixture
def flapping(few: Path, tmp_path: Path) -> Iterator[Path]:
    """An OPML file of the few feeds, behind that server."""
    text = few.read_text()
    address = next(part for part in text.split('"') if part.startswith("http://127.0.0.1:"))
    behind = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    with Flapping(behind) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        opml = tmp_path / "flapping.opml"
        opml.write_text(text.replace(behind, f"http://127.0.0.1:{server.server_port}"))
        yield opml
        server.shutdown()
        thread.join()


def test_in_the_end_every_article_is_there_once(new_place: Callable, flapping: Path, small, endpoint):
    place = new_place(flapping)
    runs = [place.run(force=True) for _ in WAYS]
    assert [run.code for run in runs] == [0] * len(WAYS), runs[-1].text
    found = state.stored(place.home)
    assert (
        found["fetches"].filter(found["fetches"]["error"].is_valid()).num_rows >= 2 * small.contents["fetches"].num_rows
    )
    assert state.entries(found) == state.entries(small.contents)
    ids = [(row["article_id"], row["content_sha256"]) for row in found["articles"].to_pylist()]
    assert len(ids) == len(set(ids))
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []
    assert state.unwell(place.chosen) == []
