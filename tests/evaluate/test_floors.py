"""Floors: raised by a command, never lowered, kept in a file that reads as it was written."""

from pathlib import Path

import pytest

from media_monitor.errors import FloorError
from media_monitor.evaluate import Report, evaluate, floors
from media_monitor.evaluate.floors import Floor

KEY = ("gold/ru.jsonl#odd", "rules")
FLOORS = {KEY: Floor("d1", {"ru": {"entities": 0.9, "events": 0.5}})}


def test_what_is_written_is_read_again() -> None:
    several = {**FLOORS, ("dev.jsonl", "rules and encoder"): Floor("d2", {"all": {"events": 0.7}})}
    assert floors.parse(floors.text(several), "floors.toml") == several
    assert floors.parse(floors.text(FLOORS), "floors.toml") == FLOORS
    assert floors.text(floors.parse(floors.text(FLOORS), "floors.toml")) == floors.text(FLOORS)


@pytest.mark.parametrize("text", ["= 1", "a = 1", "[a.b]\nru = {}", '[a.b]\ndigest = "x"\nru = 1'])
def test_a_file_of_another_form_is_named(text: str) -> None:
    with pytest.raises(FloorError, match=r"floors\.toml"):
        floors.parse(text, "floors.toml")


def found(entities: int, of: int = 100, wrong: int = 0) -> Report:
    """A report on one Russian document with so many of its entities found."""
    names = [f"e{number}" for number in range(of)]
    labels = {"language": "ru", "relevant": True, "statements": [], "events": [], "title": ""}
    seen = [*names[:entities], *(f"x{number}" for number in range(wrong))]
    return evaluate([{"id": "1", "entities": names, **labels}], [{"id": "1", "entities": seen, **labels}], {})


KNOWN = {KEY: Floor("d1", {"ru": {"relevant": 1.0, "entities": 0.9}})}


def test_a_floor_rises_to_what_is_measured() -> None:
    after = floors.raised(KNOWN, KEY, "d1", found(90))
    assert after == {KEY: Floor("d1", {"ru": {"relevant": 1.0, "entities": 0.94}})}
    assert floors.told(KNOWN, after) == ["gold/ru.jsonl#odd (rules): ru entities 0.90 → 0.94"]
    assert floors.raised(after, KEY, "d1", found(90)) == after


def test_a_score_two_faults_below_its_floor_leaves_it_where_it_is() -> None:
    at = floors.raised({}, KEY, "d1", found(90))
    for report in (found(88), found(89, wrong=1)):
        assert floors.fallen(at[KEY], report) == []
        assert floors.raised(at, KEY, "d1", report) == at
    assert floors.fallen(at[KEY], found(86)) == ["ru entities 0.92 is below its floor 0.94"]


def test_a_lower_score_is_refused_and_named() -> None:
    with pytest.raises(FloorError, match=r"ru entities 0\.57 is below its floor 0\.90.*never lowered"):
        floors.raised(KNOWN, KEY, "d1", found(40))
    gone = {KEY: Floor("d1", {"ru": {"events": 0.5}})}
    with pytest.raises(FloorError, match=r"ru events 0\.00"):
        floors.raised(gone, KEY, "d1", found(90))


def test_other_documents_set_the_floor_anew() -> None:
    after = floors.raised(KNOWN, KEY, "d2", found(50))
    assert after[KEY].scores == {"ru": {"relevant": 1.0, "entities": 0.66}}
    assert "set anew" in floors.told(KNOWN, after)[0]
    assert floors.lowered(KNOWN, after) == []


def test_a_floor_lowered_or_taken_away_by_hand_is_noticed() -> None:
    lower = {KEY: Floor("d1", {"ru": {"entities": 0.89, "events": 0.5}})}
    assert floors.lowered(FLOORS, lower) == ["gold/ru.jsonl#odd (rules): ru entities 0.89 is below its floor 0.90"]
    assert floors.lowered(FLOORS, {}) == ["gold/ru.jsonl#odd (rules) is gone"]
    assert floors.lowered(FLOORS, FLOORS) == []
    assert floors.lowered(FLOORS, {("gold/*.jsonl#odd", "rules"): Floor("d3", {})}) == []
    assert floors.lowered(FLOORS, {("gold/*.jsonl", "rules"): Floor("d3", {})}) != []


def test_scores_are_rounded_down_and_those_of_nothing_left_out() -> None:
    def document(number: int, entities: list[str]) -> dict[str, object]:
        labels = {"relevant": True, "entities": entities, "statements": [], "events": []}
        return {"id": str(number), "language": "ru" if number else "uk", "title": "", **labels}

    gold = [document(0, ["a"]), document(1, ["a", "b"])]
    now = floors.measured(evaluate(gold, [document(0, ["a"]), document(1, ["a"])], {}))
    assert now["ru"] == {"relevant": 1.0, "entities": 0.66}
    assert now["all"] == {"relevant": 1.0, "entities": 0.8}
    assert "all" not in floors.measured(evaluate(gold[:1], [], {}))
    assert floors.measured(Report(())) == {}


def test_a_set_is_named_by_its_path_from_the_folder_of_the_floors(tmp_path: Path) -> None:
    file, gold = tmp_path / "tests/floors.toml", tmp_path / "tests/gold/ru.jsonl"
    assert floors.name([gold], "odd", file) == "gold/ru.jsonl#odd"
    assert floors.located("gold/ru.jsonl#odd", file) == ([gold.resolve()], "odd")
    assert floors.name([tmp_path / "other/dev.jsonl"], None, file) == "../other/dev.jsonl"


def test_all_files_of_a_folder_are_one_set(tmp_path: Path) -> None:
    file, folder = tmp_path / "floors.toml", tmp_path / "gold"
    folder.mkdir()
    paths = [folder / "uk.jsonl", folder / "ru.jsonl"]
    for path in paths:
        path.touch()
    assert floors.sets(paths) == [sorted(paths)]
    assert floors.name(sorted(paths), "odd", file) == "gold/*.jsonl#odd"
    assert floors.located("gold/*.jsonl#odd", file) == (sorted(p.resolve() for p in paths), "odd")
    (folder / "ar.jsonl").touch()
    assert floors.sets(paths) == [[path] for path in paths]


def test_the_digest_is_that_of_the_documents_whatever_the_order_of_fields() -> None:
    assert floors.digest([{"id": "1", "title": "x"}]) == floors.digest([{"title": "x", "id": "1"}])
    assert floors.digest([{"id": "1", "title": "x"}]) != floors.digest([{"id": "1", "title": "y"}])
