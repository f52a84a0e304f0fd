import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from tests.warehouse import rows

from media_monitor import opening, tables
from media_monitor.errors import MemoryLimitError, QueryError, WarehouseBusyError
from media_monitor.warehouse import database, fill, index, lake, places, query

ONE, TWO = rows.article("one", "2025-04-28"), rows.article("two", "2025-04-26")
FIRST = rows.batch(ONE, rows.mention(ONE, "russia"), rows.fetch("courier", "run", "2025-04-28"))
SECOND = rows.batch(
    rows.article("one", "2025-04-28", revision=2),
    TWO,
    rows.mention(TWO, "north_korea"),
    rows.statement(TWO, "RU", "confirm", "troops_deployed", via=("tass", "ria")),
)
VIEW = "-- Titles only.\nCREATE OR REPLACE VIEW titles AS SELECT title FROM articles;"
CLAIMS = {"claims": pa.table({"claim": ["treaty"], "parties": [["KP", "RU"]]})}


def _same_as_lake(home: Path) -> None:
    for table in tables.TABLES:
        found = query.run(home, f'FROM "{table.name}"')
        assert rows.plain(found, table.key) == rows.plain(lake.read(home, table.name), table.key), table.name


def _inode(path: Path) -> int:
    return path.stat().st_ino


def test_an_empty_lake_gives_all_tables_empty(tmp_path: Path) -> None:
    assert index.sync(tmp_path, [VIEW], CLAIMS) == []
    _same_as_lake(tmp_path)
    assert query.run(tmp_path, "FROM titles").num_rows == 0


def test_sync_follows_the_lake_and_rebuild_gives_the_same(tmp_path: Path) -> None:
    for batch in (FIRST, SECOND, rows.batch(rows.article("two", "2025-05-02"))):
        lake.merge(tmp_path, batch)
        assert index.sync(tmp_path, [VIEW], CLAIMS) == []
        _same_as_lake(tmp_path)
    before = [rows.plain(query.run(tmp_path, f"FROM {t.name}"), t.key) for t in tables.TABLES]
    assert index.rebuild(tmp_path, [VIEW], CLAIMS) == []
    assert [rows.plain(query.run(tmp_path, f"FROM {t.name}"), t.key) for t in tables.TABLES] == before
    assert query.run(tmp_path, "FROM titles").num_rows == 3
    assert query.run(tmp_path, "FROM claims").to_pylist() == CLAIMS["claims"].to_pylist()
    assert index.sync(tmp_path, [VIEW], CLAIMS) == []


def test_only_what_changed_is_loaded(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [], {})
    # Marks the rows that are in the working file; a partition that is loaded again loses its mark.
    with duckdb.connect(places.working(tmp_path)) as connection:
        connection.execute("UPDATE articles SET title = 'marked'").fetchall()
    lake.merge(tmp_path, {"articles": tables.ARTICLES.arrow([TWO])})
    index.sync(tmp_path, [], {})
    titles = query.run(tmp_path, "SELECT article_id, title FROM articles ORDER BY 1").to_pylist()
    assert titles == [{"article_id": "one", "title": "marked"}, {"article_id": "two", "title": "Headline of two"}]


def test_nothing_is_published_when_nothing_changed(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [VIEW], CLAIMS)
    before = _inode(places.published(tmp_path))
    index.sync(tmp_path, [VIEW], CLAIMS)
    assert _inode(places.published(tmp_path)) == before
    places.published(tmp_path).unlink()
    index.sync(tmp_path, [VIEW], CLAIMS)
    _same_as_lake(tmp_path)


def test_many_partitions_go_in_several_transactions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fill, "TRANSACTION_ROWS", 3)
    lake.merge(tmp_path, rows.batch(*(rows.article(f"a{n}", f"2025-04-{n + 1:02}") for n in range(10))))
    index.sync(tmp_path, [], {})
    _same_as_lake(tmp_path)


def test_what_does_not_fit_into_little_memory_gets_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [VIEW], CLAIMS)
    before = _inode(places.working(tmp_path))
    monkeypatch.setattr(opening, "_SMALL", 0)  # every file counts as large
    monkeypatch.setattr(index, "MEMORY_MB", 1)
    lake.merge(tmp_path, SECOND)
    with (
        pytest.raises(MemoryLimitError, match=r"working\.duckdb: Out of Memory"),
        database.opened(places.working(tmp_path), read_only=False, memory_mb=1) as connection,
    ):
        connection.execute("CREATE TEMP TABLE much AS SELECT random() AS n FROM range(1_000_000) ORDER BY n")
    assert index.sync(tmp_path, [VIEW], CLAIMS) == []
    _same_as_lake(tmp_path)
    assert _inode(places.working(tmp_path)) == before


def test_reference_tables_are_replaced_whole(tmp_path: Path) -> None:
    index.sync(tmp_path, [], CLAIMS)
    wider = pa.table({"claim": ["treaty", "visit"], "title": ["A treaty", "A visit"]})
    index.sync(tmp_path, [], {"claims": wider})
    assert query.run(tmp_path, "FROM claims").to_pylist() == wider.to_pylist()
    index.sync(tmp_path, [], {})
    with pytest.raises(QueryError, match="claims does not exist"):
        query.run(tmp_path, "FROM claims")


def test_a_changed_script_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [VIEW], {})
    index.sync(tmp_path, ["CREATE OR REPLACE VIEW links AS SELECT url FROM articles"], {})
    assert query.run(tmp_path, "FROM links").num_rows == 1
    with pytest.raises(QueryError, match="titles does not exist"):
        query.run(tmp_path, "FROM titles")


def test_a_faulty_script_is_named_and_the_published_file_stays(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [VIEW], {})
    with pytest.raises(QueryError, match=r"script '-- Broken\.': Parser Error: syntax error at or near \"CREAT\"$"):
        index.sync(tmp_path, ["-- Broken.\nCREAT VIEW x AS SELECT 1"], {})
    assert query.run(tmp_path, "FROM titles").num_rows == 1
    assert index.sync(tmp_path, [VIEW], {}) == []


def test_a_reader_keeps_its_state_and_never_blocks_the_writer(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [], {})
    with duckdb.connect(places.published(tmp_path), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        lake.merge(tmp_path, SECOND)
        index.sync(tmp_path, [], {})
        assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
    assert query.run(tmp_path, "FROM articles").num_rows == 3


OPEN = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as connection:
    connection.execute("CREATE TABLE scratch AS SELECT 1").fetchall()
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_person_who_opens_the_published_file_for_writing_blocks_nothing(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [], {})
    with _opened(places.published(tmp_path)):
        lake.merge(tmp_path, SECOND)
        assert index.sync(tmp_path, [], {}) == []
        assert query.run(tmp_path, "FROM articles").num_rows == 3
    _same_as_lake(tmp_path)


def test_a_person_who_opens_the_working_file_is_named(tmp_path: Path) -> None:
    lake.merge(tmp_path, FIRST)
    index.sync(tmp_path, [], {})
    with (
        _opened(places.working(tmp_path)) as process,
        pytest.raises(WarehouseBusyError, match=rf"working\.duckdb: is open in another process \({process.pid}\)"),
    ):
        index.sync(tmp_path, [], {})
    assert index.sync(tmp_path, [], {}) == []


class _opened:  # noqa: N801 - reads as the block that it is
    """A process that has the file open for writing while the block runs."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "subprocess.Popen[str]":
        self._process = subprocess.Popen(
            [sys.executable, "-c", OPEN, str(self._path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "open\n"
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.communicate("\n", timeout=30)
