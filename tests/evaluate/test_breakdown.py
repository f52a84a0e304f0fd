"""What lies behind the scores: stances taken for others, events by type, the worst documents."""

from typing import Any

from media_monitor.beat import Claim
from media_monitor.evaluate import Report, Score, breakdown, evaluate

CLAIMS = {name: Claim(name, "", ("AV", "BR"), (), {}) for name in ("fought", "sent")}


def document(number: int, statements: list[tuple[str, str, str]], events: list[str] | None = None) -> dict[str, Any]:
    said = [{"party": p, "role": "official", "stance": s, "claim": c} for p, s, c in statements]
    done = [{"type": kind, "actor": "AV", "recipient": "BR"} for kind in events or []]
    labels = {"relevant": True, "entities": [], "statements": said, "events": done}
    return {"id": f"d{number}", "language": "en", "title": f"Title {number}", **labels}


def judged(*pairs: tuple[dict[str, Any], dict[str, Any]]) -> Report:
    return evaluate([gold for gold, _ in pairs], [found for _, found in pairs], CLAIMS)


def test_a_stance_is_paired_with_the_one_found_for_the_same_party_and_claim() -> None:
    gold = document(1, [("AV", "deny", "sent"), ("BR", "confirm", "sent"), ("AV", "praise", "fought")])
    found = document(1, [("AV", "confirm", "sent"), ("BR", "confirm", "sent"), ("BR", "allege", "fought")])
    assert breakdown.confusion(judged((gold, found)).judged) == {
        ("deny", "confirm"): 1,
        ("confirm", "confirm"): 1,
        ("praise", "none"): 1,
        ("none", "allege"): 1,
    }


def test_of_several_stances_those_that_agree_are_paired_first() -> None:
    gold = document(1, [("AV", "allege", "sent"), ("AV", "condemn", "sent")])
    found = document(1, [("AV", "condemn", "sent"), ("AV", "deny", "sent")])
    assert breakdown.confusion(judged((gold, found)).judged) == {("condemn", "condemn"): 1, ("allege", "deny"): 1}


def test_the_matrix_has_every_stance_in_rows_and_columns() -> None:
    rows = breakdown.matrix({("deny", "none"): 3})
    assert [row for row, _ in rows] == list(breakdown.STANCES)
    assert dict(rows)["deny"][breakdown.STANCES.index("none")] == 3
    assert sum(sum(cells) for _, cells in rows) == 3


def test_events_are_counted_by_type() -> None:
    report = judged((document(1, [], ["AID", "AGREE"]), document(1, [], ["AID", "ACCUSE"])))
    assert breakdown.event_types(report.judged) == {
        "AGREE": Score(missed=1),
        "AID": Score(right=1),
        "ACCUSE": Score(wrong=1),
    }


def test_the_worst_documents_come_first_and_faultless_ones_not_at_all() -> None:
    good, bad = document(1, [("AV", "deny", "sent")]), document(2, [("AV", "deny", "sent"), ("BR", "deny", "sent")])
    worse = document(3, [("AV", "deny", "sent")], ["AID", "AGREE"])
    report = judged((good, good), (bad, document(2, [("AV", "deny", "sent")])), (worse, document(3, [])))
    assert [one.document_id for one in breakdown.worst(report.judged, 5)] == ["d3", "d2"]
    assert [one.title for one in breakdown.worst(report.judged, 1)] == ["Title 3"]
    assert [one.document_id for one in breakdown.worst(report.judged, 1, ("events",))] == ["d3"]
