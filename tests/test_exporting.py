"""Files of confirmations as loads keep them fresh, and as the command gives them out."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from pyarrow import parquet
from tests.watch.conftest import Desk
from typer.testing import CliRunner

from media_monitor import alerting, consistency, exporting, judging
from media_monitor.cli import app
from media_monitor.config import PACKAGE, Settings
from media_monitor.errors import QueryError
from media_monitor.exports.fields import TABLE
from media_monitor.warehouse import lake, lock, query

NOW = datetime(2025, 4, 29, 9, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def beat(tmp_path_factory):
    """The shipped beat without what was known before: only what the articles say is told."""
    known = shutil.ignore_patterns("record.toml", "samples", "feeds.opml")
    folder = shutil.copytree(
        PACKAGE / "beats/dprk_russia", tmp_path_factory.mktemp("beats") / "dprk_russia", ignore=known
    )
    (folder / "feeds.opml").write_text('<opml version="2.0"><body/></opml>')
    for names in (folder / "aliases").glob("*.tsv"):  # nothing is extracted here
        names.write_text(names.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    return str(folder)


@pytest.fixture
def settings(tmp_path, beat):
    return Settings(home=tmp_path, beat=beat, as_of=NOW, exports_url="https://desk.example/out")


def load(desk, settings):
    """What a load does once its rows are good; returns the messages of the exports."""
    with lock.writing(settings.home):
        lake.merge(settings.home, desk.tables)
        consistency.refresh(settings)
        lake.merge(settings.home, {"alerts": alerting.raise_alerts(settings, "batch")})
        consistency.refresh(settings)
        return exporting.refresh(settings)


def says(desk, article, party, stance, claim, **values):
    return desk.says(article, party, stance, claim, quote=f"the words of {party}", **values)


def entries(settings):
    read = feedparser.parse((settings.home / "exports/confirmations.atom").read_bytes())
    return {entry.id: entry for entry in read.entries}


def corrected(desk, article):
    """The article in a new revision that says none of it."""
    later = article.fetched_at + timedelta(hours=5)
    desk.articles.append(replace(article, revision=2, content_sha256="f" * 64, fetched_at=later))


def test_a_confirmation_comes_out_is_withdrawn_stays_and_comes_back(desk, settings):
    article = desk.article("2025-04-28")
    says(desk, article, "KP", "confirm", "treaty")
    assert load(desk, settings) == []
    (before,) = entries(settings).values()
    assert before.title == "North Korea confirms for the first time: " + before.title.partition(": ")[2]
    assert before.published == before.updated == "2025-04-29T09:00:00Z"
    corrected(desk, article)
    assert load(desk, replace(settings, as_of=NOW + timedelta(days=1))) == []
    (after,) = entries(settings).values()
    assert after.id == before.id
    assert after.title == f"Withdrawn: {before.title}"
    assert (after.published, after.updated) == (before.published, "2025-04-30T09:00:00Z")
    item = json.loads((settings.home / "exports/confirmations.json").read_text("utf-8"))["items"][0]
    assert (item["id"], item["title"]) == (after.id, after.title)
    (step,) = exporting.rows(settings, all_steps=True)
    assert step["withdrawn_at"] == NOW + timedelta(days=1)
    again = replace(article, revision=3, content_sha256="e" * 64, fetched_at=article.fetched_at + timedelta(hours=9))
    desk.articles.append(again)
    says(desk, again, "KP", "confirm", "treaty")
    load(desk, replace(settings, as_of=NOW + timedelta(days=2)))
    (entry,) = entries(settings).values()
    assert (entry.id, entry.title, entry.published) == (before.id, before.title, before.published)
    assert entry.updated == "2025-05-01T09:00:00Z"


def test_an_entry_is_updated_when_it_is_dated_anew_and_only_then(desk, settings):
    says(desk, desk.article("2025-04-28"), "KP", "confirm", "treaty")
    load(desk, settings)
    file = settings.home / "exports/confirmations.atom"
    made = file.stat().st_mtime_ns
    load(desk, replace(settings, as_of=NOW + timedelta(days=1)))
    assert file.stat().st_mtime_ns == made
    says(desk, desk.article("2025-04-25", outlet="Another"), "KP", "confirm", "treaty")
    load(desk, replace(settings, as_of=NOW + timedelta(days=2)))
    (entry,) = entries(settings).values()
    assert (entry.updated, entry.mm_since) == ("2025-05-01T09:00:00Z", "2025-04-25")


def test_what_was_judged_wrong_says_so_at_once_until_it_is_reopened(desk, settings):
    says(desk, desk.article("2025-04-28"), "KP", "confirm", "treaty")
    load(desk, settings)
    (before,) = entries(settings).values()
    alert_id = before.mm_alert_id
    later = replace(settings, as_of=NOW + timedelta(days=1))
    judging.judge_wrong(later, alert_id, "for the desk alone")
    assert {entry.title[:7] for entry in entries(settings).values()} == {"Wrong: "}
    assert "desk alone" not in (settings.home / "exports/confirmations.json").read_text("utf-8")
    judging.reopen(replace(settings, as_of=NOW + timedelta(days=2)), alert_id)
    (after,) = entries(settings).values()
    assert (after.id, after.title, after.updated) == (before.id, before.title, "2025-05-01T09:00:00Z")


def test_a_failing_export_fails_nothing_else(desk, settings):
    (settings.home / "exports/confirmations.atom").mkdir(parents=True)
    (message,) = load(desk, settings)
    assert message.startswith("export atom was not made: ")
    assert "\n" not in message
    assert (settings.home / "exports/confirmations.json").exists()


def test_a_feed_tells_news_and_a_table_knows_the_rest(desk, settings):
    says(desk, desk.article("2025-04-28"), "KP", "confirm", "treaty", background=True, said_on=date(2024, 6, 19))
    load(desk, replace(settings, exports=("atom", "parquet")))
    assert entries(settings) == {}
    (known,) = parquet.read_table(settings.home / "exports/confirmations.parquet").to_pylist()
    assert (known["claim"], known["raised_at"], len(known["alert_id"])) == ("treaty", None, 16)


def test_all_steps_tell_denials_too_with_the_alerts_that_were_raised(desk, settings):
    says(desk, desk.article("2025-04-27"), "KP", "deny", "treaty")
    says(desk, desk.article("2025-04-28"), "KP", "confirm", "treaty")
    says(desk, desk.article("2025-04-28"), "RU", "decline", "treaty")
    load(desk, settings)
    (confirmed,) = exporting.rows(settings)
    steps = exporting.rows(settings, all_steps=True)
    assert [(s["party"], s["state"], s["prior_status"]) for s in steps] == [
        ("KP", "denied", "silent"), ("KP", "confirmed", "denied"), ("RU", "declined", "silent")
    ]  # fmt: skip
    assert steps[1] == confirmed
    assert confirmed["reversal"]
    told = feedparser.parse(exporting.rendered(settings, "atom", steps, all_steps=True)).entries
    assert {entry.title.partition(":")[0] for entry in told} >= {
        "North Korea denies",
        "Russia neither confirms nor denies",
    }


def test_none_keeps_nothing_fresh_and_the_views_have_the_fields(desk, settings):
    assert load(desk, replace(settings, exports=("none",))) == []
    assert not (settings.home / "exports").exists()
    for view in ("exported_confirmations", "exported_steps"):
        assert query.run(settings.home, f"FROM {view}").column_names == list(TABLE.names)


def test_nothing_is_published_yet(settings):
    with pytest.raises(QueryError, match="has no warehouse yet"):
        exporting.rows(settings)
    (message,) = exporting.refresh(settings)
    assert message.startswith("exports were not made: ")


@pytest.fixture(scope="module")
def filled(tmp_path_factory, beat):
    """A data folder with three confirmations."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), beat=beat, as_of=NOW)
    desk = Desk(settings.home)
    for party in ("KP", "RU"):
        says(desk, desk.article("2025-04-28"), party, "confirm", "treaty")
    says(desk, desk.article("2025-04-20"), "RU", "confirm", "visit")
    load(desk, settings)
    return settings


