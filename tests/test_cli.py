"""The command line as a person types it: each command in a process of its own, on a data folder made by a real run."""

import json
import os
import subprocess
import sys

import pytest

from media_monitor.config import PACKAGE, variables
from media_monitor.launch.samples import ON_LOOPBACK, serving

DOCUMENT = {
    "id": "d1",
    "language": "en",
    "published": "2025-04-28",
    "title": "North Korea confirms that its troops fought in Kursk",
    "text": "North Korea on Monday confirmed for the first time that its soldiers had fought for Russia in Kursk.",
}


def media_monitor(*arguments, home=None, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MEDIA_MONITOR_")}
    settings = {"MEDIA_MONITOR_HOME": str(home)} if home else {}
    return subprocess.run(
        [sys.executable, "-c", "from media_monitor.cli import main; main()", *map(str, arguments)],
        env={**clean, **settings, **environment, "PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "140"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def ok(*arguments, **settings):
    done = media_monitor(*arguments, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder filled stage by stage, as the commands print what the next one needs."""
    folder = tmp_path_factory.mktemp("home")
    with serving(PACKAGE / "beats/dprk_russia/samples", folder / "feeds.opml"):
        as_of = {"MEDIA_MONITOR_AS_OF": "2025-08-01T00:00:00+00:00", **variables(ON_LOOPBACK)}
        collected = json.loads(ok("collect", "--feeds", folder / "feeds.opml", home=folder, **as_of))
        assert collected["feeds"] == 16
        batch = collected["batch"]
        assert json.loads(ok("extract", "--batch", batch, home=folder, **as_of))["parts"] == collected["parts"]
        assert json.loads(ok("validate", "--batch", batch, home=folder, **as_of))["quarantine"] == 1
        loaded = json.loads(ok("load", "--batch", batch, home=folder, **as_of))
    assert loaded["confirmations"]
    return folder


def test_a_second_load_of_a_batch_changes_nothing(home):
    (batch,) = [path.name for path in (home / "batches").iterdir()]
    assert set(json.loads(ok("load", "--batch", batch, home=home))["rows"].values()) <= {0}


def test_claims_trends_and_feeds_have_a_table_and_json(home):
    assert "troops_in_combat" in ok("claims", home=home)
    assert {row["party"] for row in json.loads(ok("claims", "--json", home=home))} >= {"KP", "RU", "UA"}
    assert "Who has it from whom" in ok("claims", "troops_in_combat", home=home)
    one = json.loads(ok("claims", "troops_in_combat", "--party", "KP", "--json", home=home))
    assert [step["state"] for step in one["standing"][0]["history"]][-1] == "confirmed"
    assert "do you mean troops_in_combat?" in media_monitor("claims", "troops_combat", home=home).stderr
    assert "troops_in_combat" in ok("trends", home=home)
    assert json.loads(ok("trends", "--json", home=home))[0]["articles"] > 0
    assert "Northgate" in ok("feeds", "--opml", home / "feeds.opml", home=home)
    assert len(json.loads(ok("feeds", "--opml", home / "feeds.opml", "--json", home=home))) == 16


def test_sql_reads_and_cannot_write_or_read_files(home):
    assert json.loads(ok("sql", "SELECT count(*) AS n FROM articles", "--json", home=home)) == [{"n": 119}]
    for query in ("DELETE FROM articles", "FROM read_csv('/etc/hostname')", "SELEC 1"):
        done = media_monitor("sql", query, home=home)
        assert done.returncode == 1
        assert done.stderr.startswith("error: ")
        assert "Traceback" not in done.stderr


def test_rebuild_makes_the_same_warehouse_again(home):
    before = ok("sql", "FROM claim_status", "--json", home=home)
    assert "made again" in ok("rebuild", home=home)
    assert ok("sql", "FROM claim_status", "--json", home=home) == before


def test_alert_without_a_channel_says_how_to_set_one(home):
    assert "MEDIA_MONITOR_ALERT_URLS" in ok("alert", home=home)


def test_extract_and_evaluate_files_in_the_gold_format(tmp_path):
    documents, predictions = tmp_path / "docs.jsonl", tmp_path / "pred.jsonl"
    label = {"party": "KP", "role": "official", "stance": "confirm", "claim": "troops_in_combat"}
    documents.write_text(
        json.dumps({**DOCUMENT, "relevant": True, "entities": [], "events": [], "statements": [label]})
    )
    ok("extract", documents, "-o", predictions)
    (found,) = map(json.loads, predictions.read_text().splitlines())
    assert found["id"] == "d1"
    assert label in found["statements"]
    scores = json.loads(ok("evaluate", documents, "--json"))
    assert scores["overall"]["confirmations"]["recall"] == 1.0
    assert "confirmations" in ok("evaluate", documents)


def labelled(path, *documents):
    """A file of labelled documents: DOCUMENT with the id and the labels given."""
    empty = {"relevant": True, "entities": [], "events": [], "statements": []}
    lines = (json.dumps({**DOCUMENT, **empty, "id": name, **labels}) + "\n" for name, labels in documents)
    path.write_text("".join(lines))
    return path


CONFIRMS = {"statements": [{"party": "KP", "role": "official", "stance": "confirm", "claim": "troops_in_combat"}]}


def test_evaluate_takes_several_files_and_filters(tmp_path):
    one = labelled(tmp_path / "one.jsonl", ("a1", CONFIRMS), ("a2", CONFIRMS))
    two = labelled(tmp_path / "two.jsonl", ("b1", {**CONFIRMS, "language": "und"}))
    scores = json.loads(ok("evaluate", one, two, "--json"))
    assert scores["documents"] == {"en": 2, "und": 1}
    assert scores["confusion"]["confirm"]["confirm"] == 6  # each confirmation implies another one
    assert scores["ids"] == ["a1", "a2", "b1"]
    assert json.loads(ok("evaluate", one, two, "--json", "--half", "odd", "--language", "en"))["ids"] == ["a1"]
    nothing = media_monitor("evaluate", one, two, "--language", "ko")
    assert "no document of that choice" in nothing.stderr
    shown = ok("evaluate", one, "--layer", "events", "--worst", "1")
    assert "Event type" in shown
    assert "confirmations" not in shown
    assert "wrong  events" in shown


def test_evaluate_compares_with_an_earlier_run(tmp_path):
    gold = labelled(tmp_path / "gold.jsonl", ("a1", CONFIRMS))
    ok("evaluate", gold, "-o", tmp_path / "old.json")
    assert "No score changed" in ok("evaluate", gold, "--compare", tmp_path / "old.json")
    labelled(gold, ("a1", {}))
    shown = ok("evaluate", gold, "--compare", tmp_path / "old.json")
    assert "Worse" in shown
    assert "KP confirm troops_in_combat (found wrongly)" in shown


def test_evaluate_raises_floors_and_refuses_to_lower_them(tmp_path):
    gold, floors = labelled(tmp_path / "gold.jsonl", ("a1", CONFIRMS)), tmp_path / "floors.toml"
    assert "set anew" in ok("evaluate", gold, "--raise-floors", floors)
    written = floors.read_text()
    assert '["gold.jsonl".rules]' in written
    floors.write_text(written.replace("confirmations_precision = 0.90", "confirmations_precision = 0.50"))
    assert "0.50 → 0.90" in ok("evaluate", gold, "--raise-floors", floors)
    assert floors.read_text() == written
    floors.write_text(written.replace("events = 0.00", "events = 0.75"))
    refused = media_monitor("evaluate", gold, "--raise-floors", floors)
    assert refused.returncode == 1
    assert "en events 0.00 is below its floor 0.75. A floor is never lowered; nothing was written" in refused.stderr
    assert "events = 0.75" in floors.read_text()


def test_explain_a_stored_article_by_its_address_and_its_id(home, tmp_path):
    sql = "SELECT article_id, url, title FROM articles WHERE relevant AND url IS NOT NULL ORDER BY url LIMIT 1"
    (article,) = json.loads(ok("sql", sql, "--json", home=home))
    by_url = json.loads(ok("explain", f"{article['url']}?utm_source=x", "--json", home=home))
    assert (by_url["document_id"], by_url["title"]) == (article["article_id"], article["title"])
    assert by_url["statements"] == json.loads(ok("explain", article["article_id"], "--json", home=home))["statements"]
    page = tmp_path / "page.html"
    assert str(page) in ok("explain", article["url"], "--html", page, home=home)
    assert page.read_text().startswith("<!DOCTYPE html>")
    missing = media_monitor("explain", "https://elsewhere.example/item", home=home)
    assert missing.returncode == 1
    assert "is not stored in" in missing.stderr


def test_explain_gives_the_facts_that_are_stored(home):
    stored = json.loads(ok("sql", 'SELECT article_id, start, "end", rule FROM latest_statements', "--json", home=home))
    articles = [row["article_id"] for row in stored]
    article = max(sorted(set(articles)), key=articles.count)
    expected = [(row["start"], row["end"], row["rule"]) for row in stored if row["article_id"] == article]
    told = json.loads(ok("explain", article, "--json", home=home))["statements"]
    assert sorted((fact["start"], fact["end"], fact["rule"]) for fact in told) == sorted(expected)


def test_explain_a_text_file_and_standard_input(tmp_path):
    path = tmp_path / "item.txt"
    path.write_text(f"{DOCUMENT['title']}\n{DOCUMENT['text']}")
    shown = ok("explain", path, "--published", "2025-04-28", "--outlet", "Northgate", "--language", "en")
    assert "KP confirms troops_in_combat" in shown
    assert "word of confirming «confirms»" in shown
    assert "published 2025-04-28 · outlet Northgate" in shown
    assert "--published 'soon' is no day" in media_monitor("explain", path, "--published", "soon").stderr
    piped = subprocess.run(
        [sys.executable, "-c", "from media_monitor.cli import main; main()", "explain", "-", "--json"],
        input=path.read_bytes(),
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert json.loads(piped.stdout)["relevant"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("explain", "nowhere.txt"), "error: nowhere.txt: is no file, no address and no id of an article"),
        (("evaluate", "nowhere.jsonl"), "error: nowhere.jsonl: cannot be read: No such file"),
        (("extract", "nowhere.jsonl"), "error: nowhere.jsonl: cannot be read: No such file"),
        (
            ("--beat", "nobody", "feeds"),
            "error: nobody: is no beat: neither a shipped one (dprk_russia, nord_stream) nor a folder",
        ),
        (("--home", "nowhere", "claims"), "has no warehouse yet"),
        (("load", "--batch", "never"), "'never' has no result; run that stage first"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(arguments, message, tmp_path):
    done = media_monitor(*arguments, home=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_command_imports_no_more_than_it_needs():
    code = "import sys, media_monitor.cli; print([m for m in sys.modules if m.startswith('media_monitor.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "media_monitor.cli" in done.stdout
    for heavy in (
        "media_monitor.pipeline",
        "media_monitor.collect",
        "media_monitor.extract",
        "media_monitor.commands.",
    ):
        assert f"media_monitor.{heavy}" not in done.stdout
