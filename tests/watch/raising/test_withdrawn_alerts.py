"""Alerts whose evidence is corrected, withdrawn or judged wrong, and what is found after that."""

from dataclasses import replace
from datetime import timedelta

from tests.watch.alerting import LATER, NOW, told


def corrected(desk, article):
    """A new revision of the article, which makes no statement."""
    again = replace(article, revision=article.revision + 1, fetched_at=article.fetched_at + timedelta(days=1))
    desk.articles.append(again)
    return again


def test_an_alert_whose_last_evidence_is_corrected_is_withdrawn_and_this_is_told_once(desk, raised):
    one, two = desk.article("2025-04-28"), desk.article("2025-04-28", "The Echo")
    desk.says(one, "KP", "confirm", "in_combat")
    desk.says(two, "KP", "confirm", "in_combat")
    first, _ = raised()
    corrected(desk, one)
    assert raised(LATER)[0] == []
    corrected(desk, two)
    new, changed = raised(LATER)
    assert [(a.kind, a.subject, a.implied_by) for a in new] == [
        ("withdrawn", "deployed", "in_combat"),
        ("withdrawn", "in_combat", None),
    ]
    assert {(a.alert_id, a.withdrawn_at) for a in changed} == {(a.alert_id, LATER) for a in first}
    assert raised(LATER) == ([], [])


def test_evidence_that_comes_back_ends_the_withdrawal_and_new_evidence_is_a_new_confirmation(desk, raised):
    article = desk.article("2025-04-28")
    desk.says(article, "RU", "confirm", "recaptured")
    (first,), _ = raised()
    empty = corrected(desk, article)
    raised(LATER)
    desk.says(corrected(desk, empty), "RU", "confirm", "recaptured")
    new, (back,) = raised(LATER)
    assert (new, back.alert_id, back.withdrawn_at) == ([], first.alert_id, None)
    corrected(desk, desk.articles[-1])
    _, (gone,) = raised(LATER)
    assert gone.withdrawn_at == LATER
    desk.says(desk.article("2025-05-02"), "RU", "confirm", "recaptured")
    (second,), changed = raised(LATER)
    assert (second.kind, changed) == ("first_confirmation", [])
    assert raised(LATER) == ([], [])


def test_thanks_that_are_left_when_the_confirmation_is_withdrawn_are_no_news(desk, raised):
    article = desk.article("2025-04-28")
    desk.says(desk.article("2025-04-27"), "RU", "praise", "recaptured")
    desk.says(article, "RU", "confirm", "recaptured")
    raised()
    corrected(desk, article)
    new, _ = raised(LATER)
    assert told(new) == [("withdrawn", "recaptured")]


def test_after_an_alert_was_judged_wrong_other_words_raise_a_new_one(desk, raised):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "recaptured")
    (first,), _ = raised()
    raised.stored[first.alert_id] = replace(first, wrong_at=NOW, wrong_reason="hearsay")
    desk.statements.clear()  # as the ledger does with what a verdict names
    assert raised(LATER) == ([], [])
    desk.says(desk.article("2025-05-02"), "RU", "confirm", "recaptured")
    (second,), changed = raised(LATER)
    assert (second.kind, changed, raised(LATER)) == ("first_confirmation", [], ([], []))
