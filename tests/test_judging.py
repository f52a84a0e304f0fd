"""Verdicts on alerts, stored: the status falls back, nothing is raised again, the articles become documents."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from media_monitor import alerting, consistency, judging, tables
from media_monitor.beat import Beat
from media_monitor.cli import app
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.extract import batch as extraction
from media_monitor.model import Article
from media_monitor.warehouse import lake, query

NOW = datetime(2025, 4, 10, 18, tzinfo=UTC)
TITLE = "Kremlin confirms North Korean troops fought in Kursk"
TEXT = (
    "Kremlin spokesman Dmitry Peskov confirmed on Thursday that North Korean soldiers had taken part in combat in the"
    " Kursk region. Russia and North Korea signed a treaty last year. Seoul condemned the deployment of the troops."
)


def article(number, title=TITLE, text=TEXT, revision=1, day=10):
    moment = datetime(2025, 4, day, 8, tzinfo=UTC)
    return Article(
        article_id=f"a{number}", revision=revision, url=f"https://courier.example/{number}", guid=None, feed_id="feed",
        outlet=f"Courier {number}", publisher=f"courier {number}", affiliation="independent", country=None,
        language="en", title=title, text=text, agency=None, authors=(), published_at=moment, date_source="published",
        fetched_at=moment + timedelta(hours=revision), content_sha256=f"{number}{revision}",
    )  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A data folder with two articles and the alerts that they raise."""
    home = tmp_path_factory.mktemp("judging") / "home"
    home.mkdir()
    load(Settings(home=home, as_of=NOW, semantic="off"), article(1), article(2))
    return home


@pytest.fixture
def settings(loaded, tmp_path):
    return Settings(home=shutil.copytree(loaded, tmp_path / "home"), as_of=NOW, semantic="off")


@pytest.fixture
def alert(settings):
    return next(a for a in alerting.stored(settings) if a.implied_by is None)


def load(settings, *articles, at=NOW):
    """Loads articles as a run does after validation; returns how many alerts this raised or changed."""
    if articles:
        beat = Beat.load(settings.beat)
        lake.merge(settings.home, extraction.extract(tables.ARTICLES.arrow(articles), beat, "off"))
        consistency.refresh(settings)
    found = alerting.raise_alerts(replace(settings, as_of=at), "20250410T180000Z-00000000")
    lake.merge(settings.home, {"alerts": found})
    return found.num_rows


def status(settings, claim="troops_in_combat"):
    sql = "SELECT state FROM claim_status WHERE claim = ? AND party = 'RU'"
    return query.rows(settings.home, sql, [claim])[0]["state"]


def marks(settings):
    return {(a.subject, a.wrong_at is not None) for a in alerting.stored(settings)}


def test_a_wrong_alert_takes_its_evidence_out_of_the_ledger_and_raises_nothing_again(settings, alert):
    assert (alert.subject, status(settings)) == ("troops_in_combat", "confirmed")
    found = judging.judge_wrong(settings, alert.alert_id[:6], "hearsay", "ed")
    assert (found.before, found.after, found.statements > 1) == ("confirmed", "denied", True)
    assert status(settings, "troops_deployed") != "confirmed"
    assert marks(settings) == {("troops_in_combat", True), ("troops_deployed", True)}
    assert load(settings) == 0
    judged = lake.read(settings.home, "judgements").to_pylist()
    assert {(j["verdict"], j["reason"], j["by"], j["party"]) for j in judged} == {("wrong", "hearsay", "ed", "RU")}
    assert judging.judge_wrong(settings, alert.alert_id, "again").statements == 0
    assert lake.read(settings.home, "judgements").to_pylist() == judged


def test_the_same_words_in_a_later_revision_count_no_more_and_other_words_raise_a_new_alert(settings, alert):
    judging.judge_wrong(settings, alert.alert_id, "hearsay")
    assert load(settings, article(1, text=TEXT + " More follows.", revision=2)) == 0
    assert status(settings) == "denied"
    other = "Russian President Vladimir Putin confirmed that North Korean soldiers fought in Kursk for Russia."
    later = NOW + timedelta(days=1)
    assert load(settings, article(3, "Putin on North Korea and Russia", other, day=11), at=later) > 0
    assert status(settings) == "confirmed"
    assert ("troops_in_combat", False) in marks(settings)
    assert load(settings, at=later) == 0


def test_reopening_undoes_it_all(settings, alert):
    before = alerting.stored(settings)
    judging.acknowledge(settings, alert.alert_id, "ed")
    judging.judge_wrong(settings, alert.alert_id, "hearsay")
    implied = next(a for a in alerting.stored(settings) if a.implied_by)
    found = judging.reopen(settings, implied.alert_id)  # by either of the two that tell of the words
    assert (found.before, found.after, status(settings)) == ("declined", "confirmed", "confirmed")
    judging.reopen(settings, alert.alert_id)
    assert [replace(after, changed_at=None) for after in alerting.stored(settings)] == before
    assert load(settings) == 0
    assert (settings.home / judging.WRONG).read_text() == ""
    again = judging.reopen(settings, alert.alert_id)
    assert (again.alerts, again.statements) == ((), 0)


def test_the_articles_become_documents_that_evaluate_reads_labelled_without_the_wrong_statement(settings, alert):
    path = settings.home / judging.WRONG
    path.parent.mkdir()
    path.write_text('{"id": "mended", "title": "by hand", "text": ""}\n')
    judging.judge_wrong(settings, alert.alert_id, "hearsay")
    mended, *rows = map(json.loads, path.read_text().splitlines())
    assert mended["title"] == "by hand"
    assert [(r["id"], r["title"], r["text"], r["language"], r["published"]) for r in rows] == [
        (name, TITLE, TEXT, "en", "2025-04-10") for name in ("a1", "a2")
    ]
    labels = {(s["party"], s["stance"], s["claim"]) for s in rows[0]["statements"]}
    assert ("RU", "confirm", "troops_in_combat") not in labels
    assert ("KR", "condemn", "troops_deployed") in labels
    assert rows[0]["relevant"]
    assert {"dmitry_peskov", "korean_peoples_army"} <= set(rows[0]["entities"])
    path.write_text("\n".join(map(json.dumps, rows)))
    home = ["--home", str(settings.home)]
    result = CliRunner().invoke(app, [*home, "evaluate", str(path), "--json"], env={"MEDIA_MONITOR_SEMANTIC": "off"})
    assert result.exit_code == 0
    scores = json.loads(result.stdout)["overall"]
    assert scores["statements"]["precision"] < 1 == scores["statements"]["recall"]


def test_an_alert_is_acknowledged_once(settings, alert):
    first = judging.acknowledge(settings, alert.alert_id, "ed")
    assert (first.acknowledged_at, first.acknowledged_by) == (NOW, "ed")
    assert judging.acknowledge(replace(settings, as_of=NOW + timedelta(days=1)), alert.alert_id, "flo") == first
    assert alerting.stored(settings).count(first) == 1


@pytest.mark.parametrize("alert_id", ["", "nosuch"])
@pytest.mark.usefixtures("alert")
def test_an_id_of_no_alert_is_told(settings, alert_id):
    with pytest.raises(QueryError, match="alert"):
        judging.acknowledge(settings, alert_id)


def test_a_verdict_needs_a_reason(settings, alert):
    with pytest.raises(QueryError, match="reason"):
        judging.judge_wrong(settings, alert.alert_id, " ")
