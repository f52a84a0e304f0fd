"""The SQL page: asked, linked, saved and taken away, by readers who mean well and by others."""

import csv
import io
import json
import re

import httpx
import pytest
from playwright.sync_api import Page
from tests.web import looks
from tests.web.conftest import own

from media_monitor.report.asked.sql import queries as report
from media_monitor.report.asked.sql import reference as sql_reference
from media_monitor.warehouse import query
from media_monitor.warehouse.guarded import ask

COUNT = "SELECT language, count(*) AS n FROM articles WHERE language = $language GROUP BY ALL"


def text(page: httpx.Response) -> str:
    return re.sub(r"</?bdi[^>]*>", "", page.text)


@pytest.mark.parametrize("path", ["/sql", "/sql?q=SELECT+1", "/sql.csv?q=SELECT+1", "/api/sql?q=SELECT+1",
                                  "/api/sql/queries", "/api/sql/reference"])  # fmt: skip
def test_nobody_asks_without_the_token(address, path):
    assert httpx.get(f"{address}{path}").status_code == 401


def test_page_json_and_csv_say_the_same(reader, settings):
    asked = {"saved": "where_parties_stand", "claim": "troops_in_combat"}
    told = query.rows(settings.home, "FROM claim_status WHERE claim = 'troops_in_combat'")
    answer = reader.get("/api/sql", params=asked).json()
    rows = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
    assert {(row["party"], row["state"]) for row in rows} == {(row["party"], row["state"]) for row in told}
    assert (answer["more"], answer["cut"], answer["types"][0]) == (False, 0, "VARCHAR")
    table = list(csv.DictReader(io.StringIO(reader.get("/sql.csv", params=asked).text)))
    assert [row["party"] for row in table] == [row["party"] for row in rows]
    page = text(reader.get("/sql", params=asked))
    assert 'href="/claims/troops_in_combat/KP"' in page
    assert 'name="claim" value="troops_in_combat"' in page


def test_without_a_query_there_is_nothing(reader):
    assert reader.get("/sql.csv").text == ""
    assert reader.get("/api/sql").json()["columns"] == []
    assert "placeholder=" in reader.get("/sql").text


def test_limits_are_told(reader):
    page = reader.get("/sql", params={"q": "SELECT repeat('x', 10000) AS x FROM range(5000)"}).text
    assert "more rows exist" in page
    assert "cells are cut at 2,000 characters" in page
    answer = reader.get("/api/sql", params={"q": "FROM range(5000)"}).json()
    assert (len(answer["rows"]), answer["more"]) == (1_000, True)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("SELECT titel FROM articles", "line 1, column 8: Referenced column"),
        ("FROM read_csv('/etc/passwd')", "read_csv() may not be called here"),
        ("DROP TABLE articles", "only SELECT is allowed here"),
        ("SELECT $q", "$q is a name of the page"),
    ],
)
def test_what_may_not_be_asked_is_one_line_on_the_page_and_in_json(reader, asked, told):
    page, answer = reader.get("/sql", params={"q": asked}), reader.get("/api/sql", params={"q": asked})
    assert page.status_code == answer.status_code == 422
    assert told in page.text.replace("&#x27;", "'")
    assert told in answer.json()["error"]
    assert reader.get("/sql", params={"q": "x" * 20_001}).status_code == 422
    assert reader.get("/sql", params={"saved": "where_party_stands"}).status_code == 404


def test_words_of_strangers_stay_text(reader):
    words = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    page = reader.get("/sql", params={"q": f"SELECT '{words}' AS \"<b>\", 'javascript:alert(1)' AS url"}).text
    assert words not in page
    assert "<b>" not in page
    assert 'href="javascript' not in page


