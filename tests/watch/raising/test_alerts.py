"""What the ledger finds, and the one alert that each happening raises."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from tests.watch.alerting import EVERY, LATER, NOW, told

from media_monitor import tables
from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.model import Alert, Delivery, stable_id
from media_monitor.warehouse import partition
from media_monitor.watch.raising import alerts, findings
from media_monitor.watch.rules.rulebook import WORDS, Rule, Rulebook, plain

YOUNGER = {
    "kind", "rule", "subject", "summary", "due_at", "acknowledged_at", "acknowledged_by", "wrong_at", "wrong_reason",
    "withdrawn_at",
}  # fmt: skip


@pytest.fixture
def confirmed(desk):
    desk.says(desk.article("2025-01-10"), "KP", "decline", "in_combat")
    return desk.says(desk.article("2025-04-28"), "KP", "confirm", "in_combat", quote="they took part", via=("kcna",))


def test_nothing_is_found_before_anything_is_published(tmp_path, beat):
    assert findings.find(tmp_path, beat, WORDS) == findings.Findings()


def test_a_damaged_file_and_one_without_the_ledger_are_named(tmp_path, beat):
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(CorruptFileError, match=r"warehouse\.duckdb"):
        findings.find(tmp_path, beat, WORDS)
    path.unlink()
    duckdb.connect(str(path)).close()
    with pytest.raises(QueryError, match=r"warehouse\.duckdb"):
        findings.find(tmp_path, beat, WORDS)


def test_a_confirmation_is_found_in_the_published_file_with_its_words_source_and_history(desk, beat, confirmed):
    desk.publish()
    direct, implied = sorted(findings.find(desk.home, beat, ()).happenings, key=lambda f: f.step.implied_by or "")
    step = direct.step
    assert (step.claim, step.party, step.beat, step.grade) == ("in_combat", "KP", "dprk_russia", "single source")
    assert (step.quote, step.via, step.title, step.language) == ("they took part", ("kcna",), "Headline 1", "en")
    assert (step.prior_status, step.reversal, step.since) == ("declined", True, date(2025, 4, 28))
    assert (step.outlet, step.url, step.first_statement) == ("The Courier", "https://courier.example/1", confirmed)
    assert step.printed_at == datetime(2025, 4, 28, 12, tzinfo=UTC)
    assert (direct.kind, direct.summary) == ("first_confirmation", "North Korea confirms for the first time: in_combat")
    assert (implied.subject, implied.step.implied_by) == ("deployed", "in_combat")


def test_what_only_background_tells_or_is_on_record_raises_none(desk, raised):
    article = desk.article("2025-06-10")
    desk.says(article, "RU", "confirm", "in_combat", said_on=date(2025, 4, 26), background=True)
    desk.known("recaptured", "RU", "confirmed", "2025-01-01")
    desk.says(article, "RU", "confirm", "recaptured")
    assert raised() == ([], [])


@pytest.mark.usefixtures("confirmed")
def test_each_confirmation_raises_one_alert_ever(raised):
    new, changed = raised()
    assert [a.alert_id for a in new] == [stable_id("dprk_russia", a.subject, "KP") for a in new]
    assert [(a.kind, a.rule, a.subject) for a in new] == [
        ("first_confirmation", "first_confirmation", "deployed"),
        ("first_confirmation", "first_confirmation", "in_combat"),
    ]
    assert ({a.raised_at for a in new}, changed) == ({NOW}, [])
    assert raised(LATER) == ([], [])


@pytest.mark.usefixtures("confirmed")
def test_rows_of_before_there_were_kinds_are_first_confirmations(raised):
    new, _ = raised()
    old = alerts.table(new).select([c.name for c in tables.ALERTS.columns if c.name not in YOUNGER])
    read = alerts.stored(partition.conform(Path("part.parquet"), old, tables.ALERTS))
    assert read == [replace(alert, summary="") for alert in new]
    raised.stored.update({alert.alert_id: alert for alert in read})
    assert raised(LATER) == ([], [])


@pytest.mark.usefixtures("confirmed")
def test_alerts_survive_the_table(raised):
    new, _ = raised()
    sent = replace(new[0], deliveries=(Delivery("json://desk.example#1f", "failed", NOW, "refused"),))
    seen = replace(sent, acknowledged_at=NOW, acknowledged_by="ed", wrong_at=NOW, wrong_reason="no", withdrawn_at=NOW)
    quiet = Alert(
        "q1", NOW, "silence", "quiet", "feed-1", "feed-1 is silent", None, due_at=LATER, beat="test", since=NOW.date()
    )
    assert alerts.stored(alerts.table([seen, *new[1:], quiet])) == [seen, *new[1:], quiet]


def test_thanks_raise_an_alert_of_their_own_and_words_after_them_another(desk, raised):
    desk.says(desk.article("2025-04-27"), "RU", "praise", "in_combat")
    (thanks,), _ = raised()
    assert told([thanks]) == [("implicit", "in_combat")]
    assert thanks.alert_id == stable_id(stable_id("dprk_russia", "in_combat", "RU"), "implicit")
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat")
    new, changed = raised()
    assert (told(new), changed) == ([("first_confirmation", "deployed"), ("first_confirmation", "in_combat")], [])


@pytest.mark.usefixtures("confirmed")
def test_a_better_grade_or_an_earlier_date_changes_the_alert_and_raises_none_of_its_kind(desk, raised):
    new, _ = raised()
    sent = (Delivery("json://desk.example#1f", "sent", NOW),)
    raised.stored.update({a.alert_id: replace(a, deliveries=sent) for a in new})
    late = desk.says(desk.article("2025-04-29", "The Echo"), "KP", "confirm", "in_combat", said_on=date(2025, 4, 27))
    new, changed = raised(LATER)
    assert told(new) == [("grade_raised", "deployed"), ("grade_raised", "in_combat")]
    assert [a.implied_by for a in new] == ["in_combat", None]
    assert {(a.step.grade, a.step.first_statement, a.step.since) for a in changed} == {
        ("corroborated", late, date(2025, 4, 27))
    }
    assert {(a.raised_at, a.deliveries) for a in changed} == {(NOW, sent)}
    assert raised(LATER) == ([], [])


@pytest.mark.usefixtures("confirmed")
def test_more_of_the_same_evidence_changes_nothing(desk, raised):
    raised()
    desk.says(desk.article("2025-04-30", "The Courier"), "KP", "confirm", "in_combat")
    assert raised(LATER) == ([], [])


@pytest.mark.usefixtures("confirmed")
def test_direct_words_after_an_implied_confirmation_are_no_news(desk, raised):
    raised()
    words = {"speaker_id": "the_marshal", "quote": "we sent them"}
    desk.says(desk.article("2025-04-29", "The Echo"), "KP", "confirm", "deployed", **words)
    new, (changed,) = raised(LATER, plain())
    assert new == []
    assert (changed.subject, changed.implied_by, changed.step.grade) == ("deployed", "in_combat", "primary")


@pytest.mark.usefixtures("confirmed")
def test_direct_words_that_turn_out_to_be_earlier_leave_the_alert_implied(desk, raised):
    raised()
    early = desk.says(desk.article("2025-04-30", "The Echo"), "KP", "confirm", "deployed", said_on=date(2025, 4, 27))
    assert {c["claim"]: c["implied_by"] for c in desk.ask("FROM confirmations")} == {
        "deployed": None,
        "in_combat": None,
    }
    new, (changed,) = raised(LATER, plain())
    assert new == []
    assert (changed.step.first_statement, changed.implied_by) == (early, "in_combat")


@pytest.mark.usefixtures("confirmed")
def test_another_party_raises_its_own_alert(desk, raised):
    raised()
    desk.says(desk.article("2025-04-29"), "RU", "confirm", "deployed")
    new, _ = raised(LATER)
    assert [(a.subject, a.step.party) for a in new] == [("deployed", "RU")]


@pytest.mark.usefixtures("confirmed")
def test_a_rule_on_single_claims_tells_alone_what_no_other_rule_tells_with(raised):
    book = Rulebook((Rule("sent", "first_confirmation", claims=frozenset({"deployed"})),))
    (alone,), _ = raised(book=book)
    assert (alone.rule, alone.subject, alone.implied_by) == ("sent", "deployed", None)
    (second,), changed = raised(LATER)
    assert (second.rule, second.subject, changed) == ("first_confirmation", "in_combat", [])


@pytest.mark.usefixtures("confirmed")
def test_the_first_rule_that_is_on_it_takes_it_and_what_none_takes_waits(desk, raised):
    two = Rule("two", "first_confirmation", min_publishers=2)
    other = Rule("other", "first_confirmation", parties=frozenset({"RU"}))
    assert raised(book=Rulebook((two, other))) == ([], [])
    desk.says(desk.article("2025-04-29", "The Echo"), "KP", "confirm", "in_combat")
    new, _ = raised(LATER, Rulebook((other, two, Rule("all", "first_confirmation"))))
    assert {a.rule for a in new} == {"two"}


def test_the_first_denial_raises_one_alert_and_a_retraction_and_a_return_one_each(desk, raised):
    desk.says(desk.article("2025-04-01"), "RU", "deny", "recaptured")
    assert told(raised()[0]) == [("denial", "recaptured")]
    desk.says(desk.article("2025-04-03"), "RU", "deny", "recaptured")
    assert raised() == ([], [])
    desk.says(desk.article("2025-04-05"), "RU", "confirm", "recaptured")
    (first,), _ = raised()
    assert (first.kind, first.step.reversal, first.step.prior_status) == ("first_confirmation", True, "denied")
    desk.says(desk.article("2025-04-07"), "RU", "deny", "recaptured")
    (back,), _ = raised()
    assert (back.kind, back.step.prior_status) == ("reversal", "confirmed")
    assert back.summary == "Russia takes back what it had confirmed: recaptured"
    desk.says(desk.article("2025-04-08", "The Mirror"), "RU", "deny", "recaptured", said_on=date(2025, 4, 7))
    assert raised()[0] == []
    desk.says(desk.article("2025-04-09"), "RU", "confirm", "recaptured")
    (again,), _ = raised()
    assert (again.kind, again.step.prior_status) == ("reversal", "denied")
    assert again.summary == "Russia confirms again what it had taken back: recaptured"
    late = desk.says(desk.article("2025-04-08", "The Echo"), "RU", "deny", "recaptured", said_on=date(2025, 4, 6))
    new, changed = raised(LATER)
    assert new == []
    assert [(a.alert_id, a.step.first_statement) for a in changed] == [(back.alert_id, late)]


def test_each_of_many_reversals_keeps_its_alert_in_whatever_order_they_are_stored(desk, beat, raised):
    for number in range(1, 15):
        desk.says(desk.article(f"2025-04-{2 * number:02}"), "RU", ("deny", "confirm")[number % 2], "recaptured")
    stored, _ = raised()
    assert Counter(alert.kind for alert in stored) == {"first_confirmation": 1, "reversal": 7}
    for order in (stored, stored[::-1], stored[1::2] + stored[::2]):
        assert alerts.raise_new(desk.found(beat), order, beat, EVERY, LATER) == ([], [])
    new, changed = alerts.raise_new(desk.found(beat), stored[:-1], beat, EVERY, NOW)
    assert ([alert.alert_id for alert in new], changed) == ([stored[-1].alert_id], [])


def test_no_return_from_a_denial_that_one_publisher_alone_reported(desk, raised):
    desk.says(desk.article("2025-04-05"), "RU", "confirm", "recaptured")
    desk.says(desk.article("2025-04-07"), "RU", "deny", "recaptured")
    assert ("reversal", "recaptured") in told(raised()[0])
    desk.says(desk.article("2025-04-09"), "RU", "confirm", "recaptured")
    assert raised()[0] == []


def test_a_denial_that_an_article_tells_beside_the_confirmation_takes_nothing_back(desk, raised):
    article = desk.article("2025-04-05")
    desk.says(article, "RU", "confirm", "recaptured")
    assert told(raised()[0]) == [("first_confirmation", "recaptured")]
    later = desk.article("2025-04-06", "The Echo")
    desk.says(later, "RU", "deny", "recaptured")
    desk.says(later, "RU", "confirm", "recaptured")
    assert told(raised()[0]) == [("grade_raised", "recaptured")]


@pytest.mark.usefixtures("confirmed")
def test_what_a_retraction_implies_is_told_with_it(desk, raised):
    raised()
    desk.says(desk.article("2025-05-01"), "KP", "deny", "deployed")
    new, _ = raised(LATER)
    assert [(a.kind, a.subject, a.implied_by) for a in new if a.kind == "reversal"] == [
        ("reversal", "deployed", None),
        ("reversal", "in_combat", "deployed"),
    ]


def test_old_denials_and_retractions_are_no_news_and_old_confirmations_are(desk, raised):
    desk.says(desk.article("2024-10-24"), "RU", "deny", "recaptured")
    desk.says(desk.article("2024-11-24"), "RU", "confirm", "recaptured")
    desk.says(desk.article("2024-12-24"), "RU", "deny", "recaptured")
    new, _ = raised()
    assert told(new) == [("first_confirmation", "recaptured")]
    none = replace(EVERY.rules[2], fresh_days=None)
    assert told(raised(book=Rulebook((none,)))[0]) == [("denial", "recaptured")]
