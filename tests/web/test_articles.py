"""Articles of the samples: found in each of their languages, and told alike by page, JSON, CSV and command line."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import Page
from tests.web import looks
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.report.asked.articles import article
from media_monitor.report.asked.articles import search as articles
from media_monitor.report.asked.articles.search import Asked
from media_monitor.warehouse import query

SEARCHES = {
    "ar": "قوات كورسك",
    "en": '"Kursk" soldiers',
    "fr": "Koursk soldat",
    "ja": "北朝鮮",
    "ko": "북한군",
    "ru": "северокорейские военные",
    "uk": "військовими КНДР",
    "zh": "库尔斯克",
}
KIM = ("kim_jong_un", "김정은", "Ким Чен Ын", "Kim Jong Un", "金正恩", "كيم جونغ أون")


def first(settings, where: str) -> str:
    sql = f"SELECT article_id FROM latest_articles WHERE {where} ORDER BY article_id LIMIT 1"
    return query.rows(settings.home, sql)[0]["article_id"]


def plain(data: str):
    """The JSON, its times written one way."""
    return json.loads(data.replace("+00:00", "Z"))


@pytest.fixture(scope="module")
def revised(settings) -> str:
    return first(settings, "revision > 1 AND relevant")


@pytest.mark.parametrize("language", SEARCHES)
def test_each_language_is_searched_and_its_hits_are_marked(settings, language):
    found = articles.search(settings, Asked(q=SEARCHES[language], language=language))
    assert found["total"]
    for row in found["rows"]:
        pieces = row["title_pieces"] + row["snippet"]
        assert any(piece["hit"] for piece in pieces), row["article_id"]


def test_an_entity_is_found_under_any_of_its_names(settings):
    totals = {name: articles.search(settings, Asked(entity=name))["total"] for name in KIM}
    assert len(set(totals.values())) == 1
    sql = "SELECT count(DISTINCT article_id) AS n FROM latest_mentions WHERE entity_id = 'kim_jong_un'"
    assert totals["kim_jong_un"] == query.rows(settings.home, sql)[0]["n"]


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({}, "true"),
        ({"claim": "troops_in_combat", "party": "KP", "stance": "confirm"}, "true"),
        ({"claim": "treaty", "since": "2025-04-28", "until": "2025-04-28"}, "day = '2025-04-28'"),
        ({"story": "cb1970e265d1a935"}, "story_id = 'cb1970e265d1a935'"),
        ({"feed": "sample-sanabel"}, "feed_id = 'sample-sanabel'"),
        ({"affiliation": "state", "language": "ko"}, "affiliation = 'state' AND language = 'ko'"),
    ],
)
def test_filters_mean_what_sql_says(settings, asked, where):
    """Claim, party and stance are those of one statement; counts are of articles."""
    said = " AND ".join(f"{name} = '{asked[name]}'" for name in ("claim", "party", "stance") if name in asked)
    with_statement = f"AND article_id IN (SELECT article_id FROM latest_statements WHERE {said})" if said else ""
    sql = f"SELECT article_id, language FROM latest_articles WHERE relevant AND {where} {with_statement}"
    expected = query.rows(settings.home, sql)
    found = articles.search(settings, Asked(**asked))
    assert found["total"] == len(expected) > 0
    assert {row["article_id"] for row in found["rows"]} <= {row["article_id"] for row in expected}
    counted = {one["value"]: one["articles"] for one in found["facets"]["language"]}
    assert counted == {lang: sum(r["language"] == lang for r in expected) for lang in {r["language"] for r in expected}}
    for name in ("claim", "party", "stance"):
        among = f"article_id IN (SELECT article_id FROM latest_articles WHERE relevant AND {where} {with_statement})"
        sql = (
            f"SELECT {name} AS value, count(DISTINCT article_id) AS n FROM latest_statements WHERE {among} GROUP BY ALL"
        )
        said_of = {row["value"]: row["n"] for row in query.rows(settings.home, sql) if row["value"] is not None}
        assert {one["value"]: one["articles"] for one in found["facets"][name]} == said_of
    times = [row["printed_at"] for row in found["rows"]]
    assert times == sorted(times, reverse=True)


def test_pages_hold_each_article_once_and_the_order_can_be_that_of_hits(settings):
    pages = [articles.search(settings, Asked(page=number)) for number in (1, 2)]
    ids = [row["article_id"] for page in pages for row in page["rows"]]
    assert len(ids) == len(set(ids)) == pages[0]["total"]
    assert pages[0]["pages"] == 2
    assert articles.search(settings, Asked(page=3))["rows"] == []
    hits = [row["hits"] for row in articles.search(settings, Asked(q="Kursk", sort="hits"))["rows"]]
    assert hits == sorted(hits, reverse=True)
    assert hits[0] > hits[-1]


def test_page_json_csv_and_command_line_say_the_same(reader, settings):
    asked = {"q": "kursk -parade", "claim": "troops_in_combat", "language": "en"}
    data = reader.get("/api/articles", params=asked).json()
    command = ["--home", str(settings.home), "articles", "kursk", "-parade", "--claim", "troops_in_combat"]
    told = CliRunner().invoke(app, [*command, "--language", "en", "--json"], catch_exceptions=False)
    assert plain(told.stdout) == plain(json.dumps(data))
    table = list(csv.DictReader(io.StringIO(reader.get("/articles.csv", params=asked).text)))
    assert [row["article_id"] for row in table] == [row["article_id"] for row in data["rows"]]
    page = reader.get("/articles", params=asked).text
    assert re.findall(r'<h2><a href="/articles/(\w+)"', page) == [row["article_id"] for row in data["rows"]]
    shown = CliRunner().invoke(app, command, catch_exceptions=False).stdout
    assert all(row["article_id"][:8] in shown for row in data["rows"])


def test_one_article_is_told_alike_too(reader, settings, revised):
    data = reader.get(f"/api/articles/{revised}").json()
    command = ["--home", str(settings.home), "articles", "show", revised[:10]]
    told = CliRunner().invoke(app, [*command, "--json"], catch_exceptions=False)
    assert plain(told.stdout) == plain(json.dumps(data))
    shown = CliRunner().invoke(app, command, catch_exceptions=False).stdout
    page = reader.get(f"/articles/{revised}").text
    for statement in data["statements"]:
        assert f'id="s-{statement["statement_id"]}"' in page
        assert f"{statement['party']} " in shown
    assert data["account"]["statements"]
    assert len(data["account"]["statements"]) == len(data["statements"])
    assert "<ins>" in page
    assert "<del>" in page or "{+" in data["article"]["change"]
    earlier = reader.get(f"/articles/{revised}?revision=1")
    assert "This is an earlier revision" in earlier.text


def test_every_stored_fact_of_every_article_is_marked_with_its_reason(reader, settings):
    ids = [
        row["article_id"] for row in query.rows(settings.home, "SELECT article_id FROM latest_articles WHERE relevant")
    ]
    for article_id in ids[::16]:
        account = reader.get(f"/api/articles/{article_id}").json()["account"]
        marked = {mark["fact"] for mark in account["marks"]}
        assert all(fact["ref"] in marked and fact["reason"] for fact in account["statements"])


def test_an_article_without_text_says_why(reader, settings):
    bare = first(settings, "NOT relevant")
    page = reader.get(f"/articles/{bare}").text
    assert "No text is stored" in page
    assert "does not report on the beat" in page
    assert (
        article.one(settings, bare)["why_no_text"]
        in CliRunner()
        .invoke(
            app,
            ["--home", str(settings.home), "articles", "show", bare],
            catch_exceptions=False,
            env={"COLUMNS": "300"},
        )
        .stdout
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/articles?entity=nobody%20here", "no name that the beat lists"),
        (f"/articles?q={'+'.join(f'word{n}' for n in range(13))}", "can be asked at once"),
        ("/articles/nothing", "no stored article"),
        ("/articles/0000?revision=7", "no stored article"),
    ],
)
def test_what_is_not_there_is_said(reader, path, words):
    answer = reader.get(path)
    assert answer.status_code == 404
    assert words in answer.text
    assert words in reader.get(f"/api{path}").json()["error"]


def test_from_a_search_to_the_marked_sentence_in_one_click(tab: Page, address):
    """In a browser: with filters, and one of them taken away; then to the sentence behind a statement."""
    tab.goto(f"{address}/articles?claim=troops_in_combat&party=KP&stance=confirm&language=ar")
    tab.get_by_role("link", name="Remove the filter stance").click()
    tab.wait_for_url(lambda url: "stance" not in url)
    tab.get_by_label("Words, in any script").fill("كيم")
    tab.get_by_role("button", name="Search").first.click()
    tab.get_by_role("status").wait_for()
    looks.check(tab)
    tab.locator(".said a").first.click()
    sentence = tab.locator(".stated:target")
    sentence.wait_for()
    assert sentence.is_visible()
    assert tab.locator("h1 bdi").get_attribute("dir") == "rtl"
    assert sentence.evaluate("one => getComputedStyle(one).direction") == "rtl"
    looks.check(tab)


def test_an_article_with_revisions_copies_and_a_story_looks_well(tab: Page, address, revised):
    tab.goto(f"{address}/articles/{revised}")
    looks.check(tab)
    tab.locator("a.m.cue").first.click()
    tab.locator(".fact:target").wait_for()
