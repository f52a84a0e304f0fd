"""Servers that misuse the protocol itself, byte by byte: each ends soon, with a reason, and harms no other feed."""

import gzip
import resource
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from hyperframe.frame import ContinuationFrame, HeadersFrame, PingFrame, PushPromiseFrame, RstStreamFrame, SettingsFrame
from tests.collect.conftest import GOOD

from media_monitor.collect.web.client import EVIDENCE_BYTES
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.fetch import fetch_all
from media_monitor.config import Settings
from media_monitor.sources import Feed

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
WHOLE = OK + b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD
DEADLINE = 3.0  # seconds
Talk = Callable[[socket.socket, threading.Event], None]
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


class Wire:
    """A server that says whatever `talk` does, to every connection, once it has read some of the request."""

    def __init__(self, talk: Talk, trust: ssl.SSLContext | None = None, shakes_hands: bool = True) -> None:
        self._talk, self._trust, self._shakes_hands = talk, trust, shakes_hands
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=20)
        self.port = self._listening.getsockname()[1]
        self.ended = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            if self.ended.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with suppress(OSError), connection:
            if self._trust and self._shakes_hands:
                connection = self._trust.wrap_socket(connection, server_side=True)
            with connection:
                connection.recv(65_536)
                self._talk(connection, self.ended)

    def close(self) -> None:
        self.ended.set()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        for thread in self._threads:
            thread.join(10)
        self._listening.close()


@pytest.fixture
def wire() -> Iterator[Callable[..., Wire]]:
    running: list[Wire] = []

    def start(*given: object, **more: object) -> Wire:
        running.append(Wire(*given, **more))  # type: ignore[arg-type]
        return running[-1]

    yield start
    for one in running:
        one.close()


def say(*parts: bytes, times: int = 1, pause: float = 0.0) -> Talk:
    def talk(connection: socket.socket, ended: threading.Event) -> None:
        for part in parts:
            for _ in range(times):
                connection.sendall(part)
                if ended.wait(pause) if pause else ended.is_set():
                    return

    return talk


def drip(data: bytes, pause: float = 0.1) -> Talk:
    return say(*(data[n : n + 1] for n in range(len(data))), pause=pause)


def ask(settings: Settings, *urls: str) -> list[Answer]:
    """The answers, which must come soon, without much memory, and each with one line for people."""
    before, start = _megabytes(), time.monotonic()
    feeds = [Feed(str(n), url, "One", "one") for n, url in enumerate(urls)]
    answers = fetch_all(feeds, {}, replace(settings, timeout_seconds=DEADLINE))
    assert time.monotonic() - start < 3 * DEADLINE
    assert _megabytes() - before < 150
    for answer in answers:
        assert "\n" not in (answer.error or "")
        assert len(answer.body) <= settings.max_bytes
    return answers


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


