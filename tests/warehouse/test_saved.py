"""Queries that are kept under a name: the shipped ones run, one's own last."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.warehouse import example

from media_monitor.errors import QueryError
from media_monitor.warehouse import saved
from media_monitor.warehouse.guarded import ask
from media_monitor.warehouse.saved import Query

MINE = Query(
    "mine-2", "Two\nlines", "what: it = tells", "-- title: no title\nSELECT 1\nWHERE $claim = 'x'", {"claim": "a: b"},
    {"claim": "some claim"}, saved_by="Ольга", saved_at=datetime(2025, 8, 1, tzinfo=UTC),
)  # fmt: skip

NOTHING_TO_FIND = ("articles_with_words", "bursts", "disputes", "stories_not_told", "withdrawn")  # in the example


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    example.build(folder)
    return folder


@pytest.mark.parametrize("query", saved.shipped(), ids=lambda query: query.name)
def test_a_shipped_query_says_what_it_tells_and_runs_with_its_values_and_without(home: Path, query: Query) -> None:
    assert saved.NAME.fullmatch(query.name)
    assert query.title != query.name
    assert query.about.endswith(".")
    assert set(query.parameters) == set(query.values) == {name for name, meaning in query.meanings.items() if meaning}
    found = ask.run(home, query.sql, query.values)
    assert found.rows or query.name in NOTHING_TO_FIND
    assert "ORDER BY" in query.sql
    assert len(set(found.columns)) == len(found.columns)
    optional = {name: "" for name in query.parameters if "empty for" in query.meanings[name]}
    if optional:
        assert ask.run(home, query.sql, {**query.values, **optional}).columns == found.columns


def test_parameters_stand_in_no_text_name_or_comment() -> None:
    sql = "SELECT '$a', \"$b\" -- $c\n/* $d */, $Claim, $since, $claim, 'it''s $e', $$ $f $$"
    assert saved.parameters(sql) == ["claim", "since"]


def test_ones_own_query_comes_back_as_it_was(tmp_path: Path) -> None:
    saved.write(tmp_path, MINE)
    (found,) = saved.own(tmp_path)
    assert (found.name, found.title, found.about, found.sql) == ("mine-2", "Two lines", MINE.about, MINE.sql)
    assert (found.values, found.meanings) == (MINE.values, MINE.meanings)
    assert (found.saved_by, found.saved_at, found.shipped) == ("Ольга", MINE.saved_at, False)


def test_a_taken_name_is_kept_whoever_saves_at_the_same_time(tmp_path: Path) -> None:
    def save(number: int) -> str | None:
        try:
            saved.write(tmp_path, Query("same", f"{number}", "", f"SELECT {number}"))
        except QueryError as error:
            return str(error)
        return None

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(save, range(8)))
    assert told.count(None) == 1
    assert set(told) - {None} == {"query same: there is one of this name already"}
    (kept,) = saved.own(tmp_path)
    assert kept.sql == f"SELECT {told.index(None)}"
    saved.write(tmp_path, Query("same", "new", "", "SELECT 9"), replace=True)
    assert [query.title for query in saved.own(tmp_path)] == ["new"]
    assert [path.name for path in saved.folder(tmp_path).iterdir()] == ["same.sql"]


@pytest.mark.parametrize("name", ["", "../up", "A", "x" * 61, "a b", "a.sql", "-a", "a/b", "ключ"])
def test_a_name_is_a_safe_file_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(QueryError, match="small letters"):
        saved.write(tmp_path, Query(name, "t", "", "SELECT 1"))
    with pytest.raises(QueryError, match="no own query"):
        saved.delete(tmp_path, name)
    assert list(tmp_path.rglob("*.sql")) == []
