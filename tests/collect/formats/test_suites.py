"""Folders of feed files, those that are beside the checkout too; figures are floors."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.collect.formats.suites import run
from media_monitor.errors import DocumentError

CORPUS = Path(__file__).parents[3].parent / "shared" / "feeds"
DOCS = Path(__file__).parents[3] / "docs" / "collecting.md"
HELD = 850  # of feedparser's files that expect something of what an entry has here, those that get it
ITEM = "<item><title>Ferry</title><link>https://a.example/{}</link></item>"
GOOD = f"<rss version='2.0'><channel>{ITEM.format(1)}{ITEM.format(2)}</channel></rss>"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one" / "deep").mkdir(parents=True)
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "good.xml").write_text(GOOD)
    (tmp_path / "one" / "deep" / "cut.rss").write_text(GOOD[:-30])
    (tmp_path / "one" / "list.opml").write_text("<opml/>")
    (tmp_path / "one" / "also-a-list.xml").write_text("<?xml version='1.0'?><opml version='2.0'/>")
    (tmp_path / "one" / "numbers.json").write_text('{"items": 3}')
    (tmp_path / "one" / "LICENSE").write_text("Do what you like.")
    (tmp_path / "one" / "no-suffix").write_text("\ufeff<?xml version='1.0'?>" + GOOD)
    (tmp_path / "two" / "page.xml").write_text("<!DOCTYPE html><html/>")
    (tmp_path / "two" / "feed.json").write_text(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]})
    )
    (tmp_path / "two" / "slow.xml").write_text(GOOD.replace("</item>", "<a></a>" * 1_500_000 + "</item>", 1))
    return tmp_path


def test_a_folder_of_folders_is_a_suite_for_each(folder):
    one, two = run([folder], 2)
    assert (one.name, two.name) == ("one", "two")
    assert [(o.file.name, o.kind, o.entries, o.expected) for o in one.of()] == [
        ("cut.rss", "read", 1, None), ("good.xml", "read", 2, 2), ("no-suffix", "read", 2, 2),
    ]  # fmt: skip
    assert {o.file.name: o.fault for o in one.of("skipped")} == {
        "list.opml": "a list of feeds (OPML)",
        "also-a-list.xml": "a list of feeds (OPML)",
        "numbers.json": "JSON, but no JSON Feed",
        "LICENSE": "no feed by name or beginning",
    }
    assert [(o.file.name, o.kind, o.lost) for o in two.of()] == [
        ("feed.json", "read", 0), ("page.xml", "no feed", 0), ("slow.xml", "hang", 2),
    ]  # fmt: skip
    assert two.faults == {"is an HTML page, not a feed": 1, "could not be read within n s": 1}


def test_a_folder_with_files_and_a_file_are_one_suite(folder):
    assert [suite.name for suite in run([folder / "one", folder / "two" / "page.xml"], 5)] == ["one", "page.xml"]
    with pytest.raises(DocumentError, match="there is no such file or folder"):
        list(run([folder / "three"], 5))


def test_the_command_names_what_is_lost(folder, monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_TIMEOUT_SECONDS", "2")
    shown = CliRunner().invoke(app, ["feeds", "suites", str(folder)], env={"COLUMNS": "200"})
    assert shown.exit_code == 1
    assert "slow.xml: 0 of 2 entries were read (could not be read within 2 s)" in shown.stdout
    assert re.search(r"all\s*│\s*6 │\s*4 │\s*1 │\s*6 │\s*7 │\s*2 │\s*0 │\s*1 ", shown.stdout)
    told = json.loads(CliRunner().invoke(app, ["feeds", "suites", str(folder / "two"), "--json"]).stdout)
    assert [(row["suite"], row["files"], row["read"], len(row["hangs"])) for row in told] == [("two", 3, 1, 1)]
    fine = CliRunner().invoke(app, ["feeds", "suites", str(folder / "one"), "--markdown"])
    assert fine.exit_code == 0
    assert "| one | 3 | 3 | 0 | 5 | 4 | 0 | 0 | 0 |" in fine.stdout


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the feed corpus is not beside the checkout")
def test_no_feed_of_the_corpus_crashes_hangs_or_loses_an_entry():
    suites = list(run([CORPUS], 20))
    outcomes = [outcome for suite in suites for outcome in suite.of()]
    assert [outcome for outcome in outcomes if outcome.lost or outcome.kind in ("crash", "hang")] == []
    entries = {suite.name: sum(outcome.entries for outcome in suite.of()) for suite in suites}
    documented = {name: int(n.replace(",", "")) for name, n in re.findall(ROW, DOCS.read_text(encoding="utf-8"))}
    assert len(documented) == len(entries)
    assert {name: entries[name] for name in documented if entries[name] < documented[name]} == {}
    assert sum(outcome.held is True for outcome in outcomes) >= HELD


ROW = re.compile(r"^\| ([\w-]+-\w+) \|(?: [\d,]+ \|){3} ([\d,]+) \|", re.MULTILINE)
