"""Rows in quarantine, decided on by people: what stands in the tables afterwards, whatever is loaded or killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from media_monitor import consistency, linking, pipeline, readmission, releasing, tables
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.extract import batch as extraction
from media_monitor.model import Article
from media_monitor.validate import codes, gate
from media_monitor.warehouse import lake, query, staging

ROOT = Path(__file__).parents[1]
NOW = datetime(2025, 4, 10, 18, tzinfo=UTC)
BATCH = "20250410T180000Z-00000000"
TEXT = (
    "Kremlin spokesman Dmitry Peskov confirmed on Thursday that North Korean soldiers had taken part in combat in the"
    " Kursk region. Russia and North Korea signed a treaty last year. Seoul condemned the deployment of the troops."
)


def article(name: str, **changes: Any) -> Article:
    printed = datetime(2025, 4, 10, 8, tzinfo=UTC)
    made = Article(
        article_id=name, revision=1, url=f"https://courier.example/{name}", guid=None, feed_id="feed",
        outlet=f"Courier {name}", publisher=f"courier {name}", affiliation="independent", country=None,
        language="en", title="Kremlin confirms North Korean troops fought in Kursk", text=TEXT, agency=None,
        authors=("A. Writer",), published_at=printed, date_source="published", fetched_at=printed,
        content_sha256="0" * 64,
    )  # fmt: skip
    return replace(made, **changes)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A data folder with a batch: a good article whose confirmations failed, and one whose date is odd."""
    home = tmp_path_factory.mktemp("releasing") / "home"
    settings = Settings(home=home, as_of=NOW, semantic="off")
    early = article("odd", fetched_at=datetime(2025, 4, 7, tzinfo=UTC))
    facts = extraction.extract(tables.ARTICLES.arrow([article("good"), early]), Beat.load(settings.beat), "off")
    rows = facts["statements"].to_pylist()
    said = [row for row in rows if (row["article_id"], row["stance"]) == ("good", "confirm")]
    for row in said:
        row["confidence"] = 1.5
    broken = dict(said[0], statement_id="broken", stance="admit")
    null = dict(said[0], statement_id="null", rule=None)
    nowhere = dict(said[0], statement_id="nowhere", article_id="nowhere")
    moved = dict(said[0], statement_id="moved", start=said[0]["start"] + 1)
    facts["statements"] = pa.Table.from_pylist([*rows, broken, null, nowhere, moved], schema=tables.STATEMENTS.schema)
    known = codes.of(Beat.load(settings.beat))
    verdict = gate.check({**facts, "fetches": tables.FETCHES.empty()}, settings.expectations, BATCH, NOW, known)
    passed = {**verdict.good, **linking.told(settings, verdict.good)}
    staging.write(home, BATCH, "validate", {**passed, "quarantine": verdict.quarantine, "checks": verdict.checks})
    pipeline.load(settings, BATCH)
    return home


@pytest.fixture
def settings(loaded, tmp_path):
    return Settings(home=shutil.copytree(loaded, tmp_path / "home"), as_of=NOW, semantic="off")


def waiting(settings: Settings, what: str = "true") -> list[str]:
    """Ids of rows in quarantine."""
    sql = f"SELECT quarantine_id FROM quarantine_state WHERE state = 'waiting' AND ({what}) ORDER BY ALL"
    return [row["quarantine_id"] for row in query.rows(settings.home, sql)]


def confidence(settings: Settings) -> list[str]:
    return waiting(settings, "expectations = ['confidence_range'] AND article_id = 'good'")


def counts(settings: Settings) -> dict[str, int]:
    return {name: lake.read(settings.home, name).num_rows for name in (*STORED, "stories")}


def content(settings: Settings) -> dict[str, pa.Table]:
    """Everything but the decisions."""
    return {t.name: lake.read(settings.home, t.name) for t in tables.TABLES if t is not tables.QUARANTINE_DECISIONS}


def status(settings: Settings) -> str:
    sql = "SELECT state FROM claim_status WHERE claim = 'troops_in_combat' AND party = 'RU'"
    return str(query.rows(settings.home, sql)[0]["state"])


STORED = ("articles", "mentions", "events", "statements")


def test_a_released_statement_counts_beside_the_other_facts_of_its_article_and_the_next_load_alerts(settings):
    before = counts(settings)
    assert status(settings) != "confirmed"
    done = releasing.release(settings, confidence(settings), "read it myself", "ed")
    assert (len(done.rows), done.refused) == (2, ())
    assert counts(settings) == {**before, "statements": before["statements"] + 2}
    assert status(settings) == "confirmed"
    assert lake.read(settings.home, "alerts").num_rows == 0
    assert {a.subject for a in pipeline.load(settings, BATCH).alerts} == {"troops_in_combat", "troops_deployed"}
    (told,) = {
        (row["decision"], row["reason"], row["by"], row["at"])
        for row in lake.read(settings.home, "quarantine_decisions").to_pylist()
    }
    assert told == ("released", "read it myself", "ed", NOW)