@pytest.fixture
def command(filled, monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_BEAT", filled.beat)

    def command(*arguments):
        words = ["--home", str(filled.home), "export", "confirmations", *map(str, arguments)]
        return CliRunner().invoke(app, words)

    return command


def test_the_command_gives_every_text_format_to_standard_output(command):
    starts = {"atom": b"<?xml", "jsonfeed": b"{", "csv": b"alert_id,beat,", "stix": b"{"}
    for form, start in starts.items():
        done = command("--format", form)
        assert done.exit_code == 0, done.output
        assert done.stdout_bytes.startswith(start)


def test_the_command_chooses_by_day_claim_and_party(command):
    def found(*arguments):
        lines = command("--format", "csv", *arguments).stdout_bytes.decode().splitlines()[1:]
        return sorted(tuple(line.split(",")[2:4]) for line in lines)

    assert found() == [("treaty", "KP"), ("treaty", "RU"), ("visit", "RU")]
    assert found("--since", "2025-04-21") == [("treaty", "KP"), ("treaty", "RU")]
    assert found("--claim", "visit") == [("visit", "RU")]
    assert found("--party", "KP") == [("treaty", "KP")]


def test_the_command_names_what_it_cannot_do(command, tmp_path):
    assert "Parquet file needs a place" in " ".join(command("--format", "parquet").output.split())
    assert "does not know" in command("--format", "csv", "--claim", "nope").output
    assert command("--format", "rss").exit_code == 2
    assert command("--format", "parquet", "-o", tmp_path / "c.parquet").exit_code == 0
    assert parquet.read_table(tmp_path / "c.parquet").num_rows == 3


def test_a_file_appears_whole_or_not_at_all(command, tmp_path):
    target = tmp_path / "there"
    target.mkdir()
    assert command("--format", "csv", "-o", target).exit_code != 0
    assert [path.name for path in target.iterdir()] == []
