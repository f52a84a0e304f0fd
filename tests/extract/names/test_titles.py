"""Titles of offices in a language: their forms, gaps and blocks, and the words around them."""

from pathlib import Path

import pytest

from media_monitor.errors import BeatError
from media_monitor.extract.names import titles as module
from media_monitor.extract.names.titles import Titles, titles
from media_monitor.extract.text.normalise import normalise

TABLE = """title\tform
president\tchief
foreign_minister\tchief of words
defence_minister\tkeeper … of the sword
defence_minister\tkeeper
block\tthief
block\tvice chief
owner_before\t's
owner_before\t_
owner_after\tof
former\tonce
own\tits
and\tand
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Titles:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "offices.tsv").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(module, "LEXICONS", tmp_path)
    titles.cache_clear()
    found = titles("xx")
    titles.cache_clear()
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The chief spoke", [("president", "chief")]),
        ("The CHIEF of words spoke", [("foreign_minister", "chief of words")]),
        (
            "The keeper royal of the sword",
            [("defence_minister", "keeper royal of the sword"), ("defence_minister", "keeper")],
        ),
        ("The keeper of the house", [("defence_minister", "keeper")]),
        ("A vice chief and a thief", []),
        ("A chiefdom", []),
    ],
)
def test_titles_are_found_the_longest_first(table: Titles, text: str, found: list[tuple[str, str]]) -> None:
    normal = normalise(text)
    assert [(names[0], normal.text[a:b]) for names, a, b in table.find(normal)] == [(t, s.lower()) for t, s in found]


def test_what_may_stand_between_a_country_and_its_title(table: Titles) -> None:
    assert all(table.before.fullmatch(gap) for gap in (" ", "'s "))
    assert not table.before.fullmatch(" of ")
    assert table.after.fullmatch(" of ")
    assert not table.after.fullmatch(" ")
    assert table.joined.fullmatch(" and ")
    assert table.former_before.search("the once ")
    assert table.own.search("and its ")
    assert not table.own.search("bits ")


def test_a_language_without_the_table_has_no_titles() -> None:
    assert titles("zz") is None
    assert titles(None) is None


def test_a_faulty_table_is_reported_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yy").mkdir()
    (tmp_path / "yy" / "offices.tsv").write_text("title\nx\n", encoding="utf-8")
    monkeypatch.setattr(module, "LEXICONS", tmp_path)
    with pytest.raises(BeatError, match=r"offices\.tsv"):
        titles("yy")
