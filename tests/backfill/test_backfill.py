"""Whole backfills: the same lake whatever the archive's form, nothing doubled, days and languages, bad rows."""

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.backfill import archive
from typer.testing import CliRunner

from media_monitor import alerting
from media_monitor.backfill import dividing, run, windows
from media_monitor.backfill.request import Request
from media_monitor.cli import app
from media_monitor.engines.processes import Processes
from media_monitor.errors import SettingError, WarehouseBusyError
from media_monitor.warehouse import lake, query

CONTENT = ("articles", "mentions", "events", "statements", "stories")  # tables whose rows name no batch


def content(home):
    return {name: of for name, of in archive.partitions(home).items() if name.split("/")[0] in CONTENT}


def test_articles_have_facts_stories_checks_and_a_ledger(whole):
    home, summary = whole
    assert (summary.parts, summary.failed, summary.tally.faults) == (3, {}, [])
    assert summary.tally.counts == {"articles": 60}
    articles = lake.read(home, "articles").to_pylist()
    assert len(articles) == 60
    assert {a["publisher"] for a in articles} == {"example.org"}
    assert {a["outlet"] for a in articles} == {f"Paper {number}" for number in range(4)}
    assert all(summary.rows[name] == lake.read(home, name).num_rows > 0 for name in CONTENT)
    assert query.rows(home, "SELECT count(*) AS n FROM claim_status WHERE state <> 'silent'")[0]["n"] > 0
    assert not list((home / "backfill").glob("*/spool/*"))
    assert not list((home / "batches").glob("[!.]*"))


def test_each_article_has_the_facts_that_extraction_makes_of_it(whole):
    from media_monitor.beat import Beat
    from media_monitor.extract.batch import extract

    home, _ = whole
    made = extract(lake.read(home, "articles"), Beat.load("dprk_russia"))
    for name in ("mentions", "events", "statements"):
        assert sorted(made[name][f"{name[:-1]}_id"].to_pylist()) == [key for (key,) in archive.keys(home, name)]


def test_the_same_again_changes_nothing(whole, source):
    home, _ = whole
    before = archive.partitions(home)
    again = run.backfill(archive.settings(home), Request((str(source),)), Processes(1))
    assert (again.done_before, again.parts, again.windows) == (3, 0, 0)
    assert archive.partitions(home) == before


def test_parquet_in_another_order_by_more_processes_in_more_windows_gives_the_same_content(
    whole, tmp_path, monkeypatch
):
    monkeypatch.setattr(dividing, "GROUPS_ROWS", 14)
    monkeypatch.setattr(windows, "MOST", 35)
    archive.columnar(tmp_path / "a.parquet", archive.rows(60)[::-1])
    home = tmp_path / "home"
    summary = run.backfill(archive.settings(home), Request((str(tmp_path / "a.parquet"),)), Processes(2))
    assert summary.parts == 5
    assert content(home) == content(whole[0])


def test_an_archive_read_twice_under_other_names_and_a_lake_bring_nothing_new(whole, tmp_path):
    home, _ = whole
    before = content(home)
    archive.lines(tmp_path / "copy.jsonl.gz", archive.rows(60))
    sources = (str(tmp_path / "copy.jsonl.gz"), str(home / "lake" / "articles"))
    summary = run.backfill(archive.settings(home), Request(sources), Processes(1))
    assert summary.tally.counts["articles"] >= 60
    assert summary.repeats >= 60
    assert content(home) == before


@pytest.fixture
def few(tmp_path):
    found = archive.rows(6)
    found[1] |= {"url": found[0]["url"], "title": found[0]["title"] + " (corrected)"}
    found[2] |= {"text": found[2]["text"] + "\nMore of it.", "url": found[3]["url"]}
    found[4] |= {"published_at": "some day"}
    return archive.lines(tmp_path / "few.jsonl", found)


def test_other_contents_of_an_article_are_its_revisions_with_their_facts(few, tmp_path):
    home = tmp_path / "home"
    summary = run.backfill(archive.settings(home), Request((str(few),)), Processes(1))
    found = {(a["url"][-7:], a["revision"]): a for a in lake.read(home, "articles").to_pylist()}
    assert sorted(revision for _, revision in found) == [1, 1, 1, 2, 2]
    assert [where for where, _ in summary.tally.faults] == [f"{few}: byte {_start(few, 4):,}"]
    later = next(a for (_, revision), a in found.items() if revision == 2 and "corrected" in a["title"])
    assert later["change"].startswith("title: ")
    mentions = lake.read(home, "mentions").to_pylist()
    assert any((m["article_id"], m["revision"]) == (later["article_id"], 2) for m in mentions)


