"""Forms: signs, boundaries, and which of several wins."""

import pytest

from media_monitor.extract.grammar.forms import Boundary, Finder, Form

WORD = Boundary("word")
ARABIC = Boundary("clitic", frozenset({"و", "ب", "ال"}), frozenset({"ها"}))
FREE = Boundary("none")


def found(text: str, forms: list[str], boundary: Boundary) -> list[str]:
    finder = Finder([Form("cues", form, form) for form in forms], boundary)
    return [text[t.start : t.end] for t in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "form", "boundary", "expected"),
    [
        ("he said it", "said", WORD, ["said"]),
        ("he resaid it", "said", WORD, []),
        ("denial and denials", "denial*", WORD, ["denial", "denials"]),
        ("violates the un resolutions", "violat* … resolution*", WORD, ["violates the un resolutions"]),
        ("called his allies liars", "called … lies", WORD, []),
        ("stop. it goes on", "stop … on", WORD, []),
        ("violating resolutions now", "violat* resolution*", WORD, ["violating resolutions"]),
        ("وقالت", "قالت", ARABIC, ["قالت"]),
        ("تقالت", "قالت", ARABIC, []),
        ("اعتبرتها", "اعتبرت", ARABIC, ["اعتبرت"]),
        ("die soldaten, der minister", ", der", WORD, [", der"]),
        ("der u.s.-general", "u.s.-general", WORD, ["u.s.-general"]),
        ("der u s general", "u.s.-general", WORD, []),
        ("sie verurteilten", "*urteilten", WORD, ["urteilten"]),
        ("said", "said", WORD, ["said"]),
        ("北韩派兵了", "派兵", FREE, ["派兵"]),
    ],
)
def test_where_a_form_stands(text: str, form: str, boundary: Boundary, expected: list[str]) -> None:
    assert found(text, [form], boundary) == expected


def test_the_longest_form_of_a_table_wins() -> None:
    assert found("it declined to confirm this", ["confirm", "declined to confirm"], WORD) == ["declined to confirm"]


def test_forms_of_different_tables_stand_beside_each_other() -> None:
    finder = Finder([Form("cues", "say", "sent word"), Form("concepts", "send", "sent")], WORD)
    assert [t.table for t in finder.find("he sent word")] == ["cues", "concepts"]


def test_a_form_is_normalised_like_the_text() -> None:
    assert found("he wouldn't say", ["Wouldn’t  say"], WORD) == ["wouldn't say"]


def test_no_forms_find_nothing() -> None:
    assert Finder([], WORD).find("text") == []
