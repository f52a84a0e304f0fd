"""The view Quality: the same numbers on the page, as JSON and by command; rows are released and discarded by forms."""

import html
import json
from dataclasses import replace

import httpx
import pyarrow as pa
import pytest
from tests.web import looks
from tests.web.conftest import own
from typer.testing import CliRunner

from media_monitor import consistency, tables
from media_monitor.cli import app
from media_monitor.errors import QueryError
from media_monitor.report.asked.quality import batches, quarantine
from media_monitor.report.asked.quality import measures as quality
from media_monitor.report.asked.quality.quarantine import Choice
from media_monitor.validate.quarantine import as_json
from media_monitor.warehouse import lake, query, staging

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def kept(settings) -> dict[str, str]:
    """Rows in quarantine by what is special about them, and a batch that was rejected."""
    said = next(row for row in lake.read(settings.home, "statements").to_pylist() if row["stance"] == "confirm")
    (batch,) = batches.rows(settings)
    made = {
        "good": {**said, "statement_id": "good", "confidence": 0.5},
        "bad": {**said, "statement_id": "bad", "stance": "admit"},
        "hostile": {**said, "statement_id": "hostile", "speaker": HOSTILE},
        "other": {**said, "statement_id": "other"},
    }
    about = {"table": "statements", "batch": batch["batch"], "at": batch["checked_at"], "day": said["day"]}
    rows = [
        {**about, "quarantine_id": f"q-{name}", "row_id": name, "article_id": said["article_id"], "row": as_json(row),
         "expectations": ["speaker_of_party" if name == "other" else "confidence_range"]}
        for name, row in made.items()
    ]  # fmt: skip
    check = next(row for row in lake.read(settings.home, "checks").to_pylist() if row["expectation"] == "volume")
    stopped = {**check, "check_id": "stopped", "batch": "stopped", "success": False, "observed": "60000"}
    lake.merge(
        settings.home,
        {
            "quarantine": pa.Table.from_pylist(rows, schema=tables.QUARANTINE.schema),
            "checks": pa.Table.from_pylist([stopped], schema=tables.CHECKS.schema),
        },
    )
    consistency.refresh(settings)
    return {name: f"q-{name}" for name in made} | {"batch": batch["batch"], "article": said["article_id"]}


def shown(value):
    return json.loads(json.dumps(value, default=lambda one: one.isoformat()))


def command(settings, *words):
    return CliRunner().invoke(app, ["--home", str(settings.home), *words])


def answers(reader, path):
    found = reader.get(f"/api{path}").json()
    return json.loads(json.dumps(found).replace('Z"', '+00:00"'))


def test_page_json_and_command_say_the_same(reader, settings, kept):
    asked = {
        "/quality?table=articles": ("quality", "--table", "articles"),
        "/quality/batches": ("quality", "--batches"),
        f"/quality/batches/{kept['batch']}": ("quality", "--batch", kept["batch"]),
        "/quality/quarantine?state=waiting": ("quarantine", "list"),
        f"/quality/quarantine/{kept['bad']}": ("quarantine", "show", kept["bad"]),
    }
    for path, words in asked.items():
        assert answers(reader, path) == json.loads(command(settings, *words, "--json").stdout), path
        assert reader.get(path).status_code == 200
        told = command(settings, *words)
        assert told.exit_code == 0, told.output


def test_the_overview_has_failures_scores_and_precision(reader, settings, kept):
    page = reader.get("/quality").text
    (volume,) = quality.failures(settings, batch="stopped")
    assert volume["observed"] == f"60000, in {volume['rows']} rows"
    for words in ("60000, in", "/quality/batches/stopped", "nobody looked", "rules on <code>tests/gold/*.jsonl#odd"):
        assert words in page
    assert f"/quality/batches/{kept['batch']}" in page
    narrow = reader.get("/quality?table=articles&expectation=title_not_blank").text
    assert "title_not_blank</a>" in narrow
    assert "60000" not in narrow
    assert "No batch of that choice" in reader.get("/quality/batches?until=2020-01-01").text
    (every,) = [row for row in quality.precision(settings) if row["kind"] == "all"]
    assert (every["alerts"] > 0, every["judged"], every["precision"]) == (True, 0, None)