def _start(path, line):
    return sum(len(one) for one in path.read_bytes().splitlines(keepends=True)[:line])


def test_days_languages_and_what_of_it_is_news_are_chosen(source, tmp_path):
    request = Request((str(source),), date(2025, 3, 2), date(2025, 3, 24), None, ("en",), date(2025, 3, 12))
    home = tmp_path / "home"
    summary = run.backfill(archive.settings(home), request, Processes(1))
    found = lake.read(home, "articles").to_pylist()
    assert {a["language"] for a in found} == {"en"}
    assert min(a["day"] for a in found) >= date(2025, 3, 2)
    assert max(a["day"] for a in found) <= date(2025, 3, 24)
    assert summary.tally.counts["other days"] + summary.tally.counts["other languages"] + len(found) == 60
    for alert in alerting.stored(archive.settings(home)):
        assert (alert.acknowledged_by is None) == (alert.step.printed_at.date() >= date(2025, 3, 12))
    assert (summary.news > 0, summary.history > 0) == (True, True)


def test_what_was_printed_long_ago_is_history_and_never_sent(whole):
    home, summary = whole
    stored = alerting.stored(archive.settings(home))
    assert (summary.history, summary.news) == (len(stored), 0)
    assert stored
    assert all(alert.acknowledged_by == "backfill" for alert in stored)
    with_channel = archive.settings(home, alert_urls=("json://127.0.0.1:9",))
    assert alerting.deliver(with_channel).sent == 0


def test_a_window_that_is_rejected_is_told_and_tried_again(source, tmp_path):
    suites = tmp_path / "suites"
    suites.mkdir()
    for path in archive.settings(tmp_path).expectations.glob("*.json"):
        text = path.read_text("utf-8")
        if path.name == "articles.json":
            text = text.replace('"max_value": 50000', '"max_value": 5')
        (suites / path.name).write_text(text, "utf-8")
    strict = archive.settings(tmp_path / "home", expectations=suites)
    first = run.backfill(strict, Request((str(source),)), Processes(1))
    assert list(first.failed) == ["days 2025-03-01 to 2025-03-25"]
    assert not archive.partitions(strict.home).keys() & content(strict.home).keys()
    usual = replace(strict, expectations=archive.settings(tmp_path).expectations)
    again = run.backfill(usual, Request((str(source),)), Processes(1))
    assert (again.failed, again.rows["articles"]) == ({}, 60)


def test_a_backfill_that_runs_is_not_run_beside(source, tmp_path):
    settings, request = archive.settings(tmp_path / "home"), Request((str(source),))
    with run.record_of(settings, request).running(), pytest.raises(WarehouseBusyError, match="works on this backfill"):
        run.backfill(settings, request, Processes(1))


def test_a_request_must_make_sense():
    with pytest.raises(SettingError, match="no source"):
        Request(())
    with pytest.raises(SettingError, match="before the first"):
        Request(("a",), since=date(2025, 2, 2), until=date(2025, 2, 1))


@pytest.mark.usefixtures("wide")
def test_the_command_tells_what_it_would_read_reads_it_and_names_what_it_cannot(few, tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_SEMANTIC", "off")
    command = ["--home", str(tmp_path / "home"), "backfill", str(few), str(tmp_path / "few*"), "--workers", "1"]
    shown = CliRunner().invoke(app, [*command, "--dry-run"], catch_exceptions=False).output
    assert "in 1 parts (1 of jsonl)" in shown
    assert "About 5 articles, 60% of them on the beat" in shown
    assert not (tmp_path / "home").exists()
    told = CliRunner().invoke(app, [*command, "--json"], catch_exceptions=False)
    assert (told.exit_code, json.loads(told.stdout)["counts"]) == (0, {"articles": 5, "broken": 1})
    assert "Nothing to do: 1 parts were done before." in CliRunner().invoke(app, command).output


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "ray"], "'ray' is neither processes nor spark"),
        (["--master", "spark://x"], "--master is for --engine spark"),
    ],
)
def test_an_engine_that_is_none_is_refused(few, tmp_path, options, said):
    told = CliRunner().invoke(app, ["--home", str(tmp_path), "backfill", str(few), *options])
    assert told.exit_code == 2
    assert said in told.output