BAD: dict[str, Talk] = {
    "a feed without any head (HTTP/0.9)": say(GOOD),
    "bytes of no protocol": say(bytes(range(256)) * 40),
    "a status that is no number": say(b"HTTP/1.1 OK OK\r\n\r\n"),
    "a status of four digits": say(b"HTTP/1.1 2000 OK\r\n\r\n"),
    "a negative length": say(OK + b"Content-Length: -5\r\n\r\n" + GOOD),
    "two lengths that differ": say(OK + b"Content-Length: 5\r\nContent-Length: 900\r\n\r\n" + GOOD),
    "a length that is no number": say(OK + b"Content-Length: 0x10\r\n\r\n" + GOOD),
    "a length beyond all bounds": say(OK + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n" + GOOD),
    "chunks that are none": say(OK + b"Transfer-Encoding: chunked\r\n\r\nnot a length\r\n" + GOOD),
    "a chunk of negative length": say(OK + b"Transfer-Encoding: chunked\r\n\r\n-8\r\n" + GOOD),
    "a chunk of endless length": say(OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"F" * 30 + b"\r\n" + GOOD),
    "an endless extension of a chunk": say(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 65_536, times=2_000),
    "an endless trailer": say(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: 1\r\n" * 5_000, times=500),
    "a coding of the transfer that there is not": say(OK + b"Transfer-Encoding: gzip\r\n\r\n" + GOOD),
    "a header that never ends": say(OK + b"X-Long: ", b"x" * 65_536, times=2_000),
    "headers without end": say(OK, b"X-More: and more\r\n" * 4_000, times=2_000),
    "a hundred thousand cookies": say(OK, *(b"Set-Cookie: a%d=b\r\n" % n for n in range(100_000)), b"\r\n" + GOOD),
    "a header that is no header": say(OK + b"no colon here\r\n\r\n" + GOOD),
    "a name of a header with a blank": say(OK + b"Content -Type : x\r\n\r\n" + GOOD),
    "a NUL in a header": say(OK + b"X: a\x00b\r\n\r\n" + GOOD),
    "a carriage return in a header": say(OK + b"X: a\rSet-Cookie: b=c\r\n\r\n" + GOOD),
    "interim answers without end": say(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500, times=20_000),
    "headers that drip": drip(OK + b"X-Slow: " + b"x" * 1000),
    "a status line that drips": drip(b"HTTP/1.1 200 " + b"O" * 1000),
    "a body that drips": lambda c, e: (c.sendall(OK + b"\r\n"), drip(GOOD + b" " * 1000)(c, e))[1],
    "chunks that drip": lambda c, e: (
        c.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n"),
        say(b"1\r\n \r\n", times=1000, pause=0.1)(c, e),
    )[1],
    "a change of the protocol": say(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + GOOD),
    "a status without an answer": say(b"HTTP/1.1 200 OK\r\n"),
    "a redirect to an address of a megabyte": say(
        b"HTTP/1.1 302 Found\r\nLocation: /" + b"x" * 1_000_000 + b"\r\n\r\n"
    ),
    "a redirect to an address of no letters": say(b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\x00\r\n\r\n"),
    "a redirect with a second answer in it": say(
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/%0d%0aSet-Cookie:%20a=b\r\nContent-Length: 0\r\n\r\n"
    ),
    "a redirect to a gopher": say(b"HTTP/1.1 302 Found\r\nLocation: gopher://127.0.0.1:70/1\r\n\r\n"),
    "a redirect to a file": say(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"),
    "a redirect to a script": say(b"HTTP/1.1 302 Found\r\nLocation: javascript:alert(1)\r\n\r\n"),
    "a body coded a thousand times over": say(
        OK + b"Content-Encoding: " + b"gzip, " * 1000 + b"gzip\r\n\r\n" + gzip.compress(GOOD)
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_misuse_of_the_protocol_ends_soon_and_with_a_reason(wire, server, settings, what):
    hostile = wire(BAD[what])
    bad, good = ask(settings, f"http://127.0.0.1:{hostile.port}/feed", server.url("/good"))
    assert bad.error, bad.body
    assert bad.weight > 0
    assert good.error is None


ODD: dict[str, Talk] = {
    "the same length twice": say(
        OK + b"Content-Length: %d\r\nContent-Length: %d\r\n\r\n" % (len(GOOD), len(GOOD)) + GOOD
    ),
    "garbage after a compressed body": say(
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(GOOD) + b"\x00garbage" * 50
    ),
    "bytes after the end of the body": say(WHOLE + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"),
    "no reason": say(WHOLE.replace(b"200 OK", b"200 ")),
    "an older version": say(WHOLE.replace(b"HTTP/1.1", b"HTTP/1.0")),
    "an interim answer before": say(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + WHOLE),
    "a hundred cookies": say(
        WHOLE.replace(b"\r\n\r\n", b"\r\n" + b"".join(b"Set-Cookie: a%d=b\r\n" % n for n in range(100)) + b"\r\n", 1)
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_an_oddity_that_harms_nobody_is_put_up_with(wire, settings, what):
    hostile = wire(ODD[what])
    (answer,) = ask(settings, f"http://127.0.0.1:{hostile.port}/feed")
    assert answer.error is None
    assert answer.body == GOOD


def test_an_address_with_a_line_feed_asks_for_one_thing_only(wire, settings):
    heard: list[bytes] = []

    def talk(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(WHOLE)
        heard.append(b"")

    hostile = wire(talk)
    ask(settings, f"http://127.0.0.1:{hostile.port}/feed\r\nHost: other.example\r\n\r\nGET /second HTTP/1.1")
    assert len(heard) <= 1


@pytest.fixture
def trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's side of TLS, for localhost, that the client believes."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def _h2(*frames: bytes, times: int = 100_000) -> Talk:
    def talk(connection: socket.socket, ended: threading.Event) -> None:
        connection.sendall(SettingsFrame(0).serialize())
        time.sleep(0.1)
        connection.recv(65_536)
        say(b"".join(frames), times=times)(connection, ended)
        ended.wait(10)

    return talk


_HEAD = b"\x88"  # :status 200, by HPACK's static table
H2: dict[str, Talk] = {
    "pings without end": _h2(PingFrame(0, b"12345678").serialize() * 100),
    "settings without end": _h2(SettingsFrame(0, {3: 100}).serialize() * 100),
    "resets without end": _h2(RstStreamFrame(1, 8).serialize() * 100),
    "headers continued without end": _h2(
        HeadersFrame(1, _HEAD).serialize() + ContinuationFrame(1, b"\x00\x01a\x01b" * 500).serialize() * 200
    ),
    "continued headers that never begin": _h2(ContinuationFrame(1, b"\x00\x01a\x01b" * 500).serialize() * 20),
    "answers that nobody asked for": _h2(PushPromiseFrame(1, 2, b"\x82\x84\x86\x41\x01a").serialize() * 10),
    "an answer to another question": _h2(HeadersFrame(99, _HEAD, flags=["END_HEADERS"]).serialize(), times=1),
    "bytes of no protocol": _h2(bytes(range(256)) * 100, times=100),
    "a table that never fits": _h2(HeadersFrame(1, b"\x3f\xff\xff\xff\xff\xff\x0f", flags=["END_HEADERS"]).serialize()),
}


@pytest.mark.parametrize("what", H2)
def test_a_misuse_of_http_2_ends_soon_and_with_a_reason(wire, server, settings, trust, what):
    trust.set_alpn_protocols(["h2"])
    hostile = wire(H2[what], trust)
    bad, good = ask(settings, f"https://localhost:{hostile.port}/feed", server.url("/good"))
    assert bad.error, bad.body
    assert bad.weight > 0
    assert good.error is None


def test_records_of_tls_that_drip_end_at_the_deadline(wire, settings, trust):
    hostile = wire(drip(OK + b"\r\n" + GOOD + b" " * 1000), trust)
    (answer,) = ask(settings, f"https://localhost:{hostile.port}/feed")
    assert answer.error is not None
    assert answer.error.endswith("within 3 s")


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x16\x03\x03\xff\xff" + b"x" * 70_000])
def test_a_handshake_that_leads_nowhere_ends(wire, settings, trust, said):
    def talk(connection: socket.socket, ended: threading.Event) -> None:
        connection.sendall(said)
        ended.wait(10)

    hostile = wire(talk, trust, shakes_hands=False)
    (answer,) = ask(settings, f"https://localhost:{hostile.port}/feed")
    assert answer.error


def test_what_a_hostile_server_sends_is_kept_as_evidence_within_bounds(wire, settings):
    hostile = wire(say(OK + b"\r\n", b"x" * 65_536, times=2_000))
    (answer,) = ask(settings, f"http://127.0.0.1:{hostile.port}/feed")
    assert answer.error == "answer is larger than 1,000,000 bytes"
    assert answer.last is not None
    assert len(answer.last.payload) == EVIDENCE_BYTES
