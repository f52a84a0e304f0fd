"""Full text through the whole pipeline, and again from the archive alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.collect.pages.article_pages.layouts import site

from media_monitor import pipeline, tables
from media_monitor import replay as replaying
from media_monitor.config import Settings
from media_monitor.launch.samples import ON_LOOPBACK
from media_monitor.upkeep import steps
from media_monitor.warehouse import lake

AS_OF = datetime(2025, 4, 29, 12, tzinfo=UTC)
TEXTS = {
    "title": "North Korea confirms troop deployment to Russia's Kursk region",
    "lede": "North Korea said its soldiers had fought for Russia, state media reported.",
    "body": [
        "North Korea confirmed for the first time that it had sent troops to Russia to fight in the Kursk region.",
        "The Kremlin thanked Pyongyang for its support.",
        "South Korea's defence ministry condemned the deployment of North Korean troops to Russia.",
        "The {statement of the Central Military Commission} said that the soldiers had been sent under the treaty.",
        "\"They who fought for justice are all heroes,\" the commission said in the statement carried by KCNA.",
        "Russia's defence ministry had acknowledged that North Korean soldiers had fought.",
    ],
    "subhead": "First admission", "caption": "A street", "author": "World desk", "agency": "An agency",
    "nav": ["Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Subscribe"],
    "related": ["Ferry line opens", "Bridge closed", "Storm lifted", "Council votes"],
    "cookie": "We and our partners store data.", "accept": "Accept", "comments": ["At last!", "Who pays?"],
    "share": "Share", "more": "Read also", "footer": "All rights reserved.", "newsletter": "Get the briefing.",
}  # fmt: skip
ITEM = "<item><title>{}</title><link>{{base}}{}</link><description>{}</description>{}</item>"
FEED = '<rss version="2.0"><channel><title>Outlet</title>' + "".join(
    ITEM.format(*item)
    for item in (
        (TEXTS["title"], "/deployment", TEXTS["lede"], ""),
        ("North Korea and Russia sign a protocol", "/walled", "Russia and North Korea agreed.", ""),
        ("Council votes on a new pier", "/pier", "A vote.", "<pubDate>Mon, 28 Apr 2025 09:00:00 +0300</pubDate>"),
    )
) + "</channel></rss>"  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - one server a test

    def do_GET(self) -> None:
        self.asked.append(self.path)
        port = self.server.server_address[1]
        answers = {
            "/rss": ("application/rss+xml", FEED.replace("{base}", f"http://127.0.0.1:{port}")),
            "/deployment": ("text/html", site("en", TEXTS)),
            "/walled": (
                "text/html",
                "<html><body><h1>A protocol</h1><p>Subscribe to continue reading</p></body></html>",
            ),
        }
        kind, text = answers.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def settings(tmp_path) -> Iterator[Settings]:
    Handler.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><body><outline text="Outlet" mm:fulltext="yes"'
        f' xmlUrl="http://127.0.0.1:{server.server_port}/rss"/></body></opml>'
    )
    yield Settings(home=tmp_path / "home", feeds=opml, as_of=AS_OF, semantic="off", full_text="feeds", **ON_LOOPBACK)
    server.shutdown()
    server.server_close()


def test_pages_give_articles_their_text_and_come_back_from_the_archive(settings, tmp_path):
    pipeline.run(settings, force=True)
    # Nobody is asked for a page that is not on the beat, nor for any page twice.
    assert sorted(Handler.asked) == ["/deployment", "/robots.txt", "/rss", "/walled"]
    articles = {a["title"]: a for a in lake.read(settings.home, "articles").to_pylist()}
    pages = {p["url"].rpartition("/")[2]: p for p in lake.read(settings.home, "pages").to_pylist()}
    assert {path: page["outcome"] for path, page in pages.items()} == {"deployment": "text", "walled": "paywall"}
    whole = articles[TEXTS["title"]]
    assert (whole["text_source"], whole["date_source"], whole["relevant"]) == ("page", "page", True)
    assert whole["text"].endswith(TEXTS["body"][-1])
    assert whole["published_at"] == datetime(2025, 4, 28, 6, 30, tzinfo=UTC)
    said = lake.read(settings.home, "statements").to_pylist()
    assert {"confirm", "condemn"} <= {s["stance"] for s in said if s["article_id"] == whole["article_id"]}
    # Of the same feed nothing is new, whatever became of the text.
    pipeline.run(settings, force=True)
    assert lake.read(settings.home, "articles").num_rows == 3
    assert Handler.asked.count("/deployment") == 1
    _replayed(settings, tmp_path / "again")
    assert steps.run(replace(settings, as_of=datetime.now(UTC) + timedelta(days=9)), ["compact"])["compact"].joined
    assert not list(settings.home.glob("warc/*T*"))
    _replayed(settings, tmp_path / "once more")


def _replayed(settings: Settings, home: Path) -> None:
    """The archive alone gives the tables that there are, places in it and all."""
    again = replace(settings, home=home, full_text="off", as_of=None)
    assert len(list(replaying.replay(again, settings.home))) == 2
    for table in tables.TABLES:
        assert lake.read(again.home, table.name).equals(lake.read(settings.home, table.name)), table.name


def test_no_page_is_asked_for_by_default(settings):
    pipeline.run(replace(settings, full_text="off"), force=True)
    assert Handler.asked == ["/rss"]
    assert lake.read(settings.home, "pages").num_rows == 0


def test_a_run_asks_for_no_more_pages_than_the_setting_allows(settings):
    pipeline.run(replace(settings, max_pages=1), force=True)
    assert lake.read(settings.home, "pages").num_rows == 1
