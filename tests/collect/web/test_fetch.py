import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.faults import transport_fault
from media_monitor.collect.web.fetch import fetch_all
from media_monitor.sources import Feed, FetchState


@pytest.fixture
def ask(server, settings):
    def one(path: str, state: FetchState | None = None) -> Answer:
        return fetch_all([server.feed(path)], {path: state} if state else {}, settings)[0]

    return one


@pytest.mark.parametrize(
    ("path", "reason", "weight"),
    [
        ("/missing", "answered 404 Not Found", 0.5),
        ("/403", "answered 403 Forbidden", 1),
        ("/410", "is gone for good (410)", 1),
        ("/429", "answered 429 Too Many Requests", 0.5),
        ("/500", "answered 500 Internal Server Error", 0.5),
        ("/60-mb", "answer is larger than 1,000,000 bytes", 1),
        ("/endless", "answer is larger than 1,000,000 bytes", 1),
        ("/gzip-bomb", "answer is larger than 1,000,000 bytes", 1),
        ("/not-gzip", "is not gzip as it says", 1),
        ("/drip", "answer not complete within 1 s", 0.5),
        ("/silent", "no answer within 1 s", 0.5),
        ("/circle", "redirects in a circle: ", 1),
        ("/staircase", "redirects more than 5 times, last to ", 1),
        ("/nowhere", "redirects (302) without saying where to", 1),
        ("/to-file", "redirects to 'file:/etc/hostname', which is no http or https address", 1),
        ("/304", "says that nothing changed (304) without having been asked", 1),
        ("/reset", "no connection: ", 0.5),
        ("/broken-off", "the connection broke off after ", 0.5),
    ],
)
def test_a_failure_has_one_clear_reason_and_a_weight(ask, path, reason, weight):
    answer = ask(path)
    assert answer.error is not None
    assert answer.error.startswith(reason)
    assert "\n" not in answer.error
    assert answer.weight == weight
    assert answer.elapsed_ms < 2500


@pytest.mark.parametrize(
    ("url", "reason", "weight"),
    [
        ("http://127.0.0.1:1/feed", "no connection: ", 0.5),
        ("ftp://127.0.0.1/feed", "the address is 'ftp://127.0.0.1/feed', which is no http or https address", 1),
        ("feed.xml", "the address is 'feed.xml'", 1),
        ("http://", "the address is", 1),
        ("http://[::1", "the exchange failed: ", 1),
        ("https://127.0.0.1:{port}/good", "no safe connection: ", 1),
    ],
)
def test_an_address_that_leads_nowhere(server, settings, url, reason, weight):
    feed = Feed("odd", url.format(port=server.server_port), "Odd", "odd")
    (answer,) = fetch_all([feed], {}, settings)
    assert answer.error is not None
    assert answer.error.startswith(reason)
    assert answer.weight == weight
    assert answer.last is None


def test_a_name_that_does_not_resolve_just_now_counts_a_quarter():
    error = ConnectionError("failed")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    fault = transport_fault(error, 20, started=False)
    assert fault.reason == "the host's name cannot be resolved (Name or service not known)"
    assert fault.weight == 0.25


def test_the_circle_names_its_stations(ask, server):
    assert ask("/circle").error == (
        f"redirects in a circle: {server.url('/circle')} -> {server.url('/circle-2')} -> {server.url('/circle')}"
    )


def test_a_redirect_that_waits_for_its_cookie_is_no_circle(ask):
    answer = ask("/cookie")
    assert answer.error is None
    assert b"Ferry line" in answer.body


def test_every_redirect_is_kept(ask, server):
    answer = ask("/moved")
    assert [(e.url, e.status) for e in answer.exchanges] == [(server.url("/moved"), 301), (server.url("/good"), 200)]
    assert answer.moved_to == server.url("/good")


@pytest.mark.parametrize("path", ["/gzip", "/gzip-file"])
def test_compressed_bodies_are_expanded(ask, path):
    assert b"Ferry line" in ask(path).body


def test_the_transfer_headers_do_not_belie_the_expanded_body(ask):
    last = ask("/gzip").last
    assert last is not None
    assert last.header("Content-Encoding") is None
    assert last.header("X-Orig-Content-Encoding") == "gzip"


def test_validators_are_sent_and_a_304_is_no_failure(ask, server):
    answer = ask(
        "/conditional",
        FetchState("/conditional", etag='"one"', last_modified="yesterday", checked_at=datetime.now(UTC)),
    )
    assert answer.error is None
    assert answer.last is not None
    assert answer.last.status == 304
    headers = server.asked[0][1]
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == "yesterday"


def test_the_user_agent_says_who_asks(ask, server):
    ask("/good")
    agent = server.asked[0][1]["User-Agent"]
    assert agent.startswith("media-monitor/")
    assert "desk@example.org" in agent


def test_retry_after_in_seconds_and_as_a_date(server, settings):
    at_noon = replace(settings, as_of=datetime(2025, 4, 28, 12, tzinfo=UTC))
    apart = [(path, replace(at_noon, home=settings.home / path[1:])) for path in ("/429", "/503")]
    answers = [fetch_all([server.feed(path)], {}, own)[0] for path, own in apart]
    assert [answer.retry_after for answer in answers] == [timedelta(hours=2), timedelta(hours=6)]


def test_one_host_is_asked_one_feed_at_a_time(server, settings):
    feeds = [Feed(str(n), server.url(f"/slow?{n}"), "Slow", "slow") for n in range(3)]
    assert all(answer.error is None for answer in fetch_all(feeds, {}, settings))
    assert server.most == 1


def test_hosts_are_asked_side_by_side_up_to_the_limit(servers, settings):
    hosts = [servers() for _ in range(6)]
    feeds = [Feed(str(n), host.url("/slow"), "Slow", "slow") for n, host in enumerate(hosts)]

    def seconds(concurrency: int) -> float:
        start = time.monotonic()
        answers = fetch_all(feeds, {}, replace(settings, concurrency=concurrency))
        assert all(answer.error is None for answer in answers)
        return time.monotonic() - start

    assert seconds(6) < 1.2  # six times 0.3 s in turn would be 1.8 s
    assert seconds(2) >= 0.9


def test_answers_come_in_the_order_of_the_feeds(servers, settings):
    slow, fast = servers(), servers()
    feeds = [slow.feed("/slow"), fast.feed("/missing"), slow.feed("/good")]
    assert [bool(answer.error) for answer in fetch_all(feeds, {}, settings)] == [False, True, False]