def test_every_view_of_the_reference_is_there_with_its_columns_and_its_example_runs(settings):
    """One source: what the page shows is what docs/sql.md says, and that is so."""
    entries = sql_reference.entries()
    assert len({entry.name for entry in entries}) == len(entries) > 60
    for entry in entries:
        assert entry.meaning, entry.name
        assert entry.name in entry.example, entry.name
    named = {entry.name for entry in entries if not entry.arguments}
    columns = query.rows(settings.home, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")
    known = {(row["table_name"], row["column_name"]) for row in columns}
    assert {(e.name, column) for e in entries if e.name in named for column, _ in e.columns} <= known
    for entry in entries[:: len(entries) // 6]:
        assert ask.run(settings.home, entry.example).columns


def test_a_query_is_saved_found_by_all_replaced_and_deleted(reader, settings):
    form = {"q": COUNT, "$language": "ar", "name": "by_language", "title": "Articles <in> a language", "about": "A."}
    assert reader.post("/sql/save", data=form).status_code == 403
    saved = reader.post("/sql/save", data=form, headers=own(reader))
    assert str(saved.url).endswith("/sql?saved=by_language")
    assert "Articles &lt;in&gt; a language" in saved.text
    (mine,) = [one for one in reader.get("/api/sql/queries").json() if not one["shipped"]]
    assert mine["sql"] == COUNT
    assert mine["parameters"] == {"language": {"value": "ar", "meaning": ""}}
    assert mine["saved_by"] == "page"
    assert report.one(settings, "by_language").title == "Articles <in> a language"
    again = reader.post("/sql/save", data={**form, "q": "SELECT 1"}, headers=own(reader))
    assert (again.status_code, "Not saved" in again.text) == (422, True)
    assert reader.post("/sql/save", data={**form, "name": "../x"}, headers=own(reader)).status_code == 422
    assert reader.post("/sql/save", data={**form, "name": "reversals"}, headers=own(reader)).status_code == 422
    reader.post("/sql/save", data={**form, "q": "SELECT 1", "instead": "on"}, headers=own(reader))
    assert report.one(settings, "by_language").sql == "SELECT 1"
    assert reader.post("/sql/delete", data={"name": "by_language"}).status_code == 403
    assert reader.post("/sql/delete", data={"name": "reversals"}, headers=own(reader)).status_code == 422
    assert reader.post("/sql/delete", headers=own(reader)).status_code == 422
    assert reader.post("/sql/save", headers=own(reader)).status_code == 422
    reader.post("/sql/delete", data={"name": "by_language"}, headers=own(reader))
    assert all(one["shipped"] for one in reader.get("/api/sql/queries").json())


def test_in_a_browser_a_saved_query_is_chosen_changed_run_by_key_and_saved(tab: Page, address):
    tab.goto(f"{address}/sql")
    tab.get_by_role("link", name="Coverage of a claim over time").click()
    tab.get_by_label("$bucket").fill("quarter")
    tab.get_by_role("button", name="Run").click()
    tab.locator("#said").wait_for()
    assert "bucket=quarter" in tab.url
    assert tab.get_by_role("heading", level=1).inner_text() == "Coverage of a claim over time"
    assert tab.locator(".result tbody tr").count() == 4
    editor = tab.get_by_label("Query")
    editor.fill("FROM claims\nORDER BY claim")
    editor.press("Control+Enter")
    tab.locator("#said", has_text="14 rows in").wait_for()
    tab.get_by_role("link", name="troops_in_combat", exact=True).first.wait_for()
    tab.get_by_text("Save this query").click()
    tab.get_by_label("Name", exact=True).fill("all_claims")
    tab.get_by_label("What it tells").fill("كل المطالبات")
    tab.get_by_role("button", name="Save").click()
    tab.get_by_role("link", name="كل المطالبات").wait_for()
    assert "Saved by page" in tab.get_by_role("main").inner_text()
    tab.get_by_text("Save this query").click()
    tab.get_by_role("button", name="Delete all_claims").click()
    tab.wait_for_url(f"{address}/sql")


def test_an_example_of_the_reference_is_a_click_away(tab: Page, address):
    tab.goto(f"{address}/sql")
    tab.get_by_text("The claim ledger", exact=False).click()
    tab.locator("summary", has_text=re.compile(r"^corroboration$")).click()
    tab.get_by_role("link", name="Ask the example of corroboration").click()
    tab.locator("#said").wait_for()
    looks.check(tab)
    assert "FROM corroboration" in tab.get_by_label("Query").input_value()


def test_an_error_is_marked_where_it_is(entrance, address, chromium):
    """With a tab of its own: that the page answers 422 is told in the browser's console."""
    page = chromium.new_page()
    page.goto(entrance)
    page.goto(f"{address}/sql?q=SELECT+1%2C%0A++titel+FROM+articles")
    marked = (
        "(() => { const q = document.querySelector('#q'); return q.value.slice(q.selectionStart, q.selectionEnd) })()"
    )
    page.wait_for_function(f"{marked} === 'titel'")
    page.close()


def test_results_keep_the_order_and_the_types_of_json(reader):
    answer = reader.get("/api/sql", params={"q": "SELECT [1, 2] AS l, {'a': DATE '2025-01-01'} AS s, NULL AS n"}).json()
    assert json.loads(json.dumps(answer["rows"])) == [[[1, 2], {"a": "2025-01-01"}, None]]
