"""The second beat goes the whole way as the first does: nothing on it is tied to one beat."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from tests.beats.shipped import expected
from typer.testing import CliRunner

from media_monitor.beat import Beat
from media_monitor.cli import app
from media_monitor.config import Settings
from media_monitor.errors import SettingError
from media_monitor.web import alone
from media_monitor.web.views import VIEWS

BEAT = Beat.load("nord_stream")


def command(home: Path, *arguments: str) -> str:
    """What `media-monitor` prints on that data folder."""
    done = CliRunner().invoke(app, ["--home", str(home), "--beat", BEAT.name, *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A data folder after `media-monitor run --samples`."""
    folder = tmp_path_factory.mktemp("second") / "home"
    command(folder, "run", "--samples")
    return folder


def rows(home: Path, query: str) -> list[dict]:
    return json.loads(command(home, "sql", query, "--json"))


def test_the_ledger_tells_the_story_of_the_samples(home):
    held = {
        (row["party"], row["claim"], row["since"][:10])
        for row in rows(home, "SELECT party, claim, since FROM confirmations WHERE grade <> 'on record'")
    }
    assert held >= {(row["party"], row["claim"], str(row["since"])) for row in expected(BEAT.name)["confirmation"]}
    denials = rows(home, "SELECT party, state FROM claim_status WHERE claim = 'ukraine_behind' AND party = 'UA'")
    assert denials == [{"party": "UA", "state": "denied"}]


def test_alerts_are_raised_and_exported_with_the_titles_of_the_beat(home):
    alerts = json.loads(command(home, "alert", "list", "--json"))
    assert {(a["party"], a["claim"]) for a in alerts} >= {("DE", "sabotage"), ("IT", "suspect_arrested")}
    feed = json.loads(command(home, "export", "confirmations", "--format", "jsonfeed"))
    assert BEAT.settings["title"] in feed["title"]


def test_a_run_of_the_first_beat_is_refused_in_its_folder(home):
    refused = CliRunner().invoke(app, ["--home", str(home), "run"]).exception
    assert isinstance(refused, SettingError)
    assert f"{home}: holds the beat '{BEAT.name}', and this is 'dprk_russia'" in str(refused)


def test_stories_trends_and_explanations_work(home):
    assert json.loads(command(home, "stories", "--since", "2022-09-26", "--json"))
    assert "sabotage" in command(home, "trends")
    assert "a subject in the title" in command(home, "explain", expected(BEAT.name)["confirmation"][0]["links"][0])
    assert "Nord Stream is not named" in command(home, "explain", expected(BEAT.name)["off_topic"][1])


def test_a_replay_of_the_archive_raises_the_same(home, tmp_path):
    command(tmp_path / "again", "replay", str(home))
    query = "SELECT * EXCLUDE (raised_at) FROM alerts ORDER BY alert_id"
    assert rows(tmp_path / "again", query) == rows(home, query)


def test_every_view_of_the_page_shows_it(home):
    pages = asyncio.run(_pages(Settings(home=home, beat=BEAT.name)))
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
    assert "Nord Stream" in pages["/"].text
    told = {path for path, page in pages.items() if "North Korea" in page.text}
    assert told <= {"/sql"}  # its examples are those of the docs


def test_shipped_queries_ask_of_its_claims(home):
    listed = {one["name"]: one["parameters"] for one in json.loads(command(home, "sql", "--list", "--json"))}
    asked = {told["claim"]["value"] for told in listed.values() if "claim" in told}
    assert asked - {""} <= set(BEAT.claims)
    assert "sabotage" in command(home, "sql", "--saved", "words_behind_a_state", "--json")


async def _pages(settings: Settings) -> dict[str, httpx.Response]:
    transport = httpx.ASGITransport(alone.create(lambda: settings, "secret"))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as reader:
        assert (await reader.get("/enter?token=secret")).status_code == 303
        return {view.path: await reader.get(view.path) for view in VIEWS if view.title}
