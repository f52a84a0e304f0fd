"""Coverage on the page: over time, in two periods, whose voices; with data, with none, and with a burst."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page
from tests.warehouse import example, history
from tests.web import looks

from media_monitor import consistency
from media_monitor.config import Settings
from media_monitor.report.asked.coverage import movements
from media_monitor.report.asked.coverage import volume as coverage
from media_monitor.warehouse import index, trends
from media_monitor.watch import ledger
from media_monitor.web import app

CLAIM = "troops_in_combat"
SPRING = "since=2025-04-01&until=2025-05-31"
PAGES = ("/coverage", "/coverage/compare", "/coverage/voices")


def shown(rows: list[dict]) -> list[dict]:
    """Rows as they come back from JSON."""
    return [{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()} for row in rows]


class OnFolder:
    """The page on a data folder, without a server; in a thread, for Playwright has an event loop in this one."""

    def __init__(self, home: Path) -> None:
        self._transport = httpx.ASGITransport(app.create(lambda: Settings(home=home)))

    def get(self, path: str) -> httpx.Response:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._got(path)).result()

    async def _got(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)


@pytest.mark.parametrize("dimension", [None, "claim", "party", "language", "affiliation", "publisher", "outlet"])
def test_json_has_the_rows_of_the_command_line(reader, loaded, dimension):
    answer = reader.get(f"/api/coverage?claim={CLAIM}&{SPRING}&bucket=week&dimension={dimension or ''}").json()
    days = movements.Span(*(coverage.date.fromisoformat(answer[name]) for name in ("since", "until")))
    rows = (
        coverage.split(loaded, CLAIM, dimension, days, "week")
        if dimension
        else coverage.over_time(loaded, CLAIM, days, "week")
    )
    assert answer["rows"] == shown(rows) != []
    assert sum(row["articles"] for row in answer["rows"]) > 0


def test_two_periods_are_of_equal_length_unless_asked_otherwise(reader):
    page = reader.get(f"/coverage/compare?{SPRING}&dimension=language")
    answer = reader.get(f"/api/coverage/compare?{SPRING}&dimension=language").json()
    assert (answer["before_since"], answer["before_until"]) == ("2025-01-30", "2025-03-31")
    for row in answer["rows"]:
        assert row["change"] == row["articles"] - row["articles_before"]
        assert f'since=2025-04-01&amp;until=2025-05-31&amp;language={row["label"]}">{row["articles"]}</a>' in page.text
    other = reader.get(f"/api/coverage/compare?{SPRING}&before_since=2024-10-01&before_until=2024-10-31").json()
    assert any(row["articles_before"] for row in other["rows"])
    assert reader.get("/coverage/compare?before_since=2025-02-01&before_until=2025-01-01").status_code == 422


def test_voices_tone_and_gaps_are_those_of_the_trends(reader, loaded):
    answer = reader.get(f"/api/coverage/voices?claim={CLAIM}&{SPRING}&dimension=affiliation&bucket=month").json()
    days = movements.Span(*(coverage.date.fromisoformat(answer[name]) for name in ("since", "until")))
    assert answer["voices"] == movements.voices(loaded, CLAIM, days, "affiliation") != []
    assert answer["tone"] == shown(movements.tone(loaded, days, "month", CLAIM, None)) != []
    assert [row["claim"] for row in answer["gaps"]] == [CLAIM]


def test_quick_ranges_end_with_the_newest_article(reader, loaded):
    page = reader.get(f"/coverage?claim={CLAIM}&{SPRING}").text
    last = movements.span(loaded, None, None).last
    assert re.search(rf'href="/coverage\?claim={CLAIM}&amp;since=2025-07-26&amp;until={last}">7 days</a>', page)


def test_days_over_centuries_come_by_the_month(reader):
    answer = reader.get("/api/coverage?since=1990-01-01&until=2025-12-31&bucket=day").json()
    assert (answer["bucket"], len(answer["rows"])) == ("month", 36 * 12)


def test_an_unknown_claim_is_named_with_the_nearest(reader):
    for path in (*PAGES, "/api/coverage"):
        answer = reader.get(f"{path}?claim=troops_combat")
        assert answer.status_code == 404
        assert "do you mean troops_in_combat?" in answer.text


@pytest.mark.parametrize("asked", ["", "?since=2025-01-01&until=2025-01-31&bucket=day&dimension=party"])
def test_without_data_that_is_said(tmp_path, asked):
    index.sync(tmp_path, [*trends.scripts(), *ledger.scripts()], example.REFERENCE, consistency.derived())
    reader = OnFolder(tmp_path)
    for path in PAGES:
        page = reader.get(path + asked)
        assert page.status_code == 200
        assert "No article on the beat is stored yet." in page.text
        assert "Nothing to draw yet." in page.text
    assert reader.get(f"/api/coverage{asked}").json()["rows"] == []


def test_bursts_are_marked_and_listed_with_their_articles(tmp_path):
    history.build(tmp_path, *history.coverage(lambda n: 40 if n in (64, 65) else history.usual(n)), *history.fetches())
    reader, first, last = OnFolder(tmp_path), history.day_of(64), history.day_of(65)
    page = reader.get(f"/coverage?claim={CLAIM}").text
    assert f'/articles?claim={CLAIM}&amp;since={first}&amp;until={last}">{first} to {last}</a>' in page
    chart = reader.get(f"/api/charts/coverage?claim={CLAIM}&bucket=day").json()["rows"]
    assert [row["first_day"] for row in chart if row["burst_days"]] == [first, last]
    assert [row["last_day"] for row in reader.get(f"/api/coverage?claim={CLAIM}").json()["bursts"]] == [last]


def test_from_a_bar_it_is_two_clicks_to_the_sentence_in_an_article(tab: Page, address):
    tab.goto(f"{address}/coverage?claim={CLAIM}&{SPRING}&bucket=week")
    looks.drawn(tab)
    tab.locator("#chart-coverage path[aria-roledescription=bar][aria-label*='articles: 11']").click()
    tab.wait_for_url(f"**/articles?claim={CLAIM}&since=2025-04-28&until=2025-05-04")
    tab.locator("main a[href*='#s-']").first.click()
    tab.locator(":target").wait_for()


def test_the_form_asks_for_the_same_page(tab: Page, address):
    tab.goto(f"{address}/coverage")
    tab.locator("select[name=claim]").select_option(CLAIM)
    tab.locator("select[name=dimension]").select_option("language")
    tab.get_by_role("button", name="Show").click()
    tab.get_by_role("heading", name="Coverage: North Korean troops fight for Russia").wait_for()
    looks.drawn(tab)
    tab.get_by_role("link", name="Two periods").click()
    tab.wait_for_url(re.compile(rf"/coverage/compare\?claim={CLAIM}&.*dimension=language"))


@pytest.mark.parametrize("path", PAGES)
def test_it_is_accessible_in_every_light_and_width(tab: Page, address, path):
    tab.goto(f"{address}{path}?{SPRING}")
    looks.check(tab)
