"""What a suite file may hold, and how it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.validate import rows

from media_monitor.errors import BeatError
from media_monitor.validate import gate, suites

GOOD: dict[str, Any] = {
    "type": "expect_column_values_to_be_in_set",
    "kwargs": {
        "column": "party",
        "value_set": {"$PARAMETER": "parties"},
        "row_condition": {
            "type": "and",
            "conditions": [
                {"type": "nullity", "column": {"name": "sector"}, "is_null": False},
                {"type": "comparison", "column": {"name": "kind"}, "operator": "==", "parameter": "person"},
            ],
        },
    },
    "meta": {"name": "named", "scope": "row", "notes": "for the test"},
    "severity": "critical",
}


def _write(folder: Path, content: object) -> Path:
    path = folder / "mentions.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder


def _suite(*expectations: object) -> dict[str, Any]:
    return {"name": "mentions", "expectations": list(expectations)}


def _kwargs(**kwargs: Any) -> dict[str, Any]:
    return GOOD | {"kwargs": {"column": "party", "value_set": []} | kwargs}


def test_a_suite_is_read_in_order_with_what_each_expectation_looks_at(tmp_path: Path) -> None:
    other = GOOD | {
        "type": "expect_column_pair_values_to_be_equal",
        "kwargs": {"column_A": "day", "column_B": "day_of_article"},
        "meta": {"name": "other", "scope": "batch", "notes": "for the test"},
        "severity": "info",
    }
    found = suites.read(_write(tmp_path, _suite(GOOD, other)), "mentions")
    assert [e.name for e in found.expectations] == ["named", "other"]
    assert found.of("batch") == found.expectations[1:]
    first, second = found.expectations
    assert (first.columns, first.parameters, first.severity) == (("party",), {"parties"}, "critical")
    assert (second.columns, second.parameters, second.severity) == (("day", "day_of_article"), set(), "info")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", r"mentions\.json: is not JSON: "),
        ("[]", r"mentions\.json: must hold one JSON object"),
        (_suite() | {"meta": {}}, r"mentions\.json: unknown key 'meta'"),
        ({"name": "events", "expectations": []}, r"its name is 'events' and must be 'mentions'"),
        ({"name": "mentions"}, r"'expectations' must be a list"),
        (_suite(7), r"an expectation must be an object with type, kwargs, meta and severity: 7"),
        (_suite(GOOD | {"id": "x"}), r"mentions\.json: named: unknown key 'id'"),
        (_suite(GOOD | {"meta": {"name": "named", "note": ""}}), r"named: unknown key 'note'"),
        (_suite(GOOD | {"meta": {"scope": "row"}}), r"an expectation without a name: 'name' must be a text"),
        (_suite(GOOD | {"type": ""}), r"named: 'type' must be a text"),
        (_suite(GOOD | {"kwargs": []}), r"named: 'kwargs' must be an object"),
        (_suite(GOOD | {"severity": "fatal"}), r"named: severity 'fatal' is none of critical, warning, info"),
        (_suite(GOOD | {"meta": GOOD["meta"] | {"scope": "cell"}}), r"named: scope 'cell' is none of row, batch"),
        (_suite(GOOD, GOOD), r"named: the name stands twice"),
        (_suite(_kwargs(column="partie")), r"named: unknown column 'partie'; known are mention_id, "),
        (
            _suite(_kwargs(row_condition={"type": "nullity", "column": {"name": "partie"}, "is_null": True})),
            r"named: unknown column 'partie'",
        ),
        (_suite(_kwargs(value_set={"$PARAMETER": "claim"})), r"named: unknown parameter 'claim'; known are claims, "),
        (_suite(_kwargs(mostly=0.9)), r"named: a row either passes or fails; 'mostly' needs the scope 'batch'"),
        (
            _suite(GOOD | {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "start"}}),
            r"named: expect_column_mean_to_be_between judges no single rows; its scope must be 'batch'",
        ),
    ],
)
def test_a_faulty_suite_is_refused_with_its_place(tmp_path: Path, content: object, reason: str) -> None:
    with pytest.raises(BeatError, match=reason):
        suites.read(_write(tmp_path, content), "mentions")


def test_a_missing_suite_is_named(tmp_path: Path) -> None:
    with pytest.raises(BeatError, match=r"mentions\.json: there is no such file"):
        suites.read(tmp_path, "mentions")


def test_a_suite_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "mentions.json").mkdir()
    with pytest.raises(BeatError, match=r"mentions\.json: cannot be read: Is a directory"):
        suites.read(tmp_path, "mentions")


@pytest.mark.parametrize(
    ("expectation", "reason"),
    [
        (
            GOOD | {"type": "expect_column_values_to_be_in_sets"},
            r"named: there is no 'expect_column_values_to_be_in_sets'",
        ),
        (_kwargs(mostl=0.5), r"named: its arguments are refused: .* mostl extra fields not permitted"),
        (_kwargs(row_condition={"type": "maybe"}), r"named: its arguments are refused: "),
    ],
)
def test_what_great_expectations_does_not_know_is_refused_with_its_place(
    tmp_path: Path, expectation: dict[str, Any], reason: str
) -> None:
    folder = _write(tmp_path, _suite(expectation))
    mentions = {"mentions": rows.good()["mentions"]}
    with pytest.raises(BeatError, match=rf"mentions\.json: {reason}"):
        gate.check(mentions, folder, "batch", rows.NOW, rows.CODES)
