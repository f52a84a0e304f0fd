"""The sample feeds and an alert endpoint on loopback, runs as processes, and what an undisturbed run leaves."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
from tests.faults import state
from tests.faults.runs import Place, Run, Zygote

from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.opml import write_opml
from media_monitor.launch.samples import serving

FEW = 6
ANSWER_SECONDS = 0.02  # how long the endpoint takes over a message, so that a kill can fall into it


class Endpoint(ThreadingHTTPServer):
    """Takes alerts; each data folder has a path of its own, so that its messages can be told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.messages: list[tuple[str, str]] = []  # (path, alert id)

    def url(self, name: str) -> str:
        return f"json://127.0.0.1:{self.server_port}/{name}"

    def received(self, name: str) -> list[str]:
        return [alert for path, alert in self.messages if path.strip("/") == name]


class _Request(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.messages.append((self.path, self.headers["Idempotency-Key"].partition("-")[0]))
        time.sleep(ANSWER_SECONDS)
        try:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:
            self.close_connection = True  # its sender was killed

    def log_message(self, *_: object) -> None:
        """Silent: the tests read `messages`."""


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An OPML file of the beat's sample feeds, served meanwhile."""
    opml = tmp_path_factory.mktemp("samples") / "samples.opml"
    with serving(Beat.load("dprk_russia").folder / "samples", opml):
        yield opml


@pytest.fixture(scope="session")
def few(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An OPML file of some of the sample feeds, for runs that are over sooner."""
    opml = tmp_path_factory.mktemp("few") / "few.opml"
    opml.write_text(write_opml(load_feeds(Beat.load("dprk_russia"), samples)[:FEW]))
    return opml


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as process:
        yield process


@dataclass(frozen=True)
class Undisturbed:
    """One whole run: its data folder, its process and what it left."""

    place: Place
    run: Run
    contents: state.Contents

    @property
    def home(self) -> Path:
        return self.place.home

    @property
    def seconds(self) -> float:
        return self.run.steps["end"]


@pytest.fixture(scope="session")
def new_place(
    tmp_path_factory: pytest.TempPathFactory, zygote: Zygote, samples: Path, endpoint: Endpoint
) -> Iterator[Callable[..., Place]]:
    """A function that makes an empty data folder, over the samples where nothing else is said.

    In memory where that can be: a run forces some hundred files to disk, and power is not what fails here.
    """
    memory, numbers = Path("/dev/shm"), count()
    parent = memory if os.access(memory, os.W_OK) else tmp_path_factory.mktemp("places")
    with TemporaryDirectory(prefix="media-monitor-", dir=parent) as root:

        def make(feeds: Path = samples, **more: Any) -> Place:
            folder = Path(root, f"place{next(numbers)}")
            folder.mkdir()
            return Place(folder / "home", zygote, feeds, (endpoint.url(folder.name),), more)

        yield make


@pytest.fixture
def place(new_place: Callable[..., Place]) -> Place:
    return new_place()


@pytest.fixture(scope="session")
def undisturbed(new_place: Callable[..., Place]) -> Undisturbed:
    return _undisturbed(new_place())


@pytest.fixture(scope="session")
def small(new_place: Callable[..., Place], few: Path) -> Undisturbed:
    """As `undisturbed`, over a few feeds."""
    return _undisturbed(new_place(few))


def _undisturbed(place: Place) -> Undisturbed:
    run = place.run()
    assert run.code == 0, run.text
    return Undisturbed(place, run, state.steady(state.stored(place.home)))
