"""Scores for people: one extractor or several side by side, filtered by layer, and the worst documents."""

import io
from typing import Any

from rich.console import Console

from media_monitor.beat import Claim
from media_monitor.evaluate import Report, comparison, evaluate
from media_monitor.report.printed.evaluation import comparisons, scores

CLAIMS = {"sent": Claim("sent", "", ("AV", "BR"), (), {})}


def document(number: int, parties: str, entities: str = "") -> dict[str, Any]:
    said = [{"party": p, "role": "official", "stance": "confirm", "claim": "sent"} for p in parties.split()]
    labels = {"relevant": True, "entities": entities.split(), "statements": said, "events": []}
    return {"id": f"d{number}", "language": "ko", "title": f"[bold]Title {number}[/bold]", **labels}


GOLD = [document(1, "AV BR", "a"), document(2, "AV")]
HALF = evaluate(GOLD, [document(1, "AV", "b"), document(2, "")], CLAIMS)
ALL = evaluate(GOLD, GOLD, CLAIMS)


def printed(show: Any, *arguments: Any) -> str:
    out = io.StringIO()
    show(Console(file=out, width=140), *arguments)
    return out.getvalue()


def lines(text: str, word: str) -> list[list[str]]:
    return [line.replace("│", " ").split() for line in text.splitlines() if line.startswith(f"│ {word}")]


def test_one_extractor_has_a_line_a_layer() -> None:
    shown = printed(scores.print_scores, {"rules": HALF})
    assert lines(shown, "statements") == [["statements", "1.00", "0.33", "0.50", "1", "0", "2"]]
    assert lines(shown, "events") == [["events", "–", "–", "–", "0", "0", "0"]]
    assert lines(shown, "ko") == [["ko", "2", "1.00", "0.00", "0.50", "0.50", "–"]]
    assert lines(shown, "confirm ") == [["confirm", "1", "·", "·", "·", "·", "·", "2"]]
    assert "rules" not in shown


def test_several_extractors_stand_side_by_side() -> None:
    shown = printed(scores.print_scores, {"more": ALL, "rules": HALF})
    assert lines(shown, "statements") == [
        ["statements", "more", "1.00", "1.00", "1.00"],
        ["statements", "rules", "1.00", "0.33", "0.50"],
    ]
    assert "F1 by language (rules→more)" in shown
    assert lines(shown, "ko") == [["ko", "2", "1.00", "0.00→1.00", "0.50→1.00", "0.50→1.00", "–"]]


def test_layers_that_are_not_asked_for_are_left_out() -> None:
    shown = printed(scores.print_scores, {"rules": HALF}, ("entities",))
    assert "entities" in shown
    assert not {"statements", "Stances", "Event"} & set(shown.split())


def test_the_worst_documents_say_what_is_wrong_and_what_is_missed() -> None:
    shown = printed(scores.print_worst, HALF, 1)
    assert shown.split("\n")[1:-1] == [
        "d1  [bold]Title 1[/bold]",
        "  missed statements: BR confirm sent",
        "  wrong  entities: b",
        "  missed entities: a",
    ]
    assert printed(scores.print_worst, ALL, 5) == ""


def test_a_comparison_tells_scores_and_labels() -> None:
    before, after = comparison.result(HALF), comparison.result(ALL)
    shown = printed(comparisons.print_comparison, comparison.compare(before, after), ("statements", "entities"))
    assert lines(shown, "all") == [
        ["all", "entities", "0.000", "→", "1.000", "0.000", "→", "1.000", "0.000", "→", "1.000", "+1.000"],
        ["all", "statements", "1.000", "→", "1.000", "0.333", "→", "1.000", "0.500", "→", "1.000", "+0.500"],
    ]
    assert "Better: 4 labels" in shown
    assert "ko d1  entities: b (was found wrongly)" in shown
    assert "Worse" not in shown
    back = printed(comparisons.print_comparison, comparison.compare(after, before), ("statements",))
    assert "Worse: 2 labels" in back
    assert "ko d2  statements: AV confirm sent (missed)" in back
    none = printed(comparisons.print_comparison, comparison.compare(after, after), ("statements",))
    assert none == "No score changed.\n"
    fewer = comparison.result(Report(ALL.judged[:1]))
    assert "Documents in one of the runs only: 1." in printed(
        comparisons.print_comparison, comparison.compare(fewer, after), ("statements",)
    )
