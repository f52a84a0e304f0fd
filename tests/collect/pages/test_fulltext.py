"""Article pages from a real server: asked politely, told apart, archived, taken over by their articles."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Event, Thread
from typing import Any

import pytest
from tests.collect.pages.article_pages.layouts import TEXTS, linked_data, main_text, site
from tests.collect.pages.articles import PUBLISHED, article

from media_monitor.collect.pages import fulltext
from media_monitor.collect.pages.fulltext import Found, adopted
from media_monitor.collect.warc import batches
from media_monitor.collect.warc.archive import read_body
from media_monitor.config import Settings
from media_monitor.model import Article

EN = TEXTS["en"]
PAGE = site("en", EN, '<meta name="source" content="Reuters">').encode()
WALLED = site("en", EN, linked=linked_data("en", EN, isAccessibleForFree=False)).encode()
NOTICE = site(
    "en", {**EN, "lede": "Our site is being rebuilt.", "body": ["Please come back for the night ferry. " * 9] * 6}
)
NESTED = b"<html><body>" + b"<div>" * 300_000 + b"Night ferry returns after two years of repairs"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Publisher"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, time.monotonic(), dict(self.headers)))
        plan = self.server.plans.get(self.path.partition("?")[0])
        try:
            plan(self) if plan else self.answer(404, b"no such page")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        while not self.server.stopping.wait(0.05):
            self.wfile.write(b"<p>")
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Silent: pytest's output is for findings."""


class Publisher(ThreadingHTTPServer):
    """`plans` are functions by path; `asked` are path, time and headers of each request."""

    daemon_threads = True
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.stopping = Event()
        self.asked: list[tuple[str, float, dict[str, str]]] = []
        self.plans: dict[str, Callable[[Handler], None]] = {
            "/good": lambda h: h.answer(200, PAGE),
            "/walled": lambda h: h.answer(200, WALLED),
            "/huge": lambda h: h.answer(200, b"<p>" + b"x" * 4_000_000),
            "/slow": Handler.drip,
            "/nested": lambda h: h.answer(200, NESTED),
            "/inside": lambda h: h.answer(302, Location="http://169.254.169.254/latest/meta-data/"),
            "/consent-first": lambda h: h.answer(302, Location="/consent/collect"),
            "/consent/collect": lambda h: h.answer(
                200, b"<html><body><p>We and our partners store data</p></body></html>"
            ),
            "/moved": lambda h: h.answer(301, Location="/good"),
            "/to-forbidden": lambda h: h.answer(302, Location="/private/good"),
            "/private/good": lambda h: h.answer(200, PAGE),
            "/notice-1": lambda h: h.answer(200, NOTICE.encode()),
            "/notice-2": lambda h: h.answer(200, NOTICE.encode()),
            "/402": lambda h: h.answer(402),
            "/429": lambda h: h.answer(429, Retry_After="60"),
            "/500": lambda h: h.answer(500),
        }

    def robots(self, text: str, status: int = 200) -> None:
        self.plans["/robots.txt"] = lambda h: h.answer(status, text.encode(), Content_Type="text/plain")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def handle_error(self, *_: object) -> None:
        """A client that hangs up in the middle is what these tests are about."""


@pytest.fixture
def publishers() -> Iterator[Callable[[], Publisher]]:
    """Starts one more publisher; each port is a host of its own."""
    running: list[tuple[Publisher, Thread]] = []

    def start() -> Publisher:
        server = Publisher()
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        running.append((server, thread))
        return server

    yield start
    for server, thread in running:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def publisher(publishers) -> Publisher:
    return publishers()


def first(names: Any) -> str | None:
    """Stands where the lexicon of wires does in a run."""
    return next((name for name in names if name == "Reuters"), None)


def collect(settings: Settings, *articles: Article, blocked: dict[str, datetime] | None = None) -> dict[str, Found]:
    """What was found, by the path of the article's page."""
    warc = settings.home / "warc" / "batch" / "pages.warc.gz"
    found = fulltext.collect(articles, settings, "batch", warc, blocked or {}, first)
    again = (
        fulltext.replay([batches.whole(warc)], articles, settings, "batch", settings.home, first) if articles else []
    )
    assert again == found  # whatever it was, the archive tells it again
    return {one.page.url.partition("/")[2].partition("/")[2].partition("/")[2]: one for one in found}


def test_a_page_becomes_the_text_of_its_article_and_is_archived(publisher, settings):
    given = article(publisher.url("/good"))
    (found,) = collect(settings, given).values()
    page = found.page
    assert (page.outcome, page.reason, page.status, page.agency) == ("text", "", 200, "Reuters")
    assert found.text == main_text(EN, "site")
    assert page.chars == len(found.text)
    assert read_body(settings.home / page.warc_file, page.warc_offset) == PAGE
    made = adopted(given, found)
    assert (made.text, made.text_source, made.agency, made.authors) == (
        found.text,
        "page",
        "Reuters",
        ("Harbour desk",),
    )
    assert (made.published_at, made.date_source) == (PUBLISHED, "published")  # the feed's date counts
    assert made.content_sha256 == given.content_sha256
    assert publisher.asked[-1][2]["User-Agent"].startswith("media-monitor/")
    assert not {"If-None-Match", "If-Modified-Since", "Cookie"} & publisher.asked[-1][2].keys()


