import asyncio
import json
import os

import pytest

from media_monitor.collect.web.client import Web
from media_monitor.collect.web.robots import Robots


@pytest.fixture
def may(settings):
    """Whether pages may be read, each asked by a run of its own."""

    def ask(*urls: str) -> list[bool]:
        async def all_of_them() -> list[bool]:
            web = Web(settings)
            robots = Robots(web)
            async with web.client() as client:
                return [await robots.allows(client, url) for url in urls]

        return asyncio.run(all_of_them())

    return ask


def _serves(server, text: str, status: int = 200) -> None:
    server.robots = (status, text.encode())


def test_what_is_disallowed_for_all_or_for_us_is_not_read(server, may):
    _serves(server, "User-agent: *\nDisallow: /private\n\nUser-agent: media-monitor\nDisallow: /archive/*.html$\n")
    pages = ["/news/1", "/archive/2.html", "/archive/2.htm", "/private/3"]
    assert may(*(server.url(p) for p in pages)) == [True, False, True, True]  # our own group counts alone


def test_the_file_is_asked_for_once_a_day(server, may, settings):
    _serves(server, "User-agent: *\nDisallow: /private\n")
    assert may(server.url("/a"), server.url("/private")) == [True, False]
    assert may(server.url("/private")) == [False]
    assert [path for path, _ in server.asked] == ["/robots.txt"]
    (kept,) = (settings.home / "politeness" / "robots").iterdir()
    kept.write_text(json.dumps({**json.loads(kept.read_text()), "until": 0}))
    may(server.url("/a"))
    assert len(server.asked) == 2
    kept.write_bytes(os.urandom(20))
    may(server.url("/a"))
    assert len(server.asked) == 3


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (500, False), (429, False)])
def test_no_file_allows_and_a_failing_server_forbids(server, may, status, allowed):
    _serves(server, "", status)
    assert may(server.url("/a")) == [allowed]


def test_a_server_that_is_not_there_forbids(may):
    assert may("http://127.0.0.1:1/a") == [False]


def test_an_endless_file_is_read_as_far_as_it_counts(server, may):
    _serves(server, "User-agent: *\nDisallow: /private\n" + "# x\n" * 400_000)
    assert may(server.url("/private"), server.url("/a")) == [False, True]


def test_bytes_that_are_no_text_allow(server, may):
    server.robots = (200, bytes(range(256)) * 40)
    assert may(server.url("/a")) == [True]


def test_a_delay_is_heeded_up_to_a_minute(server, settings):
    _serves(server, "User-agent: *\nCrawl-delay: 3600\n")

    async def asked() -> float:
        web = Web(settings)
        async with web.client() as client:
            return await Robots(web).delay(client, server.url("/a"))

    assert asyncio.run(asked()) == 60
