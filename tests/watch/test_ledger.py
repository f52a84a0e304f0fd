"""The ledger's views on rows written by hand: who has said what, since when."""

from dataclasses import replace
from datetime import date

import pytest


def day(text):
    return date.fromisoformat(text)


def test_nothing_said_leaves_every_party_to_a_claim_silent(desk):
    rows = desk.ask("SELECT claim, party, state, since FROM claim_status ORDER BY ALL")
    assert {(r["claim"], r["party"]) for r in rows} == {
        ("casualties", "KP"), ("casualties", "RU"), ("prisoners", "KP"), ("prisoners", "UA"), ("in_combat", "KP"),
        ("in_combat", "RU"), ("deployed", "KP"), ("deployed", "RU"), ("recaptured", "RU"),
    }  # fmt: skip
    assert {(r["state"], r["since"]) for r in rows} == {("silent", None)}


def test_confirmation_after_a_denial_is_a_reversal(desk):
    denial = desk.says(desk.article("2024-10-24"), "KP", "deny", "deployed")
    words = desk.says(desk.article("2025-04-28"), "KP", "confirm", "deployed", quote="our units took part")
    found = desk.confirmation("deployed", "KP")
    assert (found["reversal"], found["prior_status"], found["since"]) == (True, "denied", day("2025-04-28"))
    assert (found["first_statement"], found["evidence"], found["quote"]) == (words, [words], "our units took part")
    status = desk.status("deployed", "KP")
    assert (status["state"], status["since"], status["evidence"]) == ("confirmed", day("2025-04-28"), [words])
    timeline = desk.ask("SELECT state, said_on, evidence FROM claim_timeline WHERE claim = 'deployed'")
    assert [(r["state"], r["evidence"]) for r in timeline] == [("denied", [denial]), ("confirmed", [words])]
    assert [r["claim"] for r in desk.ask("FROM reversals")] == ["deployed"]


def test_neither_confirmed_nor_denied_is_a_status_of_its_own_and_makes_a_reversal(desk):
    desk.says(desk.article("2024-10-24"), "RU", "deny", "in_combat")
    desk.says(desk.article("2025-01-10"), "RU", "decline", "in_combat")
    assert desk.status("in_combat", "RU")["state"] == "declined"
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    found = desk.confirmation("in_combat", "RU")
    assert (found["prior_status"], found["reversal"]) == ("declined", True)


def test_confirmation_out_of_silence_is_no_reversal(desk):
    desk.says(desk.article("2025-01-10"), "KR", "deny", "in_combat")
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    found = desk.confirmation("in_combat", "RU")
    assert (found["prior_status"], found["reversal"]) == ("silent", False)


def test_background_counts_for_history_from_the_day_it_was_said_but_is_no_news(desk):
    article = desk.article("2025-06-10")
    desk.says(article, "RU", "confirm", "in_combat", said_on=day("2025-04-26"), background=True)
    found = desk.confirmation("in_combat", "RU")
    assert (found["since"], found["news"]) == (day("2025-04-26"), False)
    desk.says(desk.article("2025-06-11"), "RU", "confirm", "in_combat")
    found = desk.confirmation("in_combat", "RU")
    assert (found["since"], found["news"]) == (day("2025-04-26"), True)


def test_an_old_denial_that_is_recalled_later_is_not_the_latest_word(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-06-10"), "RU", "deny", "in_combat", background=True)
    assert desk.status("in_combat", "RU")["state"] == "confirmed"
    found = desk.confirmation("in_combat", "RU")
    assert (found["prior_status"], found["reversal"]) == ("denied", True)


def test_the_same_article_may_recall_the_refusal_that_it_reports_the_end_of(desk):
    article = desk.article("2025-04-28")
    desk.says(article, "KP", "confirm", "in_combat")
    desk.says(article, "KP", "decline", "in_combat", background=True, said_on=None)
    found = desk.confirmation("in_combat", "KP")
    assert (found["prior_status"], found["reversal"]) == ("declined", True)
    assert desk.status("in_combat", "KP")["state"] == "confirmed"


def test_hypothetical_and_unofficial_words_count_for_nothing(desk):
    article = desk.article("2025-04-28")
    desk.says(article, "RU", "confirm", "in_combat", modality="hypothetical")
    for role in ("media", "expert", "source"):
        desk.says(article, "RU", "confirm", "in_combat", role=role)
    assert desk.status("in_combat", "RU")["state"] == "silent"
    assert desk.ask("FROM confirmations") == []


def test_plans_of_a_party_count(desk):
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "deployed", modality="planned")
    assert desk.confirmation("deployed", "RU") is not None


