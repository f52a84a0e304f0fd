"""Stories as people, programs and the command line see them; the samples have one that seven languages tell."""

import json
from datetime import date

import pytest
from playwright.sync_api import Page
from tests.web import looks
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.articles import stories, story
from media_monitor.report.asked.articles.stories import Wanted
from media_monitor.warehouse import query


@pytest.fixture(scope="module")
def largest(loaded: Settings) -> str:
    """The story that most publishers tell."""
    return stories.page(loaded, Wanted(sort="largest"))["rows"][0]["story_id"]


def test_every_story_stands_on_one_page_the_newest_first(loaded):
    pages = [stories.page(loaded, Wanted(page=number)) for number in (1, 2)]
    rows = [row for page in pages for row in page["rows"]]
    assert [(page["total"], page["pages"]) for page in pages] == [(len(rows), 2)] * 2
    times = [row["first_at"] for row in rows]
    assert times == sorted(times, reverse=True)
    assert len({row["story_id"] for row in rows}) == len(rows)
    beyond = stories.page(loaded, Wanted(page=99))
    assert (beyond["total"], beyond["rows"]) == (len(rows), [])


def test_lags_begin_with_the_first_language_and_agree_with_the_story(loaded, largest):
    [row] = [row for row in stories.page(loaded, Wanted(sort="largest"))["rows"] if row["story_id"] == largest]
    found = story.one(loaded, largest)
    assert [(lag["language"], lag["hours"]) for lag in row["lags"]] == [
        (one["language"], one["hours"]) for one in found["by_language"]
    ]
    assert row["lags"][0] == {"language": found["first"]["language"], "hours": 0.0}
    assert row["lag_hours"] == found["by_language"][-1]["hours"] > 0
    assert found["printed"][0]["article_id"] == found["first"]["article_id"]
    assert len(found["printed"]) == found["articles"]
    assert not {one["language"] for one in found["missing"]} & set(found["languages"])
    assert found["statements"][0]["articles"] >= 2, "what articles have in common comes first"


@pytest.mark.parametrize(
    ("wanted", "condition"),
    [
        ({"language": "uk"}, "language = 'uk'"),
        ({"affiliation": "state"}, "affiliation = 'state'"),
        ({"since": date(2025, 4, 28), "until": date(2025, 4, 28)}, "CAST(printed_at AS DATE) = '2025-04-28'"),
        ({"q": "KNDR"}, "false"),
        ({"q": "кндр"}, "title ILIKE '%КНДР%'"),
        ({"q": "북한", "language": "ko"}, "title LIKE '%북한%' AND language = 'ko'"),
        (
            {"claim": "treaty", "party": "RU"},
            "article_id IN (SELECT article_id FROM statements"
            " WHERE claim = 'treaty' AND party = 'RU' AND NOT background)",
        ),
    ],
)
def test_a_story_is_found_by_any_of_its_articles(loaded, wanted, condition):
    sql = f"SELECT DISTINCT story_id FROM story_articles WHERE {condition} ORDER BY story_id"
    expected = [row["story_id"] for row in query.rows(loaded.home, sql)]
    found = stories.page(loaded, Wanted(**wanted))
    assert sorted(row["story_id"] for row in found["rows"]) == expected
    assert (found["total"], bool(expected)) == (len(expected), condition != "false")


def test_an_id_may_be_cut_and_one_that_is_none_is_told(loaded, largest):
    assert story.one(loaded, largest[:8])["story_id"] == largest
    with pytest.raises(QueryError, match="is the id of no story"):
        story.one(loaded, "nothing")


@pytest.mark.usefixtures("wide")
def test_page_json_and_command_line_say_the_same(reader, loaded, largest):
    for path, command in (
        ("/api/stories?sort=largest&language=ru", ["stories", "--sort", "largest", "--language", "ru"]),
        (f"/api/stories/{largest}", ["stories", "show", largest]),
    ):
        done = CliRunner().invoke(app, ["--home", str(loaded.home), *command, "--json"])
        assert done.exit_code == 0, done.output
        assert timeless(json.loads(done.stdout)) == timeless(reader.get(path).json())
        table = CliRunner().invoke(app, ["--home", str(loaded.home), *command])
        assert largest[:8] in table.stdout


def timeless(told):
    """With times in one form: JSON of the page ends them with Z."""
    return json.loads(json.dumps(told).replace('Z"', '+00:00"'))


@pytest.mark.parametrize(
    ("path", "status"),
    [("/stories/none", 404), ("/api/stories/none", 404), ("/stories?sort=odd", 422), ("/stories?page=7", 200)],
)
def test_what_cannot_be_shown_is_told(reader, path, status):
    assert reader.get(path).status_code == status


def test_from_the_list_to_the_story_with_its_time_line(tab: Page, address, loaded, largest):
    tab.goto(f"{address}/stories")
    looks.check(tab)
    tab.get_by_label("Order").select_option("largest first")
    tab.get_by_label("Language").select_option("ko")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_url("**language=ko**")
    tab.locator("tbody th a").first.click()
    tab.wait_for_url(f"**/stories/{largest}")
    looks.check(tab)
    articles = story.one(loaded, largest)["articles"]
    assert tab.locator("figure.chart svg .mark-symbol.role-mark path").count() == articles
    first = story.one(loaded, largest)["first"]["article_id"]
    assert f'"href": "/articles/{first}"' in tab.locator("figure.chart > script").text_content()


def test_headlines_keep_their_language_and_direction(reader, largest):
    page = reader.get(f"/stories/{largest}").text
    for language, direction in (("ar", "rtl"), ("ko", "ltr"), ("ja", "ltr"), ("zh", "ltr"), ("ru", "ltr")):
        assert f'dir="{direction}" lang="{language}"' in page
