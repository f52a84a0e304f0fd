"""A webhook and a mail server that are down, come back, and fail now and then: each alert arrives once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.faults import state
from tests.watch import mailbox


class Hook(ThreadingHTTPServer):
    """Refuses what comes first, twice."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Refusing)
        self.refusals = 2
        self.taken: list[str] = []


class _Refusing(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        alert = self.headers["Idempotency-Key"].partition("-")[0]
        ready = self.server.refusals == 0
        self.server.refusals -= not ready
        self.server.taken += [alert] * ready
        self.send_response(200 if ready else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent: the tests read `taken`."""


@contextmanager
def _hook(port: int) -> Iterator[Hook]:
    with Hook(port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _own(place) -> list[str]:
    """The alerts that go out on their own."""
    return sorted(state.deliveries(state.stored(place.home)["alerts"]))


def test_both_channels_are_down_and_come_back(new_place, few, small):
    hook_port, mail_port = mailbox.free_port(), mailbox.free_port()
    place = new_place(few)
    place.alert_urls = (f"json://127.0.0.1:{hook_port}/", mailbox.address(mail_port))
    down = place.run()
    assert (down.code, down.result["error"]) == (1, "DeliveryError"), down.text
    assert state.entries(state.stored(place.home)) == state.entries(small.contents)
    alerts = _own(place)
    assert len(alerts) > 2
    assert state.unwell(place.chosen) == []
    with mailbox.serving(mail_port) as box, _hook(hook_port) as hook:
        # What refuses gets no further message in that call; in the end nothing is left, and nothing goes out again.
        codes = [place.command("alert").wait() for _ in range(4)]
        assert (codes[0], codes[2:]) == (1, [0, 0])
    assert sorted(hook.taken) == alerts
    assert len(box.mails) == len(alerts)
    states = state.deliveries(state.stored(place.home)["alerts"])
    assert set(map(tuple, states.values())) == {("sent", "sent")}
    assert state.unwell(place.chosen) == []
