"""Every chart of the registry: drawn in a real browser, with the same rows as JSON, as CSV and by its SQL."""

import csv
import io
import json
import string

import pytest
from playwright.sync_api import Page
from tests.web import looks

from media_monitor.warehouse import query
from media_monitor.web.asked import Filters
from media_monitor.web.charts import drawing, registry

CHARTS = sorted(registry.charts())
MOST = "?since=2024-10-01&until=2025-12-31&bucket=month"


def shown(rows: list[dict]) -> list[dict]:
    return json.loads(json.dumps(rows, default=drawing_value))


def drawing_value(value):
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else float(value)


def test_every_file_of_the_folder_belongs_to_a_chart():
    for suffix in (".sql", ".json"):
        assert sorted(path.stem for path in registry.FOLDER.glob(f"*{suffix}")) == CHARTS


@pytest.mark.parametrize("chart_id", CHARTS)
def test_an_entry_is_whole(chart_id, loaded):
    chart = registry.chart(chart_id)
    assert chart.title
    assert chart.description.endswith(".")
    assert set(chart.parameters) <= set(Filters.model_fields)
    drawn = drawing.draw(loaded, chart, Filters())
    assert drawn.rows, "the samples give it nothing to draw"
    if chart.link:
        named = {field for _, field, _, _ in string.Formatter().parse(chart.link) if field}
        assert named <= set(drawn.rows[0])


@pytest.mark.parametrize("chart_id", CHARTS)
def test_json_csv_and_sql_give_the_rows_that_are_drawn(chart_id, reader, loaded):
    answer = reader.get(f"/api/charts/{chart_id}{MOST}").json()
    by_sql = query.rows(loaded.home, reader.get(f"/charts/{chart_id}.sql{MOST}").text)
    assert answer["rows"] == shown(by_sql)
    table = list(csv.DictReader(io.StringIO(reader.get(f"/charts/{chart_id}.csv{MOST}").text)))
    assert len(table) == len(by_sql)
    assert list(table[0]) == list(by_sql[0])


@pytest.mark.parametrize("chart_id", CHARTS)
def test_it_is_drawn_in_a_browser_and_can_be_taken_away(chart_id, tab: Page, address):
    tab.goto(f"{address}/charts/{chart_id}{MOST}")
    looks.drawn(tab)
    assert tab.locator("figure.chart svg").bounding_box()["height"] > 50
    for name, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with tab.expect_download() as taken:
            tab.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename == f"{chart_id}.{name.lower()}"
        assert taken.value.path().read_bytes().startswith(start)


def test_a_chart_is_called_by_its_title_and_can_be_scrolled_with_the_keyboard(tab: Page, address):
    tab.goto(f"{address}/charts/coverage{MOST}")
    looks.drawn(tab)
    drawing = tab.locator("figure.chart .drawing")
    assert drawing.get_attribute("aria-label") == registry.chart("coverage").title
    drawing.evaluate("one => { one.style.width = '100px'; one.focus(); }")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.querySelector('.drawing').scrollLeft > 0")


def test_charts_are_accessible_in_every_light_and_width(tab: Page, address):
    tab.goto(f"{address}/charts/coverage{MOST}")
    looks.check(tab)


def test_without_scripts_there_is_a_table(reader):
    page = reader.get(f"/charts/coverage{MOST}&claim=troops_in_combat").text
    assert "<summary>Table</summary>" in page
    assert "<td>2025-04-01</td>" in page.replace('<bdi dir="ltr">', "").replace("</bdi>", "")
    assert "coverage(&#39;troops_in_combat&#39;, &#39;2024-10-01&#39;" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("since=yesterday", "since"),
        ("since=2025-02-01&until=2025-01-01", "since is after until"),
        ("bucket=fortnight", "bucket"),
        ("page=0", "page"),
    ],
)
def test_what_cannot_be_asked_is_told(reader, asked, told):
    for path in ("/charts/coverage", "/api/charts/coverage"):
        answer = reader.get(f"{path}?{asked}")
        assert answer.status_code == 422
        assert told in answer.text
    assert reader.get("/api/charts/nothing").json()["error"].startswith("chart 'nothing'")


def test_sql_of_hostile_words_is_still_one_literal(loaded):
    chart = registry.chart("coverage")
    asked = drawing.settled(loaded, Filters(claim="'; DROP TABLE x; --"))
    assert "'''; DROP TABLE x; --'" in registry.filled(chart, asked)
    assert drawing.draw(loaded, chart, asked).rows == query.rows(loaded.home, registry.filled(chart, asked))
