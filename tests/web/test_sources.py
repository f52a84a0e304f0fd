"""Sources as people, programs and the command line see them. Of the sample feeds two fail, two are of one family."""

import json

import pytest
from playwright.sync_api import Page
from tests.web import looks
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.sources import feed_health, feed_history, politeness, publishers
from media_monitor.report.asked.sources.publishers import Wanted
from media_monitor.warehouse import query

FAILING = "sample-quayside-gazette"


def rows(settings: Settings, sql: str) -> list[dict]:
    return query.rows(settings.home, sql)


def test_families_count_what_is_stored(loaded):
    found = {row["publisher"]: row for row in publishers.page(loaded, Wanted())["rows"]}
    stored = rows(loaded, "SELECT publisher, count(*) AS n FROM latest_articles WHERE relevant GROUP BY ALL")
    assert {name: row["relevant"] for name, row in found.items() if row["relevant"]} == {
        row["publisher"]: row["n"] for row in stored
    }
    firsts = rows(loaded, "SELECT count(*) AS n FROM stories_latest WHERE publishers > 1")[0]["n"]
    assert sum(row["first_reports"] for row in found.values()) == firsts
    copies = rows(loaded, "SELECT publisher, count(*) AS n FROM latest_articles WHERE copy_of IS NOT NULL GROUP BY ALL")
    for row in copies:
        assert found[row["publisher"]]["borrowed"] >= row["n"] > 0


def test_a_family_is_a_tree_of_outlets_and_feeds(loaded):
    rows_found = publishers.page(loaded, Wanted())["rows"]
    [family] = [row for row in rows_found if row["feeds"] == 2]
    assert [len(outlet["feeds"]) for outlet in family["tree"]] == [1, 1]
    assert sum(outlet["relevant"] for outlet in family["tree"]) == family["relevant"]
    quiet = [row for row in rows_found if not row["articles"]]
    assert {row["tree"][0]["feeds"][0]["feed_id"] for row in quiet} == {FAILING, "sample-harbour-post"}


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ({"language": "ru"}, lambda row: "ru" in row["languages"]),
        ({"affiliation": "state"}, lambda row: "state" in row["affiliations"]),
        ({"country": "KR"}, lambda row: "KR" in row["countries"]),
        ({"q": "ВЕСТНИК"}, lambda row: "Вестник" in "".join(row["outlets"])),
        ({"q": "nobody prints this"}, lambda row: not row),
    ],
)
def test_families_are_found(loaded, wanted, holds):
    every = publishers.page(loaded, Wanted())["rows"]
    found = publishers.page(loaded, Wanted(**wanted))
    expected = [row["publisher"] for row in every if holds(row)]
    assert ([row["publisher"] for row in found["rows"]], found["total"]) == (expected, len(expected))


def test_a_family_shows_its_articles_and_an_unknown_one_is_told(loaded):
    [row, *_] = publishers.page(loaded, Wanted())["rows"]
    one = publishers.one(loaded, row["publisher"], Wanted())
    assert len(one["printed"]) == one["printed_total"] == row["relevant"]
    with pytest.raises(QueryError, match="is no family"):
        publishers.one(loaded, "nobody", Wanted())


def test_the_history_of_a_feed(loaded):
    found = feed_history.one(loaded, FAILING)
    assert found["health"]["state"] == "failing"
    assert [row["error"] for row in found["errors"]] == [found["log"][0]["error"]]
    assert (found["log"][0]["outcome"], found["articles"]) == ("failed", [])
    with pytest.raises(QueryError, match=f"do you mean {FAILING}"):
        feed_history.one(loaded, "sample-quayside-gazete")
    brought = rows(loaded, "SELECT feed_id, count(*) AS n FROM articles GROUP BY ALL ORDER BY n DESC LIMIT 1")[0]
    assert len(feed_history.one(loaded, brought["feed_id"])["articles"]) == min(brought["n"], 20)


def test_a_feed_that_left_the_list_keeps_its_history(loaded, tmp_path):
    path = tmp_path / "none.opml"
    path.write_text('<opml version="2.0"><body></body></opml>')
    unlisted = Settings(home=loaded.home, feeds=path, as_of=loaded.as_of)
    found = feed_history.one(unlisted, FAILING)
    assert (found["feed"]["listed"], len(found["log"]), found["health"]["state"]) == (False, 1, "failing")
    assert feed_health.page(unlisted)["rows"] == []


def test_feeds_with_trouble_come_first_and_are_counted(loaded):
    found = feed_health.page(loaded)
    assert [row["state"] for row in found["rows"]][:3] == ["failing", "failing", "well"]
    assert found["states"]["failing"] == 2
    assert sum(found["states"].values()) == found["total"] == len(found["rows"])
    assert {row["language"] for row in feed_health.page(loaded, language="ru")["rows"]} == {"ru"}
    assert feed_health.page(loaded, state="failing", q="QUAYSIDE")["total"] == 1


def test_the_samples_were_asked_politely(loaded):
    found = politeness.measures(loaded)
    assert (found["requests"], found["failed"], found["broken"]) == (16, 2, {})
    assert found["until"] == loaded.as_of.date()


@pytest.mark.usefixtures("wide")
def test_page_json_and_command_line_say_the_same(reader, loaded, settings):
    given = {"MEDIA_MONITOR_FEEDS": str(loaded.feeds)}
    for path, command, word in (
        ("/api/sources/publishers?language=ko", ["sources", "--language", "ko"], "모란통보"),
        ("/api/sources/silences", ["sources", "silences"], "language ru"),
        ("/api/sources/politeness", ["sources", "politeness"], "Requests"),
    ):
        line = ["--home", str(settings.home), *command]
        done = CliRunner().invoke(app, [*line, "--json"], env=given)
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout) == json.loads(reader.get(path).text.replace('Z"', '+00:00"'))
        assert word in CliRunner().invoke(app, line, env=given).stdout
    shown = CliRunner().invoke(app, ["--home", str(settings.home), "feeds", "show", FAILING, "--json"], env=given)
    answer = reader.get(f"/api/sources/feeds/{FAILING}").json()
    assert json.loads(shown.stdout)["feed"] == answer["feed"]
    assert [row["error"] for row in answer["log"]] == [row["error"] for row in json.loads(shown.stdout)["log"]]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sources/feeds/none", 404),
        ("/api/sources/feeds/none", 404),
        ("/sources/publishers/none", 404),
        ("/sources?state=odd", 422),
        ("/sources/politeness?since=1900-01-01&until=2200-01-01", 200),
        ("/api/sources?page=99", 200),
    ],
)
def test_what_cannot_be_shown_is_told(reader, path, status):
    assert reader.get(path).status_code == status


def test_from_the_failing_feed_to_its_history(tab: Page, address):
    tab.goto(f"{address}/sources")
    looks.check(tab)
    first = tab.locator("#feeds tbody tr").first
    assert first.get_by_text("failing").is_visible()
    first.get_by_role("link").first.click()
    tab.get_by_role("heading", name="Fetches").wait_for()
    assert "/sources/feeds/sample-" in tab.url
    looks.check(tab)


def test_families_unfold(tab: Page, address):
    tab.goto(f"{address}/sources/publishers")
    tab.get_by_text("2 outlets, 2 feeds").click()
    looks.check(tab)
    tab.locator("tbody a").first.click()
    tab.get_by_role("heading", name="Outlets and feeds").wait_for()
