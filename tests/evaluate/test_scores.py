"""Scores: micro averages by layer and language, with the claims that a claim implies."""

from typing import Any

import pytest

from media_monitor.beat import Claim
from media_monitor.evaluate import LAYERS, Score, evaluate, implied

CLAIMS = {
    claim.claim_id: claim
    for claim in (
        Claim("wounded", "", ("AV", "BR"), ("fought",), {}),
        Claim("captured", "", ("AV", "DU"), ("fought",), {}),
        Claim("fought", "", ("AV", "BR"), ("sent",), {}),
        Claim("sent", "", ("AV", "BR"), (), {}),
    )
}


def document(number: int, language: str = "en", relevant: bool = True, **labels: Any) -> dict[str, Any]:
    empty = {"entities": [], "statements": [], "events": []}
    return {"id": f"d{number}", "language": language, "relevant": relevant, **empty, **labels}


def said(party: str, stance: str, claim: str, role: str = "official") -> dict[str, str]:
    return {"party": party, "role": role, "stance": stance, "claim": claim}


def counts(score: Score) -> tuple[int, int, int]:
    return score.right, score.wrong, score.missed


def test_reaches_what_a_claim_implies_through_others() -> None:
    assert implied("wounded", CLAIMS) == ["wounded", "fought", "sent"]
    assert implied("unknown", CLAIMS) == ["unknown"]


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        ("confirm", (2, 0, 1)),
        ("allege", (2, 0, 1)),
        ("decline", (2, 0, 1)),
        ("condemn", (2, 0, 1)),
        ("praise", (2, 0, 1)),
        ("deny", (0, 1, 1)),
    ],
)
def test_the_general_claim_is_half_right_except_in_a_denial(stance: str, expected: tuple[int, int, int]) -> None:
    gold = document(1, statements=[said("AV", stance, "wounded")])
    found = document(1, statements=[said("AV", stance, "fought")])
    assert counts(evaluate([gold], [found], CLAIMS).overall["statements"]) == expected


def test_confirmations_are_confirmed_by_a_party_to_the_claim() -> None:
    gold = document(1, statements=[said("DU", "confirm", "captured"), said("BR", "confirm", "sent")])
    report = evaluate([gold], [gold], CLAIMS)
    assert counts(report.overall["statements"]) == (4, 0, 0)
    assert counts(report.overall["confirmations"]) == (2, 0, 0)


def test_only_officials_count_and_each_label_once() -> None:
    gold = document(1, statements=[said("AV", "deny", "sent")] * 2)
    found = document(1, statements=[said("AV", "deny", "sent"), said("BR", "deny", "sent", "expert")])
    assert counts(evaluate([gold], [found], CLAIMS).overall["statements"]) == (1, 0, 0)


def test_documents_that_are_not_relevant_count_for_relevance_alone() -> None:
    gold = [document(1, relevant=False), document(2, entities=["a"])]
    found = [document(1, entities=["a", "b"]), document(2, relevant=False)]
    report = evaluate(gold, found, CLAIMS)
    assert counts(report.overall["relevant"]) == (0, 1, 1)
    assert counts(report.overall["entities"]) == (0, 0, 1)


def test_entities_outside_the_list_of_the_labels_can_be_left_out() -> None:
    gold, found = document(1, entities=["a"]), document(1, entities=["a", "z"])
    assert counts(evaluate([gold], [found], CLAIMS).overall["entities"]) == (1, 1, 0)
    assert counts(evaluate([gold], [found], CLAIMS, {"a"}).overall["entities"]) == (1, 0, 0)


def test_events_are_type_actor_and_recipient() -> None:
    event = {"type": "AID", "actor": "AV", "recipient": "BR"}
    gold = document(1, events=[event])
    found = document(1, events=[event, {**event, "type": "AGREE"}])
    assert counts(evaluate([gold], [found], CLAIMS).overall["events"]) == (1, 1, 0)


def test_languages_are_the_gold_ones_and_add_up() -> None:
    gold = [document(1, "ko", entities=["a"]), document(2, "ar", entities=["a", "b"]), document(3, "ar")]
    found = [document(1, "ja", entities=["a"]), document(2, "ar", entities=["a"])]
    report = evaluate(gold, found, CLAIMS)
    assert list(report.languages) == ["ar", "ko"]
    assert report.documents == {"ko": 1, "ar": 2}
    assert counts(report.languages["ar"]["relevant"]) == (1, 0, 1)
    for layer in LAYERS:
        assert report.overall[layer] == sum((s[layer] for s in report.languages.values()), Score())
    assert [(d.document_id, d.layer, d.missed) for d in report.differences] == [
        ("d2", "entities", (("b",),)),
        ("d3", "relevant", (("relevant",),)),
    ]


def test_scores_are_precision_recall_and_their_mean() -> None:
    score = Score(right=6, wrong=2, missed=6)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.5, 0.6)
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)
    plain = evaluate([document(1)], [document(1)], CLAIMS).as_dict()
    assert plain["overall"]["relevant"]["f1"] == plain["languages"]["en"]["relevant"]["f1"] == 1.0