@pytest.mark.parametrize(("confidence", "state"), [(0.49, "silent"), (0.5, "confirmed")])
def test_words_below_the_confidence_floor_change_no_status(desk, confidence, state):
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat", confidence=confidence)
    assert desk.status("in_combat", "RU")["state"] == state
    assert len(desk.ask("FROM ledger_statements WHERE claim = 'in_combat'")) == 1


def test_a_bystander_confirms_nothing(desk):
    desk.says(desk.article("2024-10-23"), "US", "confirm", "in_combat")
    assert desk.ask("FROM confirmations") == []
    status = desk.status("in_combat", "US")
    assert (status["state"], status["is_party"]) == ("confirmed", False)


def test_said_on_is_never_after_publication(desk):
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat", said_on=day("2025-05-03"))
    assert desk.confirmation("in_combat", "RU")["since"] == day("2025-04-28")


def test_late_evidence_dates_the_confirmation_back(desk):
    desk.says(desk.article("2025-04-28"), "RU", "confirm", "in_combat", speaker="the president")
    late = desk.says(
        desk.article("2025-04-30"), "RU", "confirm", "in_combat", speaker="the general", said_on=day("2025-04-26")
    )
    found = desk.confirmation("in_combat", "RU")
    assert (found["since"], found["first_statement"], found["speaker"]) == (day("2025-04-26"), late, "the general")


def test_a_denial_after_the_confirmation_is_the_latest_word_and_the_confirmation_stays(desk):
    first = desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-05-02"), "RU", "deny", "in_combat")
    status = desk.status("in_combat", "RU")
    assert (status["state"], status["since"]) == ("denied", day("2025-05-02"))
    assert status["first_confirmed"] == day("2025-04-26")
    found = desk.confirmation("in_combat", "RU")
    assert (found["first_statement"], found["reversal"]) == (first, False)


