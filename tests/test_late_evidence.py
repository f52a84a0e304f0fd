"""What comes late or is corrected, through whole runs: the history is put right, and nobody is told twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from media_monitor import pipeline
from media_monitor.config import Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.warehouse import lake, query

OPML = '<opml version="2.0"><body><outline type="rss" text="Harbour Wire" xmlUrl="{base}/feed.xml"/></body></opml>'
FEED = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Wire</title>%s</channel></rss>'
ITEM = "<item><title>%s</title><link>https://harbour.example/%s</link><pubDate>%s</pubDate><description>%s</description></item>"
FIRST = (
    "Russia confirms North Korean troops fought in Kursk",
    "confirms",
    "Mon, 28 Apr 2025 09:00:00 GMT",
    "Russia confirmed on Monday that North Korean soldiers fought in the Kursk region.",
)
LATE = (
    "Gerasimov confirms North Korean role",
    "gerasimov",
    "Tue, 29 Apr 2025 09:00:00 GMT",
    "Russian general Valery Gerasimov confirmed on 26 April that North Korean soldiers fought in the Kursk region.",
)
CORRECTED = [("On Kursk", *item[1:3], "Russia and North Korea spoke about the Kursk region.") for item in (FIRST, LATE)]


@pytest.fixture
def run(tmp_path):
    """Runs the pipeline on a feed of the given items, at noon of a day in spring 2025."""
    served = tmp_path / "served"
    served.mkdir()
    (served / "feeds.opml").write_text(OPML)
    settings = Settings(home=tmp_path / "home", feeds=tmp_path / "feeds.opml", semantic="off", **ON_LOOPBACK)

    def once(day: int, *items):
        (served / "feed.xml").write_text(FEED % "".join(ITEM % item for item in items))
        with serving(served, settings.feeds):
            pipeline.run(replace(settings, as_of=datetime(2025, 4, day, 12, tzinfo=UTC)), force=True)
        return settings.home

    return once


RUSSIA = "FROM confirmations WHERE claim = 'troops_in_combat' AND party = 'RU'"


def alerts(home):
    rows = lake.read(home, "alerts").to_pylist()
    return {row["alert_id"]: row for row in rows if (row["claim"], row["party"]) == ("troops_in_combat", "RU")}


def test_late_evidence_dates_the_alert_back_and_a_correction_takes_the_confirmation_back(run):
    before = alerts(run(28, FIRST))
    assert [row["since"] for row in before.values()] == [date(2025, 4, 28)]
    home = run(29, FIRST, LATE)
    after = alerts(home)
    assert after.keys() == before.keys()
    assert [row["since"] for row in after.values()] == [date(2025, 4, 26)]
    assert query.rows(home, f"SELECT on_record, news {RUSSIA}") == [{"on_record": False, "news": True}]
    run(29, *CORRECTED)
    assert sorted(row["kind"] for row in alerts(home).values()) == ["first_confirmation", "withdrawn"]
    assert query.rows(home, f"SELECT on_record, news {RUSSIA}") == [{"on_record": True, "news": False}]
    withdrawn = query.rows(
        home,
        "SELECT DISTINCT url, stance, withdrawn_in FROM withdrawn_statements WHERE claim = 'troops_in_combat' "
        "ORDER BY url",
    )
    assert [tuple(row.values()) for row in withdrawn] == [
        ("https://harbour.example/confirms", "confirm", 2),
        ("https://harbour.example/gerasimov", "confirm", 2),
    ]
