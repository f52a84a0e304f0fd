"""Channels that hang, refuse, flap and ask for patience keep no other waiting, and get everything once in the end."""

import logging
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.watch.mailbox import address, free_port, serving

from media_monitor.watch.sending import apprise_service
from media_monitor.watch.sending.delivery import deliver

NOW = datetime(2025, 4, 28, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)


@pytest.fixture
def many(alert):
    return [replace(alert, alert_id=f"alert{number}") for number in range(5)]


def states(alerts, scheme_or_digest=""):
    return [d.state for alert in alerts for d in alert.deliveries if scheme_or_digest in d.channel]


@contextmanager
def raw_server(talk):
    """A server that lets `talk` have each connection until the end of the test."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=(connection, over), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()


def hang(connection, over):
    connection.recv(65536)
    over.wait(30)
    connection.close()


def drip(connection, over):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not over.wait(0.1):
        connection.sendall(b"x")
    connection.close()


def test_a_channel_that_hangs_costs_one_message_and_no_other_channel_a_moment(many, hook, mailbox, beat, tmp_path):
    with raw_server(hang) as port:
        hanging = f"json://127.0.0.1:{port}/?rto=1"
        start = time.monotonic()
        after, failed, unknown = deliver(many, [hanging, hook.url, mailbox.url], tmp_path, beat, NOW)
        assert time.monotonic() - start < 5
        assert (len(hook.received), len(mailbox.mails)) == (5, 5)
        stuck = [next(d for d in a.deliveries if d.state != "sent") for a in after]
        assert [d.state for d in stuck] == ["unknown"] + ["failed"] * 4
        assert "did not take the message before it" in stuck[1].error
        assert (len(failed), len(unknown)) == (4, 1)
        again, _, unknown = deliver(after, [hanging, hook.url, mailbox.url], tmp_path, beat, LATER)
        assert (len(hook.received), len(mailbox.mails), len(unknown)) == (5, 5, 2)
        assert states(again).count("unknown") == 2


def test_a_server_that_answers_byte_by_byte_without_end_is_left_after_the_time_for_a_message(
    many, hook, beat, tmp_path, monkeypatch
):
    monkeypatch.setattr(apprise_service, "WHOLE_SECONDS", 1.0)
    with raw_server(drip) as port:
        start = time.monotonic()
        after, _, unknown = deliver(many[:2], [f"json://127.0.0.1:{port}/", hook.url], tmp_path, beat, NOW)
        assert time.monotonic() - start < 4
        assert sorted(states(after)) == ["failed", "sent", "sent", "unknown"]
        assert "the answer did not come" in unknown[0]
        left = [thread for thread in threading.enumerate() if thread.name.startswith("send ")]
        assert left
        assert all(thread.daemon for thread in left)  # they keep no process from ending
    for thread in left:
        thread.join(10)


def test_a_service_that_asks_for_patience_is_left_alone_until_the_next_call(many, hook, mailbox, beat, tmp_path):
    hook.answer, hook.headers = (lambda number: 200 if number == 1 else 429), {"Retry-After": "60"}
    after, failed, unknown = deliver(many, [hook.url, mailbox.url], tmp_path, beat, NOW)
    assert len(hook.received) == 2
    assert (states(after, "json"), len(failed), unknown) == (["sent"] + ["failed"] * 4, 4, [])
    assert "429" in failed[0]
    assert len(mailbox.mails) == 5
    hook.answer = lambda _: 200
    after, failed, _ = deliver(after, [hook.url, mailbox.url], tmp_path, beat, LATER)
    assert (states(after), failed, len(mailbox.mails)) == (["sent"] * 10, [], 5)
    assert sorted(set(hook.keys)) == sorted({*hook.keys[2:], hook.keys[0]})
    assert len(hook.received) == 6


def test_a_channel_that_refuses_connections_gets_everything_once_when_it_is_back(many, beat, tmp_path):
    port = free_port()
    after, failed, unknown = deliver(many, [address(port)], tmp_path, beat, NOW)
    assert (states(after), len(failed), unknown) == (["failed"] * 5, 5, [])
    with serving(port) as box:
        after, failed, _ = deliver(after, [address(port)], tmp_path, beat, LATER)
        deliver(after, [address(port)], tmp_path, beat, LATER)
    assert (states(after), failed) == (["sent"] * 5, [])
    assert len({mail["Message-ID"] for mail in box.mails}) == len(box.mails) == 5


def test_a_flapping_service_gets_each_message_once_in_the_end(many, hook, beat, tmp_path):
    hook.answer = lambda number: 200 if number % 3 == 0 else 503
    after = many
    for _ in range(8):
        after, *_ = deliver(after, [hook.url], tmp_path, beat, NOW)
    assert states(after) == ["sent"] * 5
    taken = [key for number, key in enumerate(hook.keys, 1) if number % 3 == 0]
    assert len(taken) == len(set(taken)) == 5


def test_the_logs_of_others_are_as_before(many, hook, beat, tmp_path, caplog):
    def loggers():
        found = [logging.getLogger(name) for name in ("apprise", "urllib3.connectionpool")]
        return [(one.level, one.propagate, list(one.handlers)) for one in found]

    import apprise  # noqa: F401 (its loggers are set up when it is loaded)

    caplog.set_level(logging.DEBUG)
    before = loggers()
    deliver(many, [f"{hook.url}/secret-path-99", f"{hook.url}/other"], tmp_path, beat, NOW)
    assert len(hook.received) == 10
    assert loggers() == before
    assert "secret-path-99" not in caplog.text