def test_declining_to_comment_takes_no_confirmation_back(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-05-02"), "RU", "decline", "in_combat")
    status = desk.status("in_combat", "RU")
    assert (status["state"], status["last_said"]) == ("confirmed", day("2025-05-02"))


@pytest.mark.parametrize(("deny_hour", "state", "reversal"), [(8, "confirmed", True), (20, "denied", False)])
def test_on_one_day_the_order_of_printing_decides(desk, deny_hour, state, reversal):
    desk.says(desk.article("2025-04-26", hour=12), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-26", "The Echo", hour=deny_hour), "RU", "deny", "in_combat")
    assert desk.status("in_combat", "RU")["state"] == state
    assert desk.confirmation("in_combat", "RU")["reversal"] is reversal


def test_what_is_recalled_of_a_day_comes_before_the_news_of_that_day(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-28"), "RU", "deny", "in_combat", said_on=day("2025-04-26"), background=True)
    assert desk.status("in_combat", "RU")["state"] == "confirmed"
    assert desk.confirmation("in_combat", "RU")["prior_status"] == "denied"


@pytest.mark.parametrize(("confirm_id", "deny_id"), [("1", "2"), ("2", "1")])
def test_in_one_article_a_party_that_refused_and_confirmed_has_confirmed_last(desk, confirm_id, deny_id):
    article = desk.article("2025-04-26")
    desk.says(article, "RU", "confirm", "in_combat", statement_id=confirm_id)
    desk.says(article, "RU", "deny", "in_combat", statement_id=deny_id)
    assert desk.status("in_combat", "RU")["state"] == "confirmed"
    assert desk.confirmation("in_combat", "RU")["reversal"] is True


def test_thanks_after_a_confirmation_take_nothing_back(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-28"), "RU", "praise", "in_combat")
    status = desk.status("in_combat", "RU")
    assert (status["state"], status["notes"]) == ("confirmed", ["praised"])


def test_thanks_by_a_party_are_an_implicit_acknowledgement_until_it_confirms(desk):
    thanks = desk.says(desk.article("2025-04-20"), "RU", "praise", "in_combat")
    found = desk.confirmation("in_combat", "RU")
    assert (found["grade"], found["evidence"]) == ("implicit", [thanks])
    assert desk.status("in_combat", "RU")["state"] == "implicit"
    words = desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    found = desk.confirmation("in_combat", "RU")
    assert (found["grade"], found["since"], found["evidence"]) == ("single source", day("2025-04-26"), [words])


def test_condemnation_and_praise_by_others_are_notes_that_change_no_status(desk):
    article = desk.article("2025-04-28")
    desk.says(article, "KR", "condemn", "in_combat")
    desk.says(article, "BY", "praise", "in_combat")
    desk.says(article, "KP", "condemn", "recaptured")
    timeline = desk.ask("SELECT party, state, note FROM claim_timeline ORDER BY party, claim")
    assert [tuple(r.values()) for r in timeline] == [
        ("BY", "praised", True), ("KP", "condemned", True), ("KR", "condemned", True),
    ]  # fmt: skip
    assert desk.ask("FROM claim_status WHERE party IN ('KR', 'BY')") == []
    assert desk.ask("FROM confirmations") == []


def test_outlets_of_a_publisher_copies_and_texts_of_one_agency_are_one_publisher(desk):
    def publishers():
        return desk.ask("SELECT publishers FROM corroboration WHERE claim = 'in_combat' AND stance = 'confirm'")

    first = desk.article("2025-04-26", "The Courier")
    desk.says(first, "RU", "confirm", "in_combat")
    sister = desk.article("2025-04-26", "Courier TV", publisher="the courier")
    desk.says(sister, "RU", "confirm", "in_combat")
    copy = desk.article("2025-04-26", "The Mirror", copy_of=first.article_id)
    desk.says(copy, "RU", "confirm", "in_combat")
    copy_of_copy = desk.article("2025-04-27", "The Pond", copy_of=copy.article_id)
    desk.says(copy_of_copy, "RU", "confirm", "in_combat")
    assert publishers() == [{"publishers": 1}]
    for outlet in ("The Lark", "The Finch"):
        desk.says(desk.article("2025-04-27", outlet, agency="AFP"), "RU", "confirm", "in_combat")
    assert publishers() == [{"publishers": 2}]
    desk.says(desk.article("2025-04-27", "AFP", affiliation="wire"), "RU", "confirm", "in_combat")
    assert publishers() == [{"publishers": 2}]
    assert desk.confirmation("in_combat", "RU")["grade"] == "corroborated"


def test_one_publisher_that_prints_its_own_and_an_agency_text_is_one(desk):
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-26", agency="AFP"), "RU", "confirm", "in_combat")
    assert desk.confirmation("in_combat", "RU")["publishers"] == 1


@pytest.mark.parametrize(
    ("article", "statement", "grade"),
    [
        ({"affiliation": "state", "country": "RU"}, {}, "primary"),
        ({"affiliation": "official", "country": "RU"}, {}, "primary"),
        ({"affiliation": "state", "country": "CN"}, {}, "single source"),
        ({"affiliation": "independent", "country": "RU"}, {}, "single source"),
        ({}, {"speaker_id": "the_general", "quote": "they fought beside us"}, "primary"),
        ({}, {"speaker_id": "the_general"}, "single source"),
        ({}, {"quote": "they fought beside us"}, "single source"),
    ],
)
def test_a_primary_source_is_the_partys_own_outlet_or_a_named_speaker_word_for_word(desk, article, statement, grade):
    desk.says(desk.article("2025-04-26", **article), "RU", "confirm", "in_combat", **statement)
    assert desk.confirmation("in_combat", "RU")["grade"] == grade


def test_a_corrected_article_withdraws_what_it_no_longer_says(desk):
    article = desk.article("2025-04-26")
    desk.says(article, "RU", "confirm", "in_combat")
    desk.says(article, "KP", "confirm", "in_combat")
    desk.articles.append(replace(article, revision=2, content_sha256="2" * 64))
    desk.says(desk.articles[-1], "KP", "confirm", "in_combat")
    assert desk.confirmation("in_combat", "RU") is None
    assert len(desk.confirmation("in_combat", "KP")["evidence"]) == 1
    desk.articles.append(replace(article, revision=3, relevant=False, text=None))
    assert desk.ask("FROM ledger_statements") == []


def test_articles_that_copy_each_other_do_not_hang_the_ledger(desk):
    desk.says(desk.article("2025-04-26", "The Courier", copy_of="article-001"), "RU", "confirm", "in_combat")
    desk.says(desk.article("2025-04-26", "The Echo", copy_of="article-000"), "RU", "confirm", "in_combat")
    assert desk.confirmation("in_combat", "RU")["publishers"] == 2


def test_rows_in_any_order_give_the_same_ledger(desk):
    for outlet in ("The Courier", "The Echo", "The Lark"):
        article = desk.article("2025-04-26", outlet)
        for stance in ("decline", "confirm", "praise", "deny"):
            desk.says(article, "RU", stance, "in_combat")
    views = ("claim_status", "claim_timeline", "corroboration", "confirmations", "ledger_steps", "source_trees")
    before = [desk.ask(f"FROM {view}") for view in views]
    desk.statements.reverse()
    desk.articles.reverse()
    assert [desk.ask(f"FROM {view}") for view in views] == before
