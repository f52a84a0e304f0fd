from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from tests.warehouse import rows

from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.warehouse import index, lake, places, query
from media_monitor.watch import published


@pytest.fixture
def home(tmp_path: Path) -> Path:
    due = datetime(2025, 4, 29, tzinfo=UTC)
    lake.merge(
        tmp_path,
        rows.batch(
            rows.article("one", "2025-04-28", content_sha256="aa"),
            rows.article("one", "2025-04-28", revision=2, content_sha256="bb"),
            rows.article("two", "2025-04-26", content_sha256="cc"),
            rows.fetch("courier", "run1", "2025-04-27", etag="old", failures=2.0),
            rows.fetch("courier", "run2", "2025-04-28", etag="new", body_sha256="dd", next_due_at=due),
            rows.fetch("gazette", "run1", "2025-04-27", status=None, error="timed out", failures=1.0),
        ),
    )
    index.sync(tmp_path, [], {})
    return tmp_path


def test_parameters_by_place_and_by_name(home: Path) -> None:
    by_place = query.run(home, "SELECT revision FROM articles WHERE article_id = ? ORDER BY 1", ["one"])
    by_name = query.run(home, "SELECT revision FROM articles WHERE article_id = $id ORDER BY 1", {"id": "one"})
    assert by_place.to_pydict() == by_name.to_pydict() == {"revision": [1, 2]}


def test_times_come_out_in_utc_wherever_the_machine_stands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    found = query.run(
        home, "SELECT published_at, CAST(published_at AS VARCHAR) AS shown FROM articles LIMIT 1"
    ).to_pylist()
    assert found[0]["published_at"].utcoffset().total_seconds() == 0
    assert found[0]["shown"].endswith("12:00:00+00")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELEC 1", 'Parser Error: syntax error at or near "SELEC"'),
        ("SELECT nothing FROM articles", "nothing"),
        ("SELECT 1 // 0", "Division by zero"),
        ("INSERT INTO articles SELECT * FROM articles", "only SELECT"),
        ("DROP TABLE articles", "only SELECT"),
        ("COPY articles TO '/tmp/stolen.csv'", "only SELECT"),
        ("FROM read_csv('/etc/passwd')", "disabled by configuration"),
        ("ATTACH '/tmp/other.duckdb'", "only SELECT"),
        ("SET enable_external_access = true", "only SELECT"),
        ("INSTALL httpfs", "only SELECT"),
    ],
)
def test_what_cannot_or_may_not_run_is_told_on_one_line(home: Path, sql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        query.run(home, sql)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(sql)


def test_the_published_file_cannot_be_replaced_through_itself(home: Path) -> None:
    path = places.published(home)
    before = path.read_bytes()
    for target, how in ((path, "(USE_TMP_FILE false)"), (f"{path}.wal", "")):
        with pytest.raises(QueryError, match="only SELECT"):
            query.run(home, f"SELECT 1; COPY articles TO '{target}' {how}")
    assert path.read_bytes() == before
    assert not Path(f"{path}.wal").exists()


def test_missing_parameters_are_told(home: Path) -> None:
    with pytest.raises(QueryError, match="arameter"):
        query.run(home, "SELECT ?")


def test_a_statement_without_result_gives_no_columns(home: Path) -> None:
    assert query.run(home, "").num_columns == 0


def test_before_the_first_run_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=f"{tmp_path}: has no warehouse yet: run `media-monitor run` first"):
        query.run(tmp_path, "SELECT 1")
    assert query.known_revisions(tmp_path, ["one"]) == {}
    assert query.fetch_states(tmp_path) == {}


@pytest.mark.parametrize("place", [0, 12288])
def test_a_damaged_published_file_is_named(home: Path, place: int) -> None:
    path = places.published(home)
    data = bytearray(path.read_bytes())
    data[place : place + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(CorruptFileError, match=r"warehouse\.duckdb: DuckDB cannot use it.* rebuild"):
        query.run(home, "FROM articles")


def test_known_revisions_by_content(home: Path) -> None:
    assert query.known_revisions(home, ["one", "two", "two", "three"]) == {"one": {"aa": 1, "bb": 2}, "two": {"cc": 1}}
    assert query.known_revisions(home, []) == {}


def test_the_state_of_a_feed_is_its_latest_fetch(home: Path) -> None:
    found = query.fetch_states(home)
    assert {name: state.feed_id for name, state in found.items()} == {"courier": "courier", "gazette": "gazette"}
    assert (found["courier"].etag, found["courier"].body_sha256) == ("new", "dd")
    assert found["courier"].next_due_at == datetime(2025, 4, 29, tzinfo=UTC)
    assert found["gazette"].failures == 1.0


def test_which_of_some_batches_are_loaded(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert query.loaded_batches(home, ["run9", "run2", "run1"]) == ["run1", "run2"]
    assert query.loaded_batches(tmp_path_factory.mktemp("empty"), ["run1"]) == []


def test_many_at_once_in_one_process_get_their_answers(home: Path) -> None:
    """As the page's readers do; also while the file is read for alerts."""

    def ask(number: int) -> int:
        if number % 4 == 0:
            with published.connected(home) as connection:
                return len(connection.sql("FROM articles").fetchall())
        return query.run(home, "FROM articles").num_rows

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(200))) == {3}


def test_what_is_remembered_is_of_the_file_that_is_published_now(tmp_path: Path) -> None:
    ask = partial(
        query.remembered, tmp_path, "SELECT count(*) AS n FROM articles WHERE list_contains($ids, article_id)"
    )
    with pytest.raises(QueryError, match="no warehouse yet"):
        ask({"ids": ("a", "b")})
    for names in (["a"], ["a", "b"]):
        lake.merge(tmp_path, rows.batch(*(rows.article(name, "2025-04-28") for name in names)))
        index.sync(tmp_path, [], {})
        for _ in range(2):
            assert ask({"ids": ("a", "b")}) == [{"n": len(names)}]
    ask({"ids": ("a", "b")})[0]["n"] = 7
    assert ask({"ids": ("a", "b")}) == [{"n": 2}]
    assert ask({"ids": ("b",)}) == [{"n": 1}]