@pytest.mark.parametrize("source", ["none", "implausible"])
def test_the_date_of_the_page_counts_where_the_feed_has_none(publisher, settings, source):
    given = article(publisher.url("/walled"), published_at=None, date_source=source)
    (found,) = collect(settings, given).values()
    made = adopted(given, found)
    assert (made.published_at, made.date_source) == (datetime(2025, 4, 28, 6, 30, tzinfo=UTC), "page")
    assert (made.text, made.text_source) == (given.text, None)  # a paywall's text is not kept


def test_walls_and_hostile_pages_are_told_apart_and_keep_no_text(publishers, settings):
    paths = ("walled", "huge", "slow", "nested", "inside", "consent-first", "moved", "gone", "402")
    given = [article(publishers().url(f"/{path}")) for path in paths]
    found = collect(settings, *given)
    assert {path: one.page.outcome for path, one in found.items()} == {
        "walled": "paywall",
        "huge": "error",
        "slow": "error",
        "nested": found["nested"].page.outcome,
        "inside": "error",
        "consent-first": "consent",
        "moved": "text",
        "gone": "error",
        "402": "paywall",
    }
    assert found["nested"].page.outcome in ("error", "empty")
    assert not any(one.text for path, one in found.items() if path != "moved")
    assert "larger than" in found["huge"].page.reason
    assert "within 1 s" in found["slow"].page.reason
    assert "no public address" in found["inside"].page.reason
    assert all(adopted(a, one).text == a.text for a, one in zip(given, found.values(), strict=True) if not one.text)


def test_robots_txt_is_heeded_before_and_after_redirects(publisher, settings):
    publisher.robots("User-agent: *\nDisallow: /private/\n")
    found = collect(settings, *(article(publisher.url(path)) for path in ("/private/good", "/to-forbidden", "/good")))
    assert {path: one.page.outcome for path, one in found.items()} == {
        "private/good": "robots",
        "to-forbidden": "robots",
        "good": "text",
    }
    assert publisher.paths == ["/robots.txt", "/to-forbidden", "/private/good", "/good"]


def test_a_host_whose_robots_txt_fails_is_not_asked(publisher, settings):
    publisher.robots("", status=500)
    (found,) = collect(settings, article(publisher.url("/good"))).values()
    assert found.page.outcome == "robots"
    assert publisher.paths == ["/robots.txt"]


def test_pages_of_a_host_come_one_after_the_other_as_far_apart_as_it_asks(publisher, settings):
    publisher.robots("User-agent: *\nCrawl-delay: 1\n")
    collect(
        settings,
        article(publisher.url("/good?1")),
        article(publisher.url("/good?2")),
        article(publisher.url("/good?3")),
    )
    starts = [at for path, at, _ in publisher.asked if path.startswith("/good")]
    assert len(starts) == 3
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.5  # seconds, as they arrive


def test_the_spacing_of_hosts_holds_for_pages_and_robots_txt(publisher, settings):
    spaced = replace(settings, host_spacing_seconds=1)
    collect(spaced, article(publisher.url("/good?1")), article(publisher.url("/good?2")))
    starts = [at for _, at, _ in publisher.asked]
    assert publisher.paths[0] == "/robots.txt"
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.5  # seconds, as they arrive


def test_a_host_that_fails_three_times_in_a_row_is_left_alone(publisher, settings):
    found = collect(settings, *(article(publisher.url(f"/500?{n}")) for n in range(5)))
    assert len(found) == 3
    gone = collect(
        replace(settings, home=settings.home / "2"), *(article(publisher.url(f"/gone-{n}")) for n in range(5))
    )
    assert len(gone) == 5  # pages that are no more are no failure of the host


def test_a_domain_that_asks_for_patience_is_not_asked_again(publisher, settings):
    found = collect(settings, article(publisher.url("/429")), article(publisher.url("/good")))
    assert list(found) == ["429"]
    later = {"127.0.0.1": settings.now() + timedelta(minutes=5)}
    again = replace(settings, home=settings.home / "2")
    before = len(publisher.asked)
    assert collect(again, article(publisher.url("/good")), blocked=later) == {}
    # What the page was told holds in the next run too.
    next_run = settings.home / "warc" / "next" / "pages.warc.gz"
    assert fulltext.collect([article(publisher.url("/good"))], settings, "next", next_run, {}, first) == []
    assert len(publisher.asked) == before


def test_a_text_that_a_host_gives_for_several_articles_is_of_none(publisher, settings):
    found = collect(settings, *(article(publisher.url(f"/notice-{n}")) for n in (1, 2)))
    assert {one.page.reason for one in found.values()} == {"has the same text as other pages of its host"}
    assert not any(one.text or one.page.chars for one in found.values())


def test_nothing_is_asked_or_archived_where_there_is_nothing_to_ask(settings):
    assert collect(settings) == {}
    assert not settings.home.exists()
