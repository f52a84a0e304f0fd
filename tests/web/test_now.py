"""The first page: what changed, disputes, bursts, health and the ledger in short, on homes of every age."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from playwright.sync_api import Page
from tests.watch.conftest import Desk
from tests.web import looks
from tests.web.running import running
from typer.testing import CliRunner

from media_monitor import consistency
from media_monitor.cli import app as commands
from media_monitor.config import Settings
from media_monitor.report.asked import now
from media_monitor.warehouse import index, lake, lock, query, reference, trends
from media_monitor.watch import ledger

SPRING = {"as_of": datetime(2025, 4, 30, 12, tzinfo=UTC)}


def harbour(home) -> Settings:
    """A ledger of claims and a party that no shipped beat has: confirmed, then taken back."""
    claims = [
        {"claim": "strike", "title": "The ferrymen are on strike", "parties": ["PORT"], "implies": ["delay"]},
        {"claim": "delay", "title": "Ferries are late", "parties": ["PORT"], "implies": []},
    ]
    desk = Desk(home, claims=pa.Table.from_pylist(claims, schema=reference.CLAIMS.schema))
    for day, stance in (("2025-04-18", "confirm"), ("2025-04-29", "deny")):
        for outlet in ("The Echo", "The Lark"):
            article = desk.article(day, outlet, beat="nord_stream")
            desk.says(article, "PORT", stance, "strike", quote="a word", said_on=date.fromisoformat(day))
    empty = {table.name: table.empty() for table in reference.TABLES}
    with lock.writing(home):
        lake.merge(home, desk.tables)
        index.sync(home, [*trends.scripts(), *ledger.scripts()], empty | desk.reference, consistency.derived())
    return Settings(home=home, beat="nord_stream", **SPRING)


def told(rows):
    return [(row["claim"], row["party"], row["verb"], str(row["said_on"])) for row in rows]


def plain(found):
    return json.loads(json.dumps(found, default=lambda value: value.isoformat()))


@pytest.fixture(scope="module")
def spring(loaded):
    """The samples as of 30 April 2025, when much had just been confirmed."""
    return replace(loaded, **SPRING)


@pytest.fixture(scope="module")
def client(spring):
    with running(spring) as found:
        yield found


def test_what_changed_is_what_the_ledger_dates_in_these_days(spring):
    found = now.now(spring, 3)
    assert (found["loaded"], found["since"], found["earlier"]) == (True, date(2025, 4, 28), [])
    assert ("troops_in_combat", "KP", "confirms for the first time", "2025-04-28") in told(found["changes"])
    days = [row["known_on"] for row in found["changes"]]
    assert days == sorted(days, reverse=True)
    assert {row["said_on"] for row in found["changes"]} <= {date(2025, 4, day) for day in (28, 29, 30)}
    (one,) = [row for row in found["changes"] if (row["claim"], row["party"]) == ("troops_in_combat", "KP")]
    (step,) = query.rows(
        spring.home,
        "FROM ledger_steps WHERE claim = 'troops_in_combat' AND party = 'KP' AND state = 'confirmed'",
    )
    assert (one["quote"], one["grade"], one["publishers"], one["reversal"]) == (
        step["quote"], step["grade"], step["publishers"], True
    )  # fmt: skip
    of_a_day = [(row["claim"], row["party"], row["said_on"]) for row in found["changes"]]
    assert len(set(of_a_day)) == len(of_a_day)


def test_what_lies_ahead_of_the_present_is_not_told(loaded):
    early = replace(loaded, as_of=datetime(2024, 12, 1, tzinfo=UTC))
    found = now.now(early, 366)
    assert found["changes"]
    assert max(row["known_on"] for row in found["changes"]) <= date(2024, 12, 1)


def test_where_nothing_changed_the_last_changes_are_told(loaded):
    found = now.now(loaded, 7)
    assert found["changes"] == []
    assert len(found["earlier"]) == now.EARLIER
    assert told(found["earlier"])[0][3] == "2025-06-17"


def test_page_json_and_command_say_the_same(client, spring):
    found = plain(now.now(spring, 30))
    answer = client.get("/api/now?days=30").json()
    parts = ("changes", "disputes", "bursts", "ledger")
    assert [len(answer[part]) for part in parts] == [len(found[part]) for part in parts]
    assert answer["health"] == found["health"]
    page = client.get("/?days=30").text
    environment = {"MEDIA_MONITOR_AS_OF": spring.as_of.isoformat(), "COLUMNS": "180"}
    arguments = ["--home", str(spring.home), "now", "--days", "30"]
    shown = CliRunner().invoke(commands, arguments, env=environment).output
    as_json = json.loads(CliRunner().invoke(commands, [*arguments, "--json"], env=environment).output)
    assert told(as_json["changes"]) == told(answer["changes"])
    for row in answer["changes"]:
        assert f"{row['party_name']} {row['verb']}: {row['title']}" in shown
        assert f'href="/claims/{row["claim"]}/{row["party"]}"' in page
    for line in answer["health"]:
        assert line["told"] in shown


def test_a_claim_that_one_affirms_and_another_denies_is_a_dispute(spring):
    found = {row["claim"]: row for row in now.now(spring, 7)["disputes"]}
    one = found["kursk_recaptured"]
    assert [(side["party"], side["state"]) for side in (*one["affirm"], *one["deny"])] == [
        ("RU", "confirmed"), ("UA", "denied"),
    ]  # fmt: skip
    assert one["new"]
    assert not now.now(replace(spring, as_of=datetime(2025, 7, 1, tzinfo=UTC)), 7)["disputes"][0]["new"]


def test_the_strip_has_every_claim_and_where_its_parties_stand(spring):
    found = {row["claim"]: row["parties"] for row in now.now(spring)["ledger"]}
    rows = query.rows(spring.home, "SELECT claim, party, state FROM claim_status WHERE is_party ORDER BY ALL")
    assert {(c, side["party"], side["state"]) for c, sides in found.items() for side in sides} == {
        (row["claim"], row["party"], row["state"]) for row in rows
    }


def test_before_the_first_run_the_page_says_how_to_begin(loaded, tmp_path):
    empty = replace(loaded, home=tmp_path)
    assert not now.now(empty)["loaded"]
    with running(empty) as client:
        page = client.get("/")
        assert (page.status_code, "Nothing is loaded yet" in page.text) == (200, True)
        assert client.get("/api/now").json()["changes"] == []
    shown = CliRunner().invoke(commands, ["--home", str(tmp_path), "now"]).output
    assert "media-monitor run" in shown


def test_a_home_whose_last_run_is_long_ago_says_so(loaded):
    stale = replace(loaded, as_of=loaded.as_of + timedelta(days=40))
    lines = {row["name"]: row for row in now.now(stale)["health"]}
    assert (lines["Last run"]["state"], lines["Last run"]["told"][:11]) == ("bad", "40 days ago")
    assert lines["Feeds"]["told"].startswith("2 of 16 failing: ")
    assert lines["Alerts"]["told"].endswith("to be sent: no channel is set up")


@pytest.mark.parametrize("days", ["0", "367", "many"])
def test_days_are_within_bounds(client, days):
    assert client.get(f"/?days={days}").status_code == 422
    assert client.get(f"/api/now?days={days}").status_code == 422


def test_a_beat_with_other_claims_is_told_in_its_own_words(tmp_path):
    settings = harbour(tmp_path)
    found = now.now(settings, 7)
    assert told(found["changes"]) == [("strike", "PORT", "takes back what it had confirmed", "2025-04-29")]
    (before,) = now.now(replace(settings, as_of=datetime(2025, 4, 20, tzinfo=UTC)), 7)["changes"]
    assert before["implies"] == [{"claim": "delay", "title": "Ferries are late"}]
    with running(settings) as client:
        page = client.get("/").text
    assert "<strong>PORT</strong> takes back what it had confirmed: The ferrymen are on strike" in page
    assert "Nord Stream" in page


def test_the_view_is_accessible_in_every_light_and_width(tab: Page, address):
    for path in ("/", "/?days=366"):
        tab.goto(f"{address}{path}")
        looks.check(tab)


def test_a_change_leads_to_its_evidence(tab: Page, address):
    tab.goto(f"{address}/")
    tab.locator(".changes a").first.click()
    tab.wait_for_url("**/claims/**")
    tab.get_by_role("link", name="Now").click()
    tab.wait_for_url(f"{address}/")
    tab.get_by_role("link", name="Alerts").last.click()
    tab.wait_for_url(f"{address}/alerts?state=pending")
