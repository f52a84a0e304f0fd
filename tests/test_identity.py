"""Identity, copies and changes through the whole pipeline: what a second run makes of edited and reprinted articles."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from media_monitor import pipeline
from media_monitor.config import Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.warehouse import query

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
BODY = (
    "North Korea's state news agency said on Monday that troops sent to Russia had fought in the Kursk region, the"
    " first time that Pyongyang admits the deployment, and that the soldiers had made an important contribution."
    " Russian President Vladimir Putin thanked North Korean leader Kim Jong Un in a statement that the Kremlin"
    " published later."
)
OPML = """<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><body>
<outline text="Harbour Times" xmlUrl="{base}/harbour.xml" mm:id="harbour" mm:publisher="harbour"/>
<outline text="Bell" xmlUrl="{base}/bell.xml" mm:id="bell" mm:publisher="bell"/></body></opml>"""


def feed(*items: tuple[str, str, str, str]) -> str:
    made = "".join(
        f"<item><title>{escape(title)}</title><link>{link}</link>{extra}<description>{escape(body)}</description>"
        f"<pubDate>Mon, 28 Apr 2025 09:00:00 GMT</pubDate></item>"
        for title, link, body, extra in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{made}</channel></rss>'


@pytest.fixture
def run(tmp_path):
    """Runs all over feeds (name -> document) at an hour; the articles in their last revision by URL."""
    served = tmp_path / "served"
    served.mkdir()

    def run(hour: int, **documents: str) -> dict[str, dict]:
        for name, text in documents.items():
            (served / f"{name}.xml").write_text(text, encoding="utf-8")
        (served / "feeds.opml").write_text(OPML, encoding="utf-8")
        settings = Settings(home=tmp_path / "home", feeds=tmp_path / "feeds.opml", **ON_LOOPBACK)
        settings = replace(settings, as_of=NOON + timedelta(hours=hour), semantic="off")
        with serving(served, tmp_path / "feeds.opml"):
            pipeline.run(settings, force=True)
        rows = query.rows(settings.home, "SELECT * FROM articles ORDER BY revision")
        return {row["url"]: row for row in rows}

    return run


def test_an_edited_headline_is_a_revision_that_tells_its_change(run):
    harbour = ("Troops fought in Kursk, North Korea says", "https://harbour.example/1", BODY, "")
    bell = ("Nothing", "https://bell.example/1", "Nothing happened at the fair.", "")
    run(0, harbour=feed(harbour), bell=feed(bell))
    edited = ("Troops died in Kursk, North Korea says", *harbour[1:])
    after = run(2, harbour=feed(edited), bell=feed(("Nothing", bell[1], "Nothing at all happened at the fair.", "")))
    assert after["https://harbour.example/1"]["change"] == "title: Troops [-fought-]{+died+} in Kursk, North …"
    assert after["https://harbour.example/1"]["revision"] == 2
    assert after["https://bell.example/1"]["revision"] == 2
    assert after["https://bell.example/1"]["change"] is None  # not relevant: neither its text is kept nor what changed


def test_a_reprint_names_its_origin_in_the_batch_and_in_the_warehouse(run):
    first = ("Troops fought in Kursk, North Korea says", "https://harbour.example/1", f"SEOUL (AFP) - {BODY}", "")
    same = ("Pyongyang admits deployment", "https://bell.example/1", BODY, "")
    found = run(0, harbour=feed(first), bell=feed(same))
    rows = sorted(found.values(), key=lambda row: row["copy_of"] or "")
    assert [row["relevant"] for row in rows] == [True, True]
    assert rows[1]["copy_of"] == rows[0]["article_id"]
    assert found["https://harbour.example/1"]["agency"] == "AFP"
    origin = rows[0]["article_id"]
    later = ("Kim's soldiers in Kursk", "https://bell.example/2", BODY[:300], "")
    found = run(3, harbour=feed(first), bell=feed(same, later))
    assert found["https://bell.example/2"]["copy_of"] == origin


def test_what_a_search_passes_on_is_its_publishers(run):
    passed = '<source url="https://tass.com">TASS</source>'
    item = ("Troops fought in Kursk - TASS", "https://search.example/1", BODY, passed)
    found = run(0, harbour=feed(item), bell=feed())
    row = found["https://search.example/1"]
    told = (row["outlet"], row["publisher"], row["affiliation"], row["aggregator"], row["title"])
    assert told == ("TASS", "tass", "state", "Harbour Times", "Troops fought in Kursk")
