"""No bytes of strangers can act: a feed whose every field is an attack, served on loopback, goes through the whole
pipeline and stays text in every view, in JSON, in CSV and on the command line."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from html import escape
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page
from tests.web import routes
from typer.testing import CliRunner

from media_monitor import pipeline
from media_monitor.cli import app
from media_monitor.config import Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.report.asked.articles.search import Asked, search
from media_monitor.warehouse import query

# Each says who ran: none may.
ATTACKS = (
    "<script>window.ran='script'</script>",
    "<img src=x onerror=\"window.ran='img'\">",
    '"><svg onload="window.ran=\'svg\'">',
    "<a href=\"javascript:window.ran='link'\">here</a>",
    "</title></style></textarea></script><script>window.ran='closed'</script>",
    "{{ 7 * 7 }}{% set ran = 1 %}",
    "' autofocus onfocus='window.ran=1",
    '<iframe src="http://stranger.example/"></iframe><link rel=stylesheet href=//stranger.example/x.css>',
    "\u202e\x1b]0;ran\x07\x1b[2J",
)
FORMULAS = ('=HYPERLINK("http://stranger.example/","x")', "+1+1", "-2+3", "@SUM(1)")
AS_OF = datetime(2025, 4, 29, tzinfo=UTC)
# What no words of a stranger may have become: elements that act, handlers, and addresses that are no page's.
ELEMENTS = """
[...document.querySelectorAll('*')].filter(one =>
    ['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(one.tagName) || one.tagName === 'TEXTAREA' && !one.closest('form')
    || one.tagName === 'SCRIPT' && !(one.src.startsWith(location.origin) || one.type === 'application/json')
    || one.tagName === 'LINK' && !one.href.startsWith(location.origin)
    || [...one.attributes].some(a =>
        a.name.startsWith('on') || /^\\s*(javascript|vbscript):/i.test(a.value) && a.name !== 'value')
).map(one => one.outerHTML.slice(0, 200))
"""
NEWS = "The Kremlin confirmed on Monday that North Korean troops fought in Kursk, KCNA reported"


def item(number: int, attack: str) -> str:
    told, bad = escape(f"{attack} {NEWS} {attack}"), escape(attack)
    return f"""<item><title>{told}</title><link>https://outlet.example/{number}?{quote(attack)}</link>
<guid isPermaLink="false">{bad}</guid><author>{bad}</author><dc:creator>{bad}</dc:creator>
<dc:language>{bad}</dc:language>
<category>{bad}</category><description>{told}</description>
<content:encoded>{told}. {escape(NEWS)} again. {bad}</content:encoded><comments>{bad}</comments>
<source url="javascript:window.ran=1">{bad}</source><enclosure url="javascript:window.ran=1" type="{bad}" length="1"/>
<pubDate>Mon, 28 Apr 2025 09:0{number % 10}:00 +0000</pubDate></item>
<item><title>{bad}</title><link>javascript:window.ran='url'</link><guid>javascript:window.ran='guid'{number}</guid>
<description>{told}</description><pubDate>{bad}</pubDate></item>"""


def without_controls(text: str) -> str:
    return re.sub("[\x00-\x1f\x7f]", "", text)


def write(folder: Path) -> None:
    """Feeds in RSS, each with an outlet whose name and family are attacks too."""
    outlines = []
    for number, attack in enumerate((*ATTACKS, *FORMULAS)):
        clean = without_controls(attack)
        body = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{escape(clean)}</title><link>{escape(clean)}</link>
<description>{escape(clean)}</description><language>{escape(clean)}</language>{item(number, clean)}</channel></rss>"""
        (folder / f"{number}.xml").write_text(body, encoding="utf-8")
        outlines.append(
            f'<outline type="rss" text="{escape(clean)}" xmlUrl="{{base}}/{number}.xml" mm:id="hostile-{number}"'
            f' mm:publisher="{escape(clean)}" language="en" mm:country="RU" mm:affiliation="state"/>'
        )
    head = '<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><head><title>x</title></head><body>'
    (folder / "feeds.opml").write_text(f"{head}{''.join(outlines)}</body></opml>", encoding="utf-8")


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    """A data folder with the hostile feeds loaded; the page of this module is served from it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "feeds").mkdir()
    write(folder / "feeds")
    opml = folder / "feeds.opml"
    made = Settings(home=folder / "home", feeds=opml, as_of=AS_OF, semantic="off", **ON_LOOPBACK)
    with serving(folder / "feeds", opml):
        pipeline.run(made)
    return made


def paths(settings: Settings) -> list[str]:
    """Every route that can be asked for, an article of each attack, and searches for what attacks say."""
    ids = query.rows(settings.home, "SELECT min(article_id) AS article_id FROM latest_articles GROUP BY outlet")
    asked = ["/articles?q=" + quote(attack) for attack in ATTACKS[2:5]] + ["/articles?outlet=" + quote(ATTACKS[0])]
    known = [path for method, path in routes.routes(settings) if method == "GET" and path != "/static/style.css"]
    return [*known, *(f"/articles/{row['article_id']}" for row in ids), *asked]


def test_the_attacks_are_stored_as_they_were_written(settings):
    """Else the tests below would prove nothing."""
    stored = query.rows(settings.home, "SELECT title, outlet, relevant, url FROM latest_articles")
    titles, outlets = ({str(row[name]) for row in stored} for name in ("title", "outlet"))
    assert sum(row["relevant"] for row in stored) >= len(ATTACKS)
    assert any("{{ 7 * 7 }}" in title for title in titles)
    assert {FORMULAS[0], ATTACKS[0]} <= outlets
    assert all(str(row["url"] or "https:").startswith("https:") for row in stored)
    assert query.rows(settings.home, "SELECT count(*) AS n FROM latest_statements")[0]["n"] > 0


def test_no_page_runs_any_of_it(settings, tab: Page, address):
    """In a browser. That nothing else was asked and no policy was violated is what the tab itself sees to."""
    dialogs: list[str] = []
    tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in filter(routes.is_page, paths(settings)):
        answer = tab.goto(address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert tab.evaluate("window.ran") is None, path
        assert tab.evaluate(ELEMENTS) == [], path
        assert "49" not in re.findall(r"\b49\b", tab.locator("h1").first.inner_text()), path
    assert not dialogs


def test_json_and_csv_hold_it_as_words(settings, reader):
    for path in paths(settings):
        if routes.is_page(path):
            continue
        answer = reader.get(path)
        assert answer.status_code == 200 or path == "/health", path  # which is of no use here: nothing runs
        assert answer.headers["x-content-type-options"] == "nosniff"
        kind = answer.headers["content-type"]
        assert not kind.startswith("text/html"), path
        if "json" in kind:
            answer.json()
        elif "csv" in kind:
            for cell in chain.from_iterable(csv.reader(io.StringIO(answer.text))):
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), path
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.]+", cell), path
    table = reader.get("/articles.csv?outlet=" + quote(FORMULAS[0])).text
    assert f"'{FORMULAS[0][:10]}" in table
    data = reader.get("/api/articles", params={"outlet": FORMULAS[0]}).json()
    assert {row["outlet"] for row in data["rows"]} == {FORMULAS[0]}


def test_the_terminal_takes_no_orders(settings):
    found = search(settings, Asked())
    for more in (
        ["articles"],
        ["articles", "show", found["rows"][0]["article_id"]],
        ["stories"],
        ["claims"],
        ["feeds"],
    ):
        told = CliRunner().invoke(app, ["--home", str(settings.home), *more], catch_exceptions=False)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told.stdout), more
    told = CliRunner().invoke(app, ["--home", str(settings.home), "articles", "--json"], catch_exceptions=False)
    assert json.loads(told.stdout)["total"] == found["total"]
