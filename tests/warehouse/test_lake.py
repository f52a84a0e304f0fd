import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.warehouse import rows

from media_monitor import tables
from media_monitor.errors import StorageError
from media_monitor.warehouse import index, lake, places

ONE = rows.article("one", "2025-04-28")
TWO = rows.article("two", "2025-04-26")
BATCH = rows.batch(
    ONE,
    TWO,
    rows.mention(ONE, "russia"),
    rows.mention(ONE, "north_korea"),
    rows.event(TWO, "AID", "KP", "RU"),
    rows.statement(ONE, "KP", "confirm", "troops_deployed"),
    rows.statement(TWO, "RU", "confirm", "troops_deployed"),
    rows.fetch("courier", "run", "2025-04-28"),
)


def _files(home: Path) -> dict[str, tuple[bytes, int]]:
    lake_folder = places.lake(home)
    return {str(p.relative_to(lake_folder)): (p.read_bytes(), p.stat().st_ino) for p in lake_folder.rglob("*.parquet")}


def test_a_merge_stores_each_row_in_the_partition_of_its_day(tmp_path: Path) -> None:
    counts = lake.merge(tmp_path, BATCH)
    assert counts == {"articles": 2, "mentions": 2, "events": 1, "statements": 2, "fetches": 1}
    assert sorted(_files(tmp_path)) == [
        "articles/day=2025-04-26/part.parquet",
        "articles/day=2025-04-28/part.parquet",
        "events/day=2025-04-26/part.parquet",
        "fetches/day=2025-04-28/part.parquet",
        "mentions/day=2025-04-28/part.parquet",
        "statements/day=2025-04-26/part.parquet",
        "statements/day=2025-04-28/part.parquet",
    ]
    for name, part in BATCH.items():
        key = tables.BY_NAME[name].key
        assert rows.plain(lake.read(tmp_path, name), key) == rows.plain(part, key)


def test_merging_the_same_batch_again_touches_no_file(tmp_path: Path) -> None:
    lake.merge(tmp_path, BATCH)
    before = _files(tmp_path)
    assert set(lake.merge(tmp_path, BATCH).values()) == {0}
    assert _files(tmp_path) == before


def test_a_partition_whose_content_stays_is_not_written(tmp_path: Path) -> None:
    lake.merge(tmp_path, BATCH)
    before = _files(tmp_path)
    assert lake.merge(tmp_path, rows.batch(rows.article("three", "2025-04-28")))["articles"] == 1
    after = _files(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"articles/day=2025-04-28/part.parquet"}


def test_order_and_portions_of_the_input_do_not_matter(tmp_path: Path) -> None:
    articles = [rows.article(f"a{n}", f"2025-04-{1 + n % 5:02}") for n in range(40)]
    facts = [rows.mention(a, entity) for a in articles for entity in ("russia", "ukraine")]
    lake.merge(tmp_path / "whole", rows.batch(*articles, *facts))
    shuffled = random.Random(1).sample(articles, len(articles))
    for start in range(0, 40, 7):
        part = shuffled[start : start + 7]
        lake.merge(
            tmp_path / "parts", rows.batch(*part, *(f for f in facts if f.article_id in {a.article_id for a in part}))
        )
    whole, parts = _files(tmp_path / "whole"), _files(tmp_path / "parts")
    assert {name: data for name, (data, _) in whole.items()} == {name: data for name, (data, _) in parts.items()}


def test_extracting_a_revision_again_replaces_all_of_its_facts_and_no_others(tmp_path: Path) -> None:
    other = rows.article("other", "2025-04-28")
    lake.merge(tmp_path, BATCH)
    lake.merge(tmp_path, rows.batch(other, rows.mention(other, "japan")))
    counts = lake.merge(tmp_path, rows.batch(ONE, rows.mention(ONE, "russia"), rows.mention(ONE, "china")))
    assert counts == {"articles": 0, "mentions": 1, "events": 0, "statements": 0}
    assert sorted(rows.ids(lake.read(tmp_path, "mentions"), "entity_id")) == ["china", "japan", "russia"]
    assert rows.ids(lake.read(tmp_path, "statements"), "article_id") == ["two"]


