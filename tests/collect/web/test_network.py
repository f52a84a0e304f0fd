"""Whose addresses are asked: a server that must not be asked notices if it is."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config
from tests.collect.conftest import GOOD

from media_monitor.collect.web.fetch import fetch_all
from media_monitor.config import Settings
from media_monitor.sources import Feed


@pytest.fixture
def public_only(settings: Settings) -> Settings:
    return replace(settings, private_addresses=())


def _ask(url: str, settings: Settings):
    (answer,) = fetch_all([Feed("one", url, "One", "one")], {}, settings)
    return answer


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "127.1"])
def test_this_machine_is_not_asked_by_whatever_name(server, public_only, host):
    answer = _ask(f"http://{host}:{server.server_port}/good", public_only)
    assert answer.error is not None
    assert "is not asked" in answer.error
    assert answer.weight == 1
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://10.0.0.1/feed",
        "http://[::ffff:10.0.0.1]/feed",
        "http://192.168.0.1:8080/",
    ],
)
def test_inner_networks_are_not_asked(public_only, url):
    started = time.monotonic()
    answer = _ask(url, public_only)
    assert answer.error is not None
    assert "is no public address (see setting private_addresses)" in answer.error
    assert time.monotonic() - started < 1  # refused, not tried


def test_a_redirect_leads_nowhere_that_is_not_asked(server, servers, settings):
    inner = servers()
    server.location = f"http://127.0.0.2:{inner.server_port}/good"
    answer = _ask(server.url("/elsewhere"), settings)
    assert answer.error is not None
    assert answer.error.startswith("is not asked: 127.0.0.2 is no public address")
    assert [e.status for e in answer.exchanges] == [302]
    assert inner.asked == []


@pytest.mark.parametrize("location", ["gopher://127.0.0.1/1", "file:///etc/passwd", "ftp://127.0.0.1/a"])
def test_a_redirect_to_another_scheme_is_not_followed(server, settings, location):
    server.location = location
    answer = _ask(server.url("/elsewhere"), settings)
    assert answer.error is not None
    assert "which is no http or https address" in answer.error


def test_a_port_that_is_not_the_webs_is_not_asked(settings):
    answer = _ask("http://192.0.32.7:25/", replace(settings, private_addresses=()))
    assert answer.error == "is not asked: port 25 of 192.0.32.7 is not one that is asked (see setting ports)"


def test_a_name_is_resolved_once_so_that_it_cannot_change_after_the_check(server, settings, monkeypatch):
    answers = iter(["127.0.0.1", "127.0.0.2"])
    asked = []

    def rebinding(host, port, *_, **__):  # a name server that tells something else the second time
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    answer = _ask(f"http://rebinding.example:{server.server_port}/good", settings)
    assert answer.error is None
    assert asked == ["rebinding.example"]
    assert server.asked[0][1]["Host"] == f"rebinding.example:{server.server_port}"


def test_a_name_with_an_inner_address_beside_a_public_one_is_not_asked(server, settings, monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, server.server_port)) for a in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    answer = _ask(f"http://both.example:{server.server_port}/good", settings)
    assert answer.error is not None
    assert answer.error.startswith("is not asked: both.example is 10.0.0.1, which is no public address")
    assert server.asked == []


def test_a_proxy_of_the_environment_is_not_used(server, servers, settings, monkeypatch):
    proxy = servers()
    monkeypatch.setenv("HTTP_PROXY", proxy.url(""))
    assert _ask(server.url("/good"), settings).error is None
    assert proxy.asked == []


def test_a_flood_of_headers_ends_the_exchange(server, settings):
    answer = _ask(server.url("/header-flood"), settings)
    assert answer.error is not None
    assert answer.weight > 0


def test_one_host_is_asked_at_most_every_so_often_redirects_included(server, settings):
    feeds = [server.feed(path) for path in ("/good", "/moved", "/conditional")]
    started = time.monotonic()
    answers = fetch_all(feeds, {}, replace(settings, host_spacing_seconds=0.6))
    assert [a.error for a in answers] == [None, None, None]
    assert time.monotonic() - started > 1.8  # four requests
    gaps = [b - a for a, b in pairwise(server.times)]
    assert len(gaps) == 3
    assert min(gaps) > 0.56


def test_waiting_for_its_turn_does_not_count_against_the_deadline(server, settings):
    feeds = [server.feed(f"/good?{n}") for n in range(4)]
    answers = fetch_all(feeds, {}, replace(settings, host_spacing_seconds=0.5))
    assert [a.error for a in answers] == [None] * 4
    assert all(a.elapsed_ms < 500 for a in answers)


@pytest.fixture
def http2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], tuple[int, list[str]]]]:
    """Starts a server for HTTP/2 by TLS; (its port, the versions that it was asked by)."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    certificate = authority.issue_cert("localhost")
    certificate.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    versions: list[str] = []
    ended: list[Callable[[], None]] = []

    async def app(scope, _receive, send):
        if scope["type"] != "http":
            return
        versions.append(scope["http_version"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/xml")]})
        await send({"type": "http.response.body", "body": GOOD})

    def start() -> tuple[int, list[str]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        config = Config()
        config.bind = [f"localhost:{port}"]
        config.certfile, config.keyfile = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
        config.loglevel = "CRITICAL"
        loop, stop = asyncio.new_event_loop(), asyncio.Event()
        thread = Thread(target=lambda: loop.run_until_complete(serve(app, config, shutdown_trigger=stop.wait)))
        thread.start()
        ended.extend([lambda: loop.call_soon_threadsafe(stop.set), thread.join, loop.close])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        return port, versions

    yield start
    for step in ended:
        step()


def test_http_2_is_spoken_where_the_server_does(http2, settings):
    port, versions = http2()
    answer = _ask(f"https://localhost:{port}/feed", replace(settings, timeout_seconds=5))
    assert answer.error is None
    assert answer.body == GOOD
    assert versions == ["2"]


def test_a_certificate_of_another_name_is_no_safe_connection(http2, settings):
    port, _ = http2()
    answer = _ask(f"https://127.0.0.1:{port}/feed", replace(settings, timeout_seconds=5))
    assert answer.error is not None
    assert answer.error.startswith("no safe connection: ")
