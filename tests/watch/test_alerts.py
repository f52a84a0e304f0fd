"""Confirmations read from the published file, and the one alert that each raises."""

from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.model import Alert, Delivery, stable_id
from media_monitor.watch import alerts

NOW = datetime(2025, 4, 28, 10, tzinfo=UTC)
LATER = datetime(2025, 5, 3, 10, tzinfo=UTC)


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


def test_alerts_survive_the_table(found):
    new, _ = alerts.raise_new(found, alerts.table([]), NOW)
    sent = replace(new[0], deliveries=(Delivery("json://desk.example#1f", "failed", NOW, "refused"),))
    assert alerts.stored(alerts.table([sent, *new[1:]])) == [sent, *new[1:]]


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
