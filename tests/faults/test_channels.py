"""A webhook and a mail server that are down, come back, and fail now and then: each alert arrives once."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.faults import state
from tests.watch import mailbox


class Hook(ThreadingHTTPServer):
    """Takes every message at its third attempt only."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Refusing)
        self.asked: Counter[str] = Counter()
        self.taken: list[str] = []


class _Refusing(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        alert = self.headers["Idempotency-Key"].partition("-")[0]
        self.server.asked[alert] += 1
        ready = self.server.asked[alert] > 2
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
        for _ in range(3 * len(alerts)):  # a channel that refuses gets no further message in that call
            command = place.command("alert")
            if command.wait() == 0:
                break
        assert command.code == 0, command.text
        assert place.command("alert").wait() == 0  # nothing is left, and nothing goes out again
    assert sorted(hook.taken) == alerts
    assert len(box.mails) == len(alerts)
    states = state.deliveries(state.stored(place.home)["alerts"])
    assert set(map(tuple, states.values())) == {("sent", "sent")}
    assert state.unwell(place.chosen) == []
