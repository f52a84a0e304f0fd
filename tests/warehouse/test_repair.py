"""Damaged files: set aside, restored or made again, told once, and never in the way."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.warehouse import rows

from media_monitor import tables
from media_monitor.warehouse import index, lake, places, query

DAY = date(2025, 4, 28)
ONE, TWO = rows.article("one", "2025-04-28"), rows.article("two", "2025-04-28")
BATCH = rows.batch(ONE, TWO, rows.mention(ONE, "russia"))


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a parquet file " * 50)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(40, 400):
        data[place] ^= 0xFF
    path.write_bytes(data)


def _columns_missing(path: Path) -> None:
    parquet.write_table(pa.table({"article_id": ["one"], "day": [DAY]}), path)


def _columns_unknown(path: Path) -> None:
    found = parquet.ParquetFile(path).read()
    parquet.write_table(found.append_column("mood", pa.array(["good"] * found.num_rows)), path)


def _column_of_another_type(path: Path) -> None:
    found = parquet.ParquetFile(path).read()
    place = found.column_names.index("revision")
    parquet.write_table(found.set_column(place, "revision", pa.array(["first"] * found.num_rows)), path)


def _null_where_none_may_be(path: Path) -> None:
    found = parquet.ParquetFile(path).read()
    place = found.column_names.index("title")
    parquet.write_table(found.set_column(place, "title", pa.nulls(found.num_rows, pa.string())), path)


def _another_day(path: Path) -> None:
    parquet.write_table(tables.ARTICLES.arrow([rows.article("three", "2025-04-01")]), path)


DAMAGES = (
    _truncate, _garbage, _empty, _flip, _columns_missing, _columns_unknown, _column_of_another_type,
    _null_where_none_may_be, _another_day,
)  # fmt: skip
damaged = pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__.strip("_"))


def _loaded(home: Path) -> Path:
    lake.merge(home, BATCH)
    index.sync(home, [], {})
    return places.partition(home, "articles", DAY)


def _aside(path: Path, home: Path, number: int = 1) -> Path:
    return places.lake(home) / ".damaged" / "articles" / path.parent.name / f"part.parquet.{number}"


@damaged
def test_a_merge_restores_a_damaged_partition_and_goes_on(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = _loaded(tmp_path)
    damage(path)
    evidence = path.read_bytes()
    lake.merge(tmp_path, rows.batch(rows.article("three", "2025-04-28")))
    messages = index.sync(tmp_path, [], {})
    assert rows.ids(query.run(tmp_path, "SELECT article_id FROM articles ORDER BY 1"), "article_id") == [
        "one",
        "three",
        "two",
    ]
    assert _aside(path, tmp_path).read_bytes() == evidence
    assert len(messages) == 1
    assert messages[0].startswith(f"{path}: ")
    assert messages[0].endswith(f"set aside as {_aside(path, tmp_path)}; its 2 rows were restored from working.duckdb")
    assert index.sync(tmp_path, [], {}) == []


@damaged
def test_a_sync_restores_a_damaged_partition(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = _loaded(tmp_path)
    before = path.read_bytes()
    damage(path)
    assert len(index.sync(tmp_path, [], {})) == 1
    assert path.read_bytes() == before
    assert query.run(tmp_path, "FROM articles").num_rows == 2


@damaged
def test_reading_restores_a_damaged_partition(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(_loaded(tmp_path))
    assert rows.ids(lake.read(tmp_path, "articles"), "article_id") == ["one", "two"]
    assert "its 2 rows were restored" in lake.recover(tmp_path)[0]
    assert lake.recover(tmp_path) == []


def test_a_partition_that_no_index_has_is_set_aside_and_missed_aloud(tmp_path: Path) -> None:
    lake.merge(tmp_path, BATCH)
    path = places.partition(tmp_path, "articles", DAY)
    _truncate(path)
    messages = index.sync(tmp_path, [], {})
    assert len(messages) == 1
    assert "no DuckDB file has its rows, so they are missing until it is replaced" in messages[0]
    assert not path.exists()
    assert _aside(path, tmp_path).exists()
    assert query.run(tmp_path, "FROM articles").num_rows == 0
    assert query.run(tmp_path, "FROM mentions").num_rows == 1
    assert lake.merge(tmp_path, BATCH)["articles"] == 2


def test_the_published_file_serves_where_the_working_one_is_damaged_too(tmp_path: Path) -> None:
    path = _loaded(tmp_path)
    _garbage(path)
    _garbage(places.working(tmp_path))
    messages = index.sync(tmp_path, [], {})
    assert any("restored from warehouse.duckdb" in m for m in messages)
    assert any(
        m.startswith(f"{places.working(tmp_path)}: ") and m.endswith("made again from the lake") for m in messages
    )
    assert query.run(tmp_path, "FROM articles").num_rows == 2


def test_a_second_damage_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    path = _loaded(tmp_path)
    for number in (1, 2):
        _garbage(path)
        index.sync(tmp_path, [], {})
        assert _aside(path, tmp_path, number).exists()


def test_a_column_added_since_is_null_in_older_files(tmp_path: Path) -> None:
    path = _loaded(tmp_path)
    parquet.write_table(parquet.ParquetFile(path).read().drop_columns(["story_id"]), path)
    assert index.sync(tmp_path, [], {}) == []
    assert rows.ids(lake.read(tmp_path, "articles"), "story_id") == [None, None]


def test_a_partition_taken_out_of_the_lake_leaves_the_warehouse_and_is_told(tmp_path: Path) -> None:
    path = _loaded(tmp_path)
    path.unlink()
    assert index.sync(tmp_path, [], {}) == [
        f"{path}: is not in the lake any more; its rows were taken out of the warehouse"
    ]
    assert query.run(tmp_path, "FROM articles").num_rows == 0
    assert index.sync(tmp_path, [], {}) == []


def _duckdb_damages() -> list[Callable[[Path], None]]:
    def middle(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[12288:16384] = b"\xff" * 4096
        path.write_bytes(data)

    def another_file(path: Path) -> None:
        import duckdb

        path.unlink()
        with duckdb.connect(path) as connection:
            connection.execute("CREATE TABLE recipes (name VARCHAR)").fetchall()

    return [_truncate_half, _garbage, _empty, middle, another_file]


def _truncate_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", _duckdb_damages(), ids=lambda d: d.__name__.strip("_"))
@pytest.mark.parametrize("which", ["working", "published"])
def test_a_damaged_duckdb_file_is_set_aside_and_made_again(
    tmp_path: Path, which: str, damage: Callable[[Path], None]
) -> None:
    _loaded(tmp_path)
    path = {"working": places.working, "published": places.published}[which](tmp_path)
    damage(path)
    evidence = path.read_bytes()
    kept = tmp_path / ".damaged" / f"{path.name}.1"
    messages = index.sync(tmp_path, [], {})
    assert len(messages) == 1
    assert messages[0].startswith(f"{path}: DuckDB cannot use it: ")
    assert messages[0].endswith(f"; set aside as {kept} and made again from the lake")
    assert kept.read_bytes() == evidence
    assert query.run(tmp_path, "FROM articles").num_rows == 2
    assert index.sync(tmp_path, [], {}) == []


def test_a_damaged_journal_is_set_aside_and_told(tmp_path: Path) -> None:
    _loaded(tmp_path)
    folder = places.merge_folder(tmp_path)
    folder.mkdir()
    (folder / "journal.json").write_text("{")
    messages = lake.recover(tmp_path)
    assert len(messages) == 1
    assert messages[0].endswith("load the last batch again")
    assert lake.recover(tmp_path) == []
    assert (places.lake(tmp_path) / ".damaged" / ".merge.1" / "journal.json").read_text() == "{"
