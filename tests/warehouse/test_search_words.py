"""Words are found as readers of ten scripts expect it, by DuckDB and by Python alike, and marked where they stand."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.errors import QueryError
from media_monitor.warehouse.search import folding, marking, terms

FOUND = [
    ("troops kursk", "Kursk: no TROOPS were seen"),
    ("troop", "Troops left"),
    ("troops", "a troop of them"),
    ("confirm", "Seoul confirmed it"),
    ("armée", "l'ARMEE rouge"),
    ("Strasse", "Straße"),
    ("UN", "the UN said"),
    ("U.S.", "the U.S. said"),
    ("yong-ho", "Ri Yong Ho"),
    ("deploy*", "redeployment and deployment"),
    ('"neither confirmed nor denied"', "had Neither confirmed, nor denied it"),
    ("„neither confirmed“", "neither confirmed"),
    ("kursk -exercise", "Kursk again"),
    ("Россия", "власти России"),
    ("северокорейские войска", "Северокорейских войск нет"),
    ("Кима", "Ким Чен Ын"),
    ("ким чен ын", "Встреча с Ким Чен Ыном"),
    ("подтвердил", "в Кремле подтвердили"),
    ("ежик", "Ёжик"),
    ("Путін", "заявив Путіну"),
    ("об'єкт", "об’єкти"),
    ("روسيا", "وروسيا تُعلن"),
    ("القوات", "بقواتها"),
    ("قمه", "القِمّـة"),
    ("قمة", "قمته"),
    ("المانيا", "لألمانيا"),
    ("مسوول", "المسؤولون"),
    ("كوريا ٢٠٢٥", "كوريا 2025"),
    ("김정은", "김정은은 말했다"),
    ("북한군", "대북한군사"),
    ("미사일", "KN-23미사일을"),
    ("金正恩", "朝鲜领导人金正恩说"),
    ("2025年", "２０２５年"),
    ("ガス", "天然ｶﾞｽの"),
    ("キム総書記", "キム総書記は"),
    ("κορεα", "Κορέα"),
]
LOST = [
    ("un", "the sun"),
    ("troops kursk", "troops left"),
    ('"nor confirmed"', "confirmed nor"),
    ("kursk -exercise", "an exercise in Kursk"),
    ('kursk -"new york"', "Kursk and New York"),
    ("Корея", "кореец"),
    ("север", "Северодвинск"),
    ("소련", "북한"),
    ("نور", "نورماندي"),
]


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        yield connection


def decided(database, search: str, text: str) -> set[bool]:
    """Whether the text has the search: by the needle and the pattern in DuckDB, and by the pattern in Python."""
    stored, answers = folding.words(text), []
    for term in terms.parsed(search):
        sql = "SELECT contains($1, $2) AND regexp_matches($1, $3), regexp_matches($1, $3)"
        asked = database.execute(sql, [stored, term.needle, term.whole]).fetchall()[0]
        in_python = re.search(term.whole, stored) is not None
        answers.append({(found == term.wanted) for found in (*asked, in_python)})
    return {all(True in one for one in answers)} | ({None} if any(len(one) > 1 for one in answers) else set())


@pytest.mark.parametrize(("search", "text"), FOUND)
def test_it_is_found(database, search, text):
    assert decided(database, search, text) == {True}
    assert marking.hits(text, terms.parsed(search)) or search.startswith("-")


@pytest.mark.parametrize(("search", "text"), LOST)
def test_it_is_not_found(database, search, text):
    assert decided(database, search, text) == {False}


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("ｶﾞはﾟ각e\u0301ـءа\u0301 ﷺ½年2", max_size=20)
)
def test_the_way_back_leads_from_the_searched_form(text):
    traced = folding.traced(text)
    assert traced.text == folding.words(text)
    assert len(traced.offsets) == len(traced.text) + 1
    assert list(traced.offsets) == sorted(traced.offsets)
    assert all(0 <= place <= len(text) for place in traced.offsets)
    assert folding.words(traced.text) == traced.text


@given(st.text(max_size=80))
def test_any_search_is_one_that_duckdb_takes(text):
    for term in terms.parsed(text[: terms.LONGEST])[: terms.MOST_TERMS]:
        re.compile(term.whole)
        assert term.needle == term.needle.lstrip()


@pytest.mark.parametrize("search", ["x" * 501, " ".join(f"word{n}" for n in range(13))])
def test_a_search_that_is_too_long_is_refused(search):
    with pytest.raises(QueryError):
        terms.parsed(search)


def test_a_hit_is_marked_where_it_stands():
    text = "Es hieß: ｶﾞｽ und KÍM—kim!"
    marked = [piece.text for piece in marking.pieces(text, marking.hits(text, terms.parsed("ガス kim"))) if piece.hit]
    assert marked == ["ｶﾞｽ", "KÍM", "kim"]


def test_a_snippet_shows_the_place_with_most_of_the_words():
    filler = "Nothing of note. " * 60
    text = f"{filler}A troop came. {filler}Troops reached Kursk then. {filler}"
    shown = marking.snippet(text, marking.hits(text, terms.parsed("troops kursk")))
    whole = "".join(piece.text for piece in shown)
    assert "Troops reached Kursk" in whole
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 300


def test_without_hits_a_snippet_is_the_beginning():
    assert "".join(p.text for p in marking.snippet("Short text.", [])) == "Short text."
    assert marking.snippet("", []) == []
