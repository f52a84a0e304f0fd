"""Confirmations read from the published file, and the one alert that each raises."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from media_monitor import tables
from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.model import Alert, Delivery, stable_id
from media_monitor.warehouse import partition
from media_monitor.watch import alerts

NOW = datetime(2025, 4, 28, 10, tzinfo=UTC)
LATER = datetime(2025, 5, 3, 10, tzinfo=UTC)
YOUNGER = {
    "kind", "rule", "subject", "summary", "due_at", "acknowledged_at", "acknowledged_by", "wrong_at", "wrong_reason",
    "withdrawn_at",
}  # fmt: skip


@pytest.fixture
def found(desk):
    desk.says(desk.article("2025-01-10"), "KP", "decline", "in_combat")
    desk.says(desk.article("2025-04-28"), "KP", "confirm", "in_combat", quote="they took part", via=("kcna",))
    desk.publish()
    return alerts.find(desk.home)


def test_nothing_is_found_before_anything_is_published(tmp_path):
    assert alerts.find(tmp_path) == []


def test_a_damaged_file_and_one_without_the_ledger_are_named(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(CorruptFileError, match=r"warehouse\.duckdb"):
        alerts.find(tmp_path)
    path.unlink()
    duckdb.connect(str(path)).close()
    with pytest.raises(QueryError, match=r"warehouse\.duckdb"):
        alerts.find(tmp_path)


def test_a_confirmation_is_found_with_its_words_source_and_history(found):
    direct, implied = sorted(found, key=lambda c: c.implied_by or "")
    assert (direct.claim, direct.party, direct.beat, direct.grade) == ("in_combat", "KP", "test", "single source")
    assert (direct.quote, direct.via, direct.title, direct.language) == (
        "they took part",
        ("kcna",),
        "Headline 1",
        "en",
    )
    assert (direct.prior_status, direct.reversal, direct.since) == ("declined", True, date(2025, 4, 28))
    assert (direct.outlet, direct.url) == ("The Courier", "https://courier.example/1")
    assert direct.printed_at == datetime(2025, 4, 28, 12, tzinfo=UTC)
    assert (implied.claim, implied.implied_by) == ("deployed", "in_combat")


def test_what_only_background_tells_is_not_found(desk):
    article = desk.article("2025-06-10")
    desk.says(article, "RU", "confirm", "in_combat", said_on=date(2025, 4, 26), background=True)
    desk.publish()
    assert alerts.find(desk.home) == []


def test_each_confirmation_raises_one_alert_ever(found):
    new, changed = alerts.raise_new(found, alerts.table([]), NOW)
    assert [a.alert_id for a in new] == [stable_id("test", c.claim, "KP") for c in found]
    assert ({a.raised_at for a in new}, changed) == ({NOW}, [])
    assert alerts.raise_new(found, alerts.table(new), LATER) == ([], [])


def test_rows_of_before_there_were_kinds_are_first_confirmations(found):
    new, _ = alerts.raise_new(found, alerts.table([]), NOW)
    table = alerts.table(new)
    old = table.select([c.name for c in tables.ALERTS.columns if c.name not in YOUNGER])
    read = alerts.stored(partition.conform(Path("part.parquet"), old, tables.ALERTS))
    assert {(a.kind, a.rule, a.summary, a.due_at) for a in read} == {("first_confirmation",) * 2 + ("", None)}
    assert [(a.alert_id, a.subject, a.confirmation) for a in read] == [
        (a.alert_id, c.claim, c) for a, c in zip(new, found, strict=True)
    ]
    assert alerts.raise_new(found, table, LATER) == ([], [])


def test_alerts_survive_the_table(found):
    new, _ = alerts.raise_new(found, alerts.table([]), NOW)
    sent = replace(new[0], deliveries=(Delivery("json://desk.example#1f", "failed", NOW, "refused"),))
    seen = replace(sent, acknowledged_at=NOW, acknowledged_by="ed", wrong_at=NOW, wrong_reason="no", withdrawn_at=NOW)
    quiet = Alert(
        "q1", NOW, "silence", "quiet", "feed-1", "feed-1 is silent", None, due_at=LATER, beat="test", since=NOW.date()
    )
    assert alerts.stored(alerts.table([seen, *new[1:], quiet])) == [seen, *new[1:], quiet]


def test_thanks_raise_an_alert_of_their_own_and_words_after_them_another(desk):
    desk.says(desk.article("2025-04-27"), "RU", "praise", "in_combat")
    desk.publish()
    (thanks,), _ = alerts.raise_new(alerts.find(desk.home), alerts.table([]), NOW)
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat")
    desk.publish()
    new, changed = alerts.raise_new(alerts.find(desk.home), alerts.table([thanks]), LATER)
    assert thanks.kind == "implicit"
    assert [(a.kind, a.alert_id) for a in new if a.subject == "in_combat"] == [
        ("first_confirmation", stable_id("test", "in_combat", "RU"))
    ]
    assert changed == []
    assert thanks.alert_id not in {a.alert_id for a in new}


def test_a_better_grade_or_an_earlier_date_changes_the_alert_and_raises_none(desk, found):
    stored, _ = alerts.raise_new(found, alerts.table([]), NOW)
    delivered = [replace(a, deliveries=(Delivery("json://desk.example#1f", "sent", NOW),)) for a in stored]
    article = desk.article("2025-04-29", "The Echo")
    late = desk.says(article, "KP", "confirm", "in_combat", said_on=date(2025, 4, 27))
    desk.publish()
    new, changed = alerts.raise_new(alerts.find(desk.home), alerts.table(delivered), LATER)
    assert new == []
    assert {a.confirmation.grade for a in changed} == {"corroborated"}
    assert {a.confirmation.first_statement for a in changed} == {late}
    assert {a.confirmation.since for a in changed} == {date(2025, 4, 27)}
    assert {(a.raised_at, a.deliveries) for a in changed} == {(NOW, delivered[0].deliveries)}


def test_more_of_the_same_evidence_changes_nothing(desk, found):
    stored, _ = alerts.raise_new(found, alerts.table([]), NOW)
    desk.says(desk.article("2025-04-30", "The Courier"), "KP", "confirm", "in_combat")
    desk.publish()
    assert alerts.raise_new(alerts.find(desk.home), alerts.table(stored), LATER) == ([], [])


def test_direct_words_after_an_implied_confirmation_are_no_news(desk, found):
    stored, _ = alerts.raise_new(found, alerts.table([]), NOW)
    desk.says(
        desk.article("2025-04-29", "The Echo"),
        "KP",
        "confirm",
        "deployed",
        speaker_id="the_marshal",
        quote="we sent them",
    )
    desk.publish()
    new, changed = alerts.raise_new(alerts.find(desk.home), alerts.table(stored), LATER)
    assert new == []
    assert [(a.confirmation.claim, a.confirmation.implied_by, a.confirmation.grade) for a in changed] == [
        ("deployed", "in_combat", "primary")
    ]


def test_direct_words_that_turn_out_to_be_earlier_leave_the_alert_implied(desk, found):
    stored, _ = alerts.raise_new(found, alerts.table([]), NOW)
    article = desk.article("2025-04-30", "The Echo")
    early = desk.says(article, "KP", "confirm", "deployed", said_on=date(2025, 4, 27))
    desk.publish()
    again = alerts.find(desk.home)
    assert {c.claim: c.implied_by for c in again} == {"deployed": None, "in_combat": None}
    new, (changed,) = alerts.raise_new(again, alerts.table(stored), LATER)
    assert new == []
    assert (changed.confirmation.first_statement, changed.confirmation.implied_by) == (early, "in_combat")


def test_another_party_raises_its_own_alert(desk, found):
    stored, _ = alerts.raise_new(found, alerts.table([]), NOW)
    desk.says(desk.article("2025-04-29"), "RU", "confirm", "deployed")
    desk.publish()
    new, _ = alerts.raise_new(alerts.find(desk.home), alerts.table(stored), LATER)
    assert [(a.confirmation.claim, a.confirmation.party) for a in new] == [("deployed", "RU")]
    assert isinstance(new[0], Alert)
