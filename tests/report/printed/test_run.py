"""The report of a run, as a person reads it."""

from datetime import UTC, datetime

import pytest
from rich.console import Console

from media_monitor import pipeline, results
from media_monitor.config import Settings
from media_monitor.extract.semantic.model import used
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.report.printed import run
from media_monitor.warehouse import query

OPML = """<opml version="2.0"><body>
<outline type="rss" text="Kurier" xmlUrl="{base}/kurier.xml" language="pl"/>
</body></opml>"""
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Kurier</title>
<item><title>Kim Jong Un i Putin o żołnierzach w Rosji</title><link>https://kurier.example/1</link>
<pubDate>Mon, 28 Apr 2025 08:00:00 GMT</pubDate>
<description>Kim Jong Un potwierdził, że żołnierze walczyli pod Kurskiem,
a Władimir Putin (Путин, 普京) podziękował.</description>
</item>
<item><title>Pogoda na jutro</title><link>https://kurier.example/2</link>
<pubDate>Mon, 28 Apr 2025 09:00:00 GMT</pubDate>
<description>Jutro będzie padał deszcz w całym kraju.</description></item>
</channel></rss>"""


@pytest.fixture
def foreign(tmp_path):
    """(settings, printed report) of a run on a feed in Polish, a language without a lexicon."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "feeds.opml").write_text(OPML, encoding="utf-8")
    (tmp_path / "feeds" / "kurier.xml").write_text(FEED, encoding="utf-8")
    now = datetime(2025, 4, 28, 12, tzinfo=UTC)
    settings = Settings(home=tmp_path / "home", feeds=tmp_path / "feeds.opml", as_of=now, **ON_LOOPBACK)
    console = Console(record=True, width=160)
    with serving(tmp_path / "feeds", tmp_path / "feeds.opml"):
        batch, loaded = pipeline.run(settings)
        run.print_run(console, settings, batch, results.as_json(loaded))
    return settings, console.export_text()


def test_a_language_outside_the_ten_is_kept_with_its_names_and_told(foreign):
    settings, printed = foreign
    articles = query.rows(settings.home, "SELECT * FROM articles ORDER BY url")
    assert [(a["language"], a["relevant"]) for a in articles] == [("pl", True), ("pl", False)]
    named = {row["entity_id"] for row in query.rows(settings.home, "SELECT entity_id FROM mentions")}
    assert {"kim_jong_un", "vladimir_putin"} <= named
    assert query.rows(settings.home, "SELECT * FROM statements") == []
    assert query.rows(settings.home, "SELECT * FROM events") == []
    assert "languages without a lexicon: pl 2 (1 relevant)" in printed


def test_the_report_says_whether_the_encoder_was_used(foreign):
    settings, printed = foreign
    assert f"Statements by {used(settings.semantic)}." in printed
