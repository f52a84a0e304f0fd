"""Who says the opposite now; and parties whose own officials contradict them."""

import pytest


def disputes(desk):
    rows = desk.ask("FROM disputes WHERE claim = 'recaptured'")
    return [(r["party"], r["state"], r["opponent"], r["opponent_state"], str(r["opponent_since"])) for r in rows]


def test_who_denies_what_a_party_confirms_is_its_opponent_and_it_is_theirs(desk):
    words = desk.says(desk.article("2025-04-26"), "RU", "confirm", "recaptured")
    denial = desk.says(desk.article("2025-04-27"), "UA", "deny", "recaptured")
    desk.says(desk.article("2025-04-27"), "KR", "condemn", "recaptured")
    assert disputes(desk) == [
        ("RU", "confirmed", "UA", "denied", "2025-04-27"),
        ("UA", "denied", "RU", "confirmed", "2025-04-26"),
    ]
    one = desk.ask("FROM disputes WHERE party = 'RU'")[0]
    assert (one["evidence"], one["opponent_evidence"]) == ([words], [denial])


def test_who_has_turned_round_is_no_opponent_any_more(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "recaptured")
    desk.says(desk.article("2025-04-27"), "UA", "deny", "recaptured")
    desk.says(desk.article("2025-05-20"), "UA", "confirm", "recaptured")
    assert disputes(desk) == []


def grade(desk):
    return desk.confirmation("recaptured", "RU")["grade"]


@pytest.mark.parametrize("day", ["2025-04-26", "2025-04-30"])
def test_a_denial_by_the_same_party_on_the_day_or_later_makes_its_confirmation_disputed(desk, day):
    confirmed = desk.says(desk.article("2025-04-26"), "RU", "confirm", "recaptured")
    denied = desk.says(desk.article(day, "The Echo"), "RU", "deny", "recaptured")
    assert grade(desk) == "disputed"
    (within,) = desk.ask("FROM disputes WHERE party = opponent")
    assert (within["party"], within["evidence"], within["opponent_evidence"]) == ("RU", [confirmed], [denied])
    assert desk.status("recaptured", "RU")["contested"] is True
    steps = desk.ask("SELECT grade FROM ledger_steps WHERE state = 'confirmed'")
    assert [s["grade"] for s in steps] == ["disputed"]


@pytest.mark.parametrize(
    ("day", "values"),
    [
        ("2025-04-20", {}),  # before the confirmation: a reversal
        ("2025-04-30", {"background": True, "said_on": None}),
        ("2025-04-30", {"background": True}),
        ("2025-04-30", {"confidence": 0.3}),
        ("2025-04-30", {"role": "expert"}),
        ("2025-04-30", {"party": "UA"}),
    ],
)
def test_what_does_not_contradict_it(desk, day, values):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "recaptured")
    article = desk.article(day, "The Echo")
    desk.says(article, **{"party": "RU", "stance": "deny", "claim": "recaptured", **values})
    assert grade(desk) == "single source"


def test_a_denial_that_was_taken_back_contradicts_nothing_any_more(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "recaptured")
    desk.says(desk.article("2025-04-30"), "RU", "deny", "recaptured")
    desk.says(desk.article("2025-05-02"), "RU", "confirm", "recaptured")
    assert grade(desk) == "single source"
    assert disputes(desk) == []


def test_an_article_that_tells_of_the_denial_and_of_its_end_disputes_nothing(desk):
    article = desk.article("2025-04-26")
    desk.says(article, "RU", "deny", "recaptured")
    desk.says(article, "RU", "confirm", "recaptured")
    assert grade(desk) == "single source"
