"""A corrected article takes its evidence back, visibly."""

from dataclasses import replace
from datetime import UTC, datetime


def corrected(desk, article, **values):
    """The next revision of the article, two hours later."""
    moment = datetime(2025, 4, 26, 14, tzinfo=UTC)
    number = article.revision + 1
    again = replace(article, revision=number, content_sha256=f"{number}" * 64, fetched_at=moment, **values)
    desk.articles.append(again)
    return again


def test_a_correction_withdraws_what_it_no_longer_says_and_says_so(desk):
    desk.says(desk.article("2024-10-24"), "RU", "deny", "recaptured")
    article = desk.article("2025-04-26")
    words = desk.says(article, "RU", "confirm", "recaptured", quote="it is ours", speaker="the general")
    corrected(desk, article)
    (row,) = desk.ask("FROM withdrawn_statements")
    assert (row["claim"], row["party"], row["stance"], row["statement_id"]) == ("recaptured", "RU", "confirm", words)
    assert (row["revision"], row["withdrawn_in"], row["withdrawn_at"]) == (1, 2, datetime(2025, 4, 26, 14, tzinfo=UTC))
    assert (row["quote"], row["speaker"], row["url"]) == ("it is ours", "the general", "https://courier.example/1")
    assert desk.confirmation("recaptured", "RU") is None
    assert desk.status("recaptured", "RU")["state"] == "denied"
    assert [s["state"] for s in desk.ask("FROM ledger_steps")] == ["denied"]


def test_a_confirmation_that_others_tell_of_too_stays(desk):
    article = desk.article("2025-04-26")
    desk.says(article, "RU", "confirm", "recaptured")
    other = desk.says(desk.article("2025-04-26", "The Echo"), "RU", "confirm", "recaptured")
    corrected(desk, article)
    assert desk.confirmation("recaptured", "RU")["evidence"] == [other]
    assert len(desk.ask("FROM withdrawn_statements")) == 1


def test_what_a_later_revision_says_again_is_not_withdrawn(desk):
    article = desk.article("2025-04-26")
    desk.says(article, "RU", "confirm", "recaptured")
    second = corrected(desk, article)
    desk.says(second, "RU", "confirm", "recaptured")
    assert desk.ask("FROM withdrawn_statements") == []
    third = corrected(desk, second)
    (row,) = desk.ask("FROM withdrawn_statements")
    assert (row["revision"], row["withdrawn_in"]) == (2, 3)
    desk.says(third, "RU", "confirm", "recaptured")
    assert desk.ask("FROM withdrawn_statements") == []


def test_an_article_that_became_irrelevant_withdraws_all(desk):
    article = desk.article("2025-04-26")
    desk.says(article, "RU", "confirm", "recaptured")
    corrected(desk, article, relevant=False, text=None)
    assert len(desk.ask("FROM withdrawn_statements")) == 1
    assert desk.confirmation("recaptured", "RU") is None


def test_what_is_withdrawn_is_withdrawn_from_all_that_it_implied(desk):
    article = desk.article("2025-04-28")
    desk.says(article, "KP", "confirm", "in_combat")
    corrected(desk, article)
    rows = desk.ask("SELECT claim, implied_by FROM withdrawn_statements ORDER BY claim")
    assert [tuple(r.values()) for r in rows] == [("deployed", "in_combat"), ("in_combat", None)]
