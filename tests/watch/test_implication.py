"""What follows from what: claims that imply others, in the views of the ledger."""

from datetime import date


def day(text):
    return date.fromisoformat(text)


def test_what_a_claim_implies_is_confirmed_with_it_over_any_number_of_steps(desk):
    words = desk.says(desk.article("2025-04-28"), "KP", "confirm", "casualties")
    rows = desk.ask("SELECT claim, party, implied_by, first_statement FROM confirmations ORDER BY claim")
    assert [tuple(r.values()) for r in rows] == [
        ("casualties", "KP", None, words),
        ("deployed", "KP", "casualties", words),
        ("in_combat", "KP", "casualties", words),
    ]
    assert desk.status("deployed", "KP")["implied_by"] == "casualties"


def test_implied_by_a_claim_that_the_speaker_is_no_party_to_is_news_of_its_own(desk):
    desk.says(desk.article("2025-01-12"), "RU", "confirm", "prisoners")
    assert desk.confirmation("prisoners", "RU") is None
    assert desk.confirmation("in_combat", "RU")["implied_by"] is None
    assert desk.confirmation("deployed", "RU")["implied_by"] is None


def test_direct_words_later_do_not_hide_that_the_first_confirmation_was_implied(desk):
    early = desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    late = desk.says(desk.article("2025-04-28"), "RU", "confirm", "deployed")
    found = desk.confirmation("deployed", "RU")
    assert (found["implied_by"], found["first_statement"], found["evidence"]) == ("in_combat", early, [early, late])


def test_direct_words_before_the_specific_claim_are_news_of_their_own(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "deployed")
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat")
    assert desk.confirmation("deployed", "RU")["implied_by"] is None


def test_on_the_same_day_the_words_about_the_claim_itself_are_shown(desk):
    article = desk.article("2025-04-28")
    desk.says(article, "KP", "confirm", "in_combat")
    direct = desk.says(article, "KP", "confirm", "deployed")
    found = desk.confirmation("deployed", "KP")
    assert (found["first_statement"], found["implied_by"]) == (direct, None)


def test_the_specific_claim_is_the_news_where_more_publishers_print_it(desk):
    desk.says(desk.article("2025-04-28"), "KP", "confirm", "deployed")
    for outlet in ("The Echo", "The Mirror"):
        desk.says(desk.article("2025-04-28", outlet), "KP", "confirm", "in_combat")
    assert desk.confirmation("deployed", "KP")["implied_by"] == "in_combat"
    assert desk.confirmation("in_combat", "KP")["implied_by"] is None


def test_what_only_follows_from_a_more_specific_confirmation_is_implied_by_it(desk):
    desk.says(desk.article("2025-04-28"), "KP", "confirm", "in_combat")
    assert desk.confirmation("deployed", "KP")["implied_by"] == "in_combat"


def test_of_the_words_of_one_article_the_surest_of_a_primary_source_are_shown(desk):
    article = desk.article("2025-04-28")
    desk.says(article, "KP", "confirm", "in_combat", confidence=0.95, statement_id="1")
    named = {"speaker_id": "the_marshal"}
    desk.says(article, "KP", "confirm", "in_combat", confidence=0.6, quote="valour", statement_id="2", **named)
    desk.says(article, "KP", "confirm", "in_combat", confidence=0.9, quote="they fought", statement_id="3", **named)
    assert desk.confirmation("in_combat", "KP")["quote"] == "they fought"


def test_claims_that_imply_each_other_do_not_swallow_the_news(desk):
    rows = desk.claims.to_pylist()
    circle = [r | {"implies": ["in_combat"]} if r["claim"] == "deployed" else r for r in rows]
    desk.claims = desk.claims.from_pylist(circle, schema=desk.claims.schema)
    desk.says(desk.article("2025-04-28"), "KP", "confirm", "deployed")
    assert desk.confirmation("deployed", "KP")["implied_by"] is None


def test_denying_the_general_claim_denies_the_specific_ones_but_not_the_reverse(desk):
    desk.says(desk.article("2024-10-24"), "KP", "deny", "deployed")
    desk.says(desk.article("2024-10-25"), "RU", "deny", "casualties")
    assert (desk.status("casualties", "KP")["state"], desk.status("casualties", "KP")["implied_by"]) == (
        "denied",
        "deployed",
    )
    assert desk.status("deployed", "RU")["state"] == "silent"
    desk.says(desk.article("2025-04-28"), "KP", "confirm", "in_combat")
    assert desk.confirmation("in_combat", "KP")["prior_status"] == "denied"


def test_a_party_that_alleges_something_else_has_not_alleged_its_own_claim(desk):
    desk.says(desk.article("2025-01-10"), "RU", "decline", "in_combat")
    desk.says(desk.article("2025-01-12"), "RU", "allege", "prisoners")
    desk.says(desk.article("2025-01-12"), "KR", "allege", "prisoners")
    assert desk.status("in_combat", "RU")["state"] == "declined"
    assert desk.status("in_combat", "KR")["state"] == "alleged"
