"""The dated history of a claim and party: each change of state is a step, with the words that made it."""

import pytest


def steps(desk, claim="in_combat", party="RU"):
    return desk.ask(f"FROM ledger_steps WHERE claim = '{claim}' AND party = '{party}' ORDER BY step")


def told(desk, *columns, claim="in_combat", party="RU"):
    return [tuple(str(row[c]) for c in columns) for row in steps(desk, claim, party)]


def test_a_history_from_silence_to_confirmation_and_back(desk):
    for day, stance in [
        ("2024-10-10", "allege"), ("2024-10-24", "decline"), ("2024-11-05", "deny"), ("2025-03-21", "praise"),
        ("2025-04-26", "confirm"), ("2025-05-02", "deny"), ("2025-05-09", "confirm"),
    ]:  # fmt: skip
        desk.says(desk.article(day), "RU", stance, "in_combat")
    assert told(desk, "step", "said_on", "prior_state", "state", "reversal") == [
        ("1", "2024-10-10", "silent", "alleged", "False"),
        ("2", "2024-10-24", "alleged", "declined", "False"),
        ("3", "2024-11-05", "declined", "denied", "False"),
        ("4", "2025-03-21", "denied", "implicit", "True"),
        ("5", "2025-04-26", "implicit", "confirmed", "True"),
        ("6", "2025-05-02", "confirmed", "denied", "True"),
        ("7", "2025-05-09", "denied", "confirmed", "True"),
    ]


def test_reversals_tell_both_directions(desk):
    desk.says(desk.article("2024-10-24"), "RU", "deny", "in_combat")
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-05-02"), "RU", "deny", "in_combat")
    rows = desk.ask("SELECT prior_status, state FROM reversals WHERE claim = 'in_combat'")
    assert [tuple(r.values()) for r in rows] == [("denied", "confirmed"), ("confirmed", "denied")]


def test_a_denial_after_a_refusal_and_a_first_confirmation_are_no_reversals(desk):
    desk.says(desk.article("2024-10-24"), "RU", "decline", "in_combat")
    desk.says(desk.article("2024-11-24"), "RU", "deny", "in_combat")
    desk.says(desk.article("2025-04-26"), "KP", "confirm", "in_combat")
    assert desk.ask("FROM reversals") == []


def test_a_step_has_its_evidence_and_the_words_of_its_first_day(desk):
    early = desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat", speaker="the general")
    late = desk.says(desk.article("2025-04-28", "The Echo"), "RU", "confirm", "in_combat", speaker="the president")
    (step,) = steps(desk)
    assert (step["evidence"], step["first_statement"], step["speaker"]) == ([early, late], early, "the general")
    assert (step["publishers"], step["grade"], step["outlet"]) == (2, "corroborated", "The Courier")
    assert (step["beat"], step["quote"], step["language"]) == ("dprk_russia", "the clause", "en")


def test_a_step_counts_from_when_it_was_said_and_not_from_when_it_was_printed(desk):
    desk.says(desk.article("2025-05-09"), "RU", "confirm", "in_combat", said_on=desk.day("2025-04-26"))
    assert told(desk, "said_on", "printed_at", "news") == [("2025-04-26", "2025-05-09 12:00:00+00:00", "True")]


def test_old_words_without_a_date_come_first_and_are_no_later_than_what_follows(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-06-10"), "RU", "deny", "in_combat", background=True)
    assert told(desk, "state", "said_on", "undated", "news") == [
        ("denied", "2025-04-26", "True", "False"),
        ("confirmed", "2025-04-26", "False", "True"),
    ]


def test_late_evidence_dates_a_step_anew_and_makes_no_other(desk):
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-05-03"), "RU", "confirm", "in_combat", said_on=desk.day("2025-04-26"))
    assert told(desk, "said_on", "state") == [("2025-04-26", "confirmed")]


def test_late_evidence_of_a_denial_between_two_confirmations_parts_them(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-05-20"), "RU", "confirm", "in_combat")
    assert told(desk, "state") == [("confirmed",)]
    desk.says(desk.article("2025-05-21"), "RU", "deny", "in_combat", said_on=desk.day("2025-05-10"))
    assert told(desk, "state") == [("confirmed",), ("denied",), ("confirmed",)]


def test_what_only_background_tells_is_no_news(desk):
    article = desk.article("2025-06-10")
    desk.says(article, "RU", "confirm", "in_combat", background=True, said_on=desk.day("2025-04-26"))
    assert told(desk, "state", "news") == [("confirmed", "False")]


@pytest.mark.parametrize(("recalling", "news"), [(["The Courier"], True), (["The Courier", "The Echo"], False)])
def test_what_two_publishers_have_recalled_is_known_and_said_again_it_is_no_news(desk, recalling, news):
    for outlet in recalling:
        article = desk.article("2025-06-10", outlet)
        desk.says(article, "RU", "confirm", "in_combat", background=True, said_on=desk.day("2025-04-26"))
    desk.says(desk.article("2025-06-11"), "RU", "confirm", "in_combat")
    assert told(desk, "said_on", "news") == [("2025-04-26", str(news))]
    assert desk.confirmation("in_combat", "RU")["news"] is news


def test_a_recollection_beside_the_news_of_the_day_does_not_hide_it(desk):
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat")
    for outlet in ("The Courier", "The Echo"):
        article = desk.article("2025-04-29", outlet)
        desk.says(article, "RU", "confirm", "in_combat", background=True, said_on=desk.day("2025-04-26"))
    assert desk.confirmation("in_combat", "RU")["news"] is True


def timeline(desk):
    rows = desk.ask("SELECT said_on, state, news FROM claim_timeline WHERE claim = 'in_combat' ORDER BY ALL")
    return [(str(r["said_on"]), r["state"], r["news"]) for r in rows]


def test_what_repeats_a_known_confirmation_is_coverage(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-05-09"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-06-17"), "RU", "decline", "in_combat")
    assert timeline(desk) == [
        ("2025-04-26", "confirmed", True),
        ("2025-05-09", "confirmed", False),
        ("2025-06-17", "declined", False),
    ]


def test_the_day_after_a_change_its_report_is_news_and_two_days_after_it_is_coverage(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-27", hour=11), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat")
    assert [news for _, _, news in timeline(desk)] == [True, True, False]