def test_a_batch_tells_what_was_fetched_checked_kept_out_and_loaded(reader, settings, kept):
    one = batches.batch(settings, kept["batch"])
    assert (one["state"], one["loaded_at"] is not None, one["failed_feeds"]) == ("loaded", True, 2)
    assert [s["stage"] for s in one["stages"]][-2:] == ["validate", "raised"]
    assert {row["table"]: row["passed"] + row["quarantined"] - row["rows"] for row in one["tables"]}["articles"] == 0
    page = reader.get(f"/quality/batches/{kept['batch']}").text
    for words in ("Loaded 20", "2 failed", "title_not_blank", "/quality/quarantine/q-good", "/sources/feeds/"):
        assert words in page
    assert "rejected" in reader.get("/quality/batches/stopped").text


def test_a_batch_under_way_is_no_error_and_an_unknown_one_is_named(reader, settings):
    staging.write(settings.home, "today", "settle", {"fetches": tables.FETCHES.empty()})
    page = reader.get("/quality/batches/today").text
    assert "under way" in page
    assert "<code>settle</code>" in page
    for name in ("nosuch", "..%2F..%2Fetc", "%2E%2E"):
        answer = reader.get(f"/quality/batches/{name}")
        assert answer.status_code == 404
    with pytest.raises(QueryError, match=r"batch \.\.: nothing is known of it"):
        batches.batch(settings, "..")


def test_rows_are_released_discarded_and_reopened_in_a_browser(address, tab, settings, kept):
    tab.goto(f"{address}/quality")
    looks.check(tab)
    tab.get_by_role("link", name="in quarantine").click()
    tab.get_by_role("heading", name="Quarantine").wait_for()
    tab.locator("a[href$='/q-good']").click()
    tab.get_by_label("Right after all, because").fill("heard it <b>myself</b>")
    looks.check(tab)
    tab.get_by_role("button", name="Release").click()
    tab.get_by_text("heard it <b>myself</b>").wait_for()
    sql = "SELECT count(*) AS n FROM statements WHERE statement_id = 'good'"
    assert query.rows(settings.home, sql) == [{"n": 1}]
    tab.get_by_role("button", name="Reopen").click()
    tab.get_by_text("reopened").wait_for()
    assert query.rows(settings.home, sql) == [{"n": 0}]
    tab.get_by_role("button", name="Discard").click()
    tab.get_by_role("button", name="Discard").wait_for(state="detached")
    tab.goto(f"{address}/quality/quarantine?table=statements")
    looks.check(tab)
    assert [one["decision"] for one in quarantine.row(settings, kept["good"])["decisions"]] == [
        "released", "reopened", "discarded",
    ]  # fmt: skip


def test_a_refusal_names_row_and_column_and_words_of_strangers_stay_text(reader, settings, kept):
    page = html.unescape(reader.get(f"/quality/quarantine/{kept['bad']}").text)
    assert "column 'stance': 'admit' is not known" in page
    assert "Release</button>" not in page
    to = f"/quality/quarantine/{kept['bad']}/release"
    answer = reader.post(to, data={"reason": "x"}, headers=own(reader))
    assert answer.status_code == 409
    assert "0 released, 1 refused" in answer.text
    assert reader.post(to, data={"reason": " "}, headers=own(reader)).status_code == 422
    assert reader.post(to, data={"reason": "x"}).status_code == 403
    assert HOSTILE not in reader.get(f"/quality/quarantine/{kept['hostile']}").text
    assert quarantine.row(settings, kept["bad"])["state"] == "waiting"


def test_all_of_a_choice_are_discarded_on_the_page_and_reopened_by_command(reader, settings, kept):
    choice = Choice("waiting", expectation="speaker_of_party")
    form = {"expectation": "speaker_of_party", "reason": "sure", "back": "/quality"}
    with httpx.Client(base_url=reader.base_url, cookies=reader.cookies, timeout=60) as client:
        answer = client.post("/quality/quarantine/discard", data=form, headers=own(client))
    assert (answer.status_code, answer.headers["location"]) == (303, "/quality")
    assert quarantine.ids(settings, choice) == []
    assert quarantine.row(settings, kept["other"])["decided_by"] == "page"
    done = command(settings, "quarantine", "reopen", "--expectation", "speaker_of_party", "--by", "ed", "--json")
    assert json.loads(done.stdout) == {"reopened": [kept["other"]], "refused": []}
    assert quarantine.ids(settings, choice) == [kept["other"]]
    refused = command(settings, "quarantine", "release", kept["bad"][:5], "--reason", "x")
    assert (refused.exit_code, "refused: q-bad (statements bad): column 'stance'" in refused.output) == (1, True)
    assert command(settings, "quarantine", "discard").exit_code == 2
    assert reader.post("/quality/quarantine/discard", headers=own(reader)).status_code == 422
    assert replace(choice, state=None).values["expectation"] == "speaker_of_party"
