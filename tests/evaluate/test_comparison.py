"""Two runs side by side: what got better, what got worse, by layer, language and document."""

import json
from pathlib import Path
from typing import Any

import pytest

from media_monitor.beat import Claim
from media_monitor.errors import DocumentError
from media_monitor.evaluate import comparison, evaluate

CLAIMS = {"sent": Claim("sent", "", ("AV", "BR"), (), {})}


def document(name: str, language: str, *parties: str) -> dict[str, Any]:
    said = [{"party": p, "role": "official", "stance": "confirm", "claim": "sent"} for p in parties]
    empty = {"relevant": True, "entities": [], "events": []}
    return {"id": name, "language": language, "title": name, "statements": said, **empty}


GOLD = [document("a", "en", "AV", "BR"), document("b", "ko", "AV")]


def run(*found: dict[str, Any]) -> dict[str, Any]:
    """The result as another run reads it from its file."""
    return json.loads(json.dumps(comparison.result(evaluate(GOLD, found, CLAIMS))))


def test_names_what_got_better_and_what_got_worse() -> None:
    before = run(document("a", "en", "AV"), document("b", "ko", "AV"))
    after = run(document("a", "en", "AV", "BR"), document("b", "ko", "AV", "XX"))
    found = comparison.compare(before, after)
    assert [(t.document_id, t.layer, t.label, t.fault) for t in found.better] == [
        ("a", "statements", ("BR", "confirm", "sent"), "missed"),
        ("a", "confirmations", ("BR", "confirm", "sent"), "missed"),
    ]
    assert [(t.document_id, t.layer, t.label, t.fault) for t in found.worse] == [
        ("b", "statements", ("XX", "confirm", "sent"), "wrong")
    ]
    gains = {(c.scope, c.layer): c.gain for c in found.changes}
    assert gains["en", "statements"] == pytest.approx(1 - 2 / 3)
    assert gains["ko", "statements"] == pytest.approx(2 / 3 - 1)
    assert ("en", "relevant") not in gains
    assert found.alone == ()


def test_a_run_compared_with_itself_has_no_change() -> None:
    one = run(document("a", "en", "AV"))
    assert comparison.compare(one, one) == comparison.Comparison((), (), (), ())


def test_documents_of_one_run_only_are_told_and_left_out() -> None:
    before = comparison.result(evaluate(GOLD[:1], [], CLAIMS))
    found = comparison.compare(before, run(document("a", "en", "AV", "BR")))
    assert found.alone == ("b",)
    assert {t.document_id for t in (*found.better, *found.worse)} == {"a"}


@pytest.mark.parametrize("text", ["", "[]", '{"overall": {}}', "\x00"])
def test_a_file_that_is_no_result_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(text)
    with pytest.raises(DocumentError, match=r"old\.json"):
        comparison.read(path)