def test_facts_of_a_table_that_is_not_in_the_batch_stay(tmp_path: Path) -> None:
    lake.merge(tmp_path, BATCH)
    lake.merge(tmp_path, {"articles": tables.ARTICLES.arrow([rows.article("one", "2025-04-28", story_id="s")])})
    assert lake.read(tmp_path, "mentions").num_rows == 2
    assert "s" in rows.ids(lake.read(tmp_path, "articles"), "story_id")


def test_a_new_revision_leaves_the_old_one_and_its_facts(tmp_path: Path) -> None:
    second = rows.article("one", "2025-04-28", revision=2)
    lake.merge(tmp_path, BATCH)
    lake.merge(tmp_path, rows.batch(second, rows.mention(second, "ukraine")))
    assert sorted(rows.ids(lake.read(tmp_path, "mentions"), "entity_id")) == ["north_korea", "russia", "ukraine"]


@pytest.mark.parametrize("synced", [False, True], ids=["found by reading the lake", "found through the index"])
def test_a_row_whose_day_changed_leaves_its_old_partition(tmp_path: Path, synced: bool) -> None:
    lake.merge(tmp_path, BATCH)
    if synced:
        index.sync(tmp_path, [], {})
    moved = rows.article("one", "2025-04-30")
    lake.merge(tmp_path, rows.batch(moved, rows.statement(moved, "KP", "confirm", "troops_deployed")))
    days = dict(zip(*(rows.ids(lake.read(tmp_path, "articles"), c) for c in ("article_id", "day")), strict=True))
    assert days == {"one": date(2025, 4, 30), "two": date(2025, 4, 26)}
    assert rows.ids(lake.read(tmp_path, "statements"), "day") == [date(2025, 4, 26), date(2025, 4, 30)]
    assert lake.read(tmp_path, "mentions").num_rows == 0
    index.sync(tmp_path, [], {})
    assert set(lake.merge(tmp_path, rows.batch(moved)).values()) == {0}


def test_an_index_that_is_behind_the_lake_misses_no_old_row(tmp_path: Path) -> None:
    lake.merge(tmp_path, rows.batch(TWO))
    index.sync(tmp_path, [], {})
    lake.merge(tmp_path, rows.batch(ONE))
    lake.merge(tmp_path, rows.batch(rows.article("one", "2025-05-01"), rows.article("two", "2025-05-01")))
    assert rows.ids(lake.read(tmp_path, "articles"), "day") == [date(2025, 5, 1)] * 2


def test_of_rows_with_one_key_the_last_counts(tmp_path: Path) -> None:
    early, late = rows.article("one", "2025-04-27", title="first"), rows.article("one", "2025-04-28", title="last")
    assert lake.merge(tmp_path, rows.batch(early, late))["articles"] == 1
    assert rows.ids(lake.read(tmp_path, "articles"), "title") == ["last"]


def test_an_error_in_one_table_leaves_all_as_it_was(tmp_path: Path) -> None:
    lake.merge(tmp_path, BATCH)
    before = _files(tmp_path)
    bad = rows.batch(rows.article("three", "2025-04-28")) | {"statements": pa.table({"statement_id": ["x"]})}
    with pytest.raises(ValueError, match="statement_id"):
        lake.merge(tmp_path, bad)
    assert _files(tmp_path) == before
    assert lake.recover(tmp_path) == []


def test_reading_a_table_that_was_never_stored_gives_no_rows(tmp_path: Path) -> None:
    assert lake.read(tmp_path, "alerts").equals(tables.ALERTS.empty())


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(StorageError, match="home"):
        lake.merge(tmp_path / "home", BATCH)