def test_a_released_article_brings_its_facts_and_gets_a_story_as_one_that_passed(settings):
    before = counts(settings)
    (row,) = waiting(settings, "\"table\" = 'articles'")
    releasing.release(settings, [row], "the clock of the server was wrong", "ed")
    (odd,) = [a for a in lake.read(settings.home, "articles").to_pylist() if a["article_id"] == "odd"]
    (good,) = [a for a in lake.read(settings.home, "articles").to_pylist() if a["article_id"] == "good"]
    assert odd["story_id"] == good["story_id"] is not None
    assert waiting(settings, "article_id = 'odd'") == []
    after = counts(settings)
    assert all(after[name] > before[name] for name in STORED)
    sql = "SELECT count(*) AS n FROM ledger_statements WHERE article_id = 'odd'"
    assert query.rows(settings.home, sql)[0]["n"] > 0


REFUSED = {
    "broken": "column 'stance': 'admit' is not known; known are allege, condemn",
    "null": "column 'rule': is null, and may not be",
    "nowhere": "column 'article_id': revision 1 of article nowhere is not stored; release it first",
    "moved": "column 'surface': the article does not have these words from 1 to",
}


def test_what_a_table_cannot_hold_is_refused_with_row_and_column_and_the_rest_goes(settings):
    before = counts(settings)["statements"]
    ids = {name: waiting(settings, f"row_id = '{name}'")[0] for name in REFUSED}
    early = waiting(settings, "article_id = 'odd' AND \"table\" = 'statements'")
    done = releasing.release(settings, [*ids.values(), *early[:1], *confidence(settings)], "all of them")
    told = "\n".join(done.refused)
    for name, why in REFUSED.items():
        assert f"{ids[name]} (statements {name}): {why}" in told
    assert "revision 1 of article odd is not stored" in told
    assert counts(settings)["statements"] == before + 2
    assert set(waiting(settings)) > {*ids.values(), *early}


def test_reopening_takes_everything_back_and_a_discarded_row_waits_no_more(settings):
    before, (first, *others) = content(settings), confidence(settings)
    odd, *facts = sorted(waiting(settings, "article_id = 'odd'"), key=lambda one: one != article_row(settings))
    releasing.release(settings, [first, odd], "the article alone", with_facts=False)
    assert set(facts) < set(waiting(settings))
    assert releasing.release(settings, facts, "its facts for themselves").refused == ()
    assert releasing.discard(settings, [first, *others], "no").refused == (
        f"{first} (statements {query_row(settings, first)}): is in its table; reopen it first",
    )
    assert not set(others) & set(waiting(settings))
    done = releasing.reopen(settings, [first, *others, odd], "not so sure", "flo")
    assert {row["quarantine_id"] for row in done.rows} == {first, *others, odd, *facts}
    assert content(settings) == before
    assert {first, *others, odd, *facts} <= set(waiting(settings))
    assert releasing.reopen(settings, [first]).rows == ()
    assert readmission.decisions(settings)[first].number == 2


def article_row(settings: Settings) -> str:
    return str(query.rows(settings.home, "FROM quarantine WHERE \"table\" = 'articles'")[0]["quarantine_id"])


def query_row(settings: Settings, row: str) -> str:
    return str(query.rows(settings.home, "FROM quarantine WHERE quarantine_id = ?", [row])[0]["row_id"])


def test_decisions_outlast_rebuild_and_the_same_batch_loaded_again(settings):
    (lost, *released), odd = confidence(settings), waiting(settings, "\"table\" = 'articles'")
    releasing.discard(settings, [lost], "no")
    releasing.release(settings, [*released, *odd], "yes")
    pipeline.load(settings, BATCH)
    before, still = content(settings), waiting(settings)
    consistency.rebuild(settings)
    pipeline.load(settings, BATCH)
    assert content(settings) == before
    assert waiting(settings) == still
    assert releasing.release(settings, [*released, *odd], "again").rows == ()


def test_another_data_folder_with_the_decisions_ends_the_same(settings, tmp_path):
    """As a replay does it."""
    releasing.release(settings, [*confidence(settings), *waiting(settings, "\"table\" = 'articles'")], "yes")
    again = replace(settings, home=tmp_path / "again")
    name = tables.QUARANTINE_DECISIONS.name
    lake.merge(again.home, {name: lake.seen(settings.home, name)})
    shutil.copytree(settings.home / "batches", again.home / "batches")
    pipeline.load(again, BATCH)
    assert {n: lake.read(again.home, n) for n in STORED} == {n: lake.read(settings.home, n) for n in STORED}


def test_a_row_whose_key_another_row_has_is_refused(settings):
    (row,) = waiting(settings, "\"table\" = 'articles'")
    lake.merge(settings.home, {"articles": tables.ARTICLES.arrow([article("odd", title="As it came later")])})
    (told,) = releasing.release(settings, [row], "late", with_facts=False).refused
    assert "another row has this key, which differs in" in told
    assert "title" in told


def test_a_row_that_is_not_there_is_named_and_a_release_needs_a_reason(settings):
    for decide in (releasing.release, releasing.discard, releasing.reopen):
        with pytest.raises(QueryError, match="quarantine nosuch: there is no such row"):
            decide(settings, ["nosuch"], "why")
    with pytest.raises(QueryError, match="needs a reason"):
        releasing.release(settings, confidence(settings), "  ")


def test_a_killed_release_has_happened_or_not_and_can_be_asked_for_again(settings, tmp_path):
    rows = [*confidence(settings), article_row(settings)]
    command = [sys.executable, "-m", "tests.killed_release", str(settings.home), str(tmp_path), *rows]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    attempts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["state"] for one in attempts] == ["before", "after", "after"]
    assert {(one["ended"], one["right"]) for one in attempts} == {(signal.SIGKILL, True)}
