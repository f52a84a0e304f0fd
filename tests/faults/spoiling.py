"""Faults made for real in a data folder, by the check of the doctor that has to find them."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
from tests.faults.runs import AS_OF

from media_monitor import tables
from media_monitor.pipeline import LOADED
from media_monitor.warehouse import lake, places
from media_monitor.warehouse.durable import write_parquet

YEAR = timedelta(days=365)


def overwrite(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 5)
        file.write(b"\xa5" * (size * 3 // 5))


def partition(home: Path, table: str) -> Path:
    return max(home.glob(f"lake/{table}/*/part.parquet"), key=lambda path: (path.stat().st_size, path))


def rows(path: Path) -> pa.Table:
    table = tables.BY_NAME[path.parent.parent.name]
    day = date.fromisoformat(path.parent.name.removeprefix("day="))
    return lake.partition.read(path, table, day)


def a_merge_without_its_journal(home: Path) -> None:
    folder = places.merge_folder(home)
    folder.mkdir()
    shutil.copy(partition(home, "articles"), folder / "000000.parquet")


def a_merge_with_renames_to_do(home: Path) -> None:
    path = partition(home, "articles")
    folder = places.merge_folder(home)
    folder.mkdir()
    path.rename(folder / "000000.parquet")
    (folder / "journal.json").write_text(json.dumps({"000000.parquet": path.relative_to(home / "lake").as_posix()}))


def a_damaged_partition(home: Path) -> None:
    overwrite(partition(home, "statements"))


def a_deleted_partition(home: Path) -> None:
    partition(home, "stories").unlink()


def a_partition_out_of_order_with_doubles(home: Path) -> None:
    path = partition(home, "mentions")
    found = rows(path)
    write_parquet(path, pa.concat_tables([found, found.slice(0, 3)]).take(list(range(len(found) + 2, -1, -1))))


def rows_under_another_day(home: Path) -> None:
    path = partition(home, "events")
    other = min(path.parent.parent.glob("*/part.parquet"))
    shutil.copy(path, other)


def damaged_facts_that_no_index_has(home: Path) -> None:
    overwrite(partition(home, "statements"))
    for path in (places.working(home), places.published(home)):
        path.unlink()


def articles_that_only_the_archive_has(home: Path) -> None:
    overwrite(partition(home, "articles"))
    overwrite(partition(home, "mentions"))
    for path in (places.working(home), places.published(home)):
        overwrite(path)


def a_row_on_two_days(home: Path) -> None:
    """As when a partition of before the row moved is restored."""
    path = partition(home, "articles")
    found, day = rows(path), date(2024, 1, 1)
    old = found.set_column(found.column_names.index("day"), tables.ARTICLES.schema.field("day"),
                           pa.array([day] * len(found)))  # fmt: skip
    target = places.partition(home, "articles", day)
    target.parent.mkdir()
    write_parquet(target, old)
    os.utime(target, (1, 1))


def facts_whose_article_is_gone(home: Path) -> None:
    path = partition(home, "articles")
    found = rows(path)
    named = set(
        rows(path.parent.parent.parent / "mentions" / path.parent.name / "part.parquet")["article_id"].to_pylist()
    )
    write_parquet(path, found.filter(pa.array([one not in named for one in found["article_id"].to_pylist()])))


def spans_that_are_shifted(home: Path) -> None:
    path = min(home.glob("lake/statements/*/part.parquet"), key=lambda path: path.stat().st_size)
    shifted = [row | {"start": row["start"] + 1, "end": row["end"] + 1} for row in rows(path).to_pylist()]
    write_parquet(path, pa.Table.from_pylist(shifted, schema=tables.STATEMENTS.schema))


def facts_of_an_article_that_never_was(home: Path) -> None:
    path = partition(home, "mentions")
    found = rows(path)
    stranger = found.to_pylist()[0] | {"article_id": "0" * 16, "mention_id": "0" * 16}
    write_parquet(path, pa.concat_tables([pa.Table.from_pylist([stranger], schema=tables.MENTIONS.schema), found]))


def _archive(home: Path) -> Path:
    return max(home.glob("warc/*/*.warc.gz"), key=lambda path: path.stat().st_size)


def an_archive_left_open(home: Path) -> None:
    path = _archive(home)
    shutil.copy(path, path.with_name("0009.warc.gz.open"))


def a_damaged_archive(home: Path) -> None:
    path = _archive(home)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 200)


def a_deleted_archive(home: Path) -> None:
    _archive(home).unlink()


def a_batch_that_was_never_loaded(home: Path) -> None:
    """As when a run was killed after it had archived, and the feeds had moved on before the next."""
    (batch,) = home.glob("warc/*")
    feeds = {row["feed_id"] for row in lake.seen(home, "fetches").to_pylist()}
    (batch / LOADED).unlink()
    later = batch.with_name("99991231T000000Z-00000000")
    later.mkdir()
    (later / LOADED).touch()
    _take_out(home, set(sorted(feeds)[::2]))


def articles_that_a_load_lost(home: Path) -> None:
    fetches = lake.seen(home, "fetches").to_pylist()
    _take_out(home, {max(fetches, key=lambda row: row["new_entries"])["feed_id"]}, ("articles", *_FACTS))


_FACTS = tuple(table.name for table in tables.FACTS)


def _take_out(home: Path, feeds: set[str], names: tuple[str, ...] = ("articles", "fetches", *_FACTS)) -> None:
    articles = lake.seen(home, "articles").to_pylist()
    keys = {(row["article_id"], row["revision"]) for row in articles if row["feed_id"] in feeds}
    for name in names:
        for path in home.glob(f"lake/{name}/*/part.parquet"):
            found = rows(path)
            kept = [r for r in found.to_pylist() if not _is_of(r, feeds, keys)]
            if len(kept) < len(found):
                write_parquet(path, pa.Table.from_pylist(kept, schema=found.schema))


def _is_of(row: dict, feeds: set[str], articles: set[tuple[str, int]]) -> bool:
    return row.get("feed_id") in feeds or (row.get("article_id"), row.get("revision")) in articles


def fetches_of_next_year(home: Path) -> None:
    _alter(home, "fetches", lambda r: {"fetched_at": r["fetched_at"] + YEAR, "next_due_at": r["fetched_at"] + YEAR})


def undated_articles_of_next_year(home: Path) -> None:
    _alter(home, "articles", lambda r: {"fetched_at": r["fetched_at"] + YEAR})


def alerts_due_next_year(home: Path) -> None:
    _alter(home, "alerts", lambda _: {"due_at": AS_OF + YEAR})


def _alter(home: Path, name: str, change: Callable[[dict], dict]) -> None:
    path = partition(home, name)
    altered = [row | change(row) for row in rows(path).to_pylist()]
    write_parquet(path, pa.Table.from_pylist(altered, schema=tables.BY_NAME[name].schema))


def a_damaged_working_file(home: Path) -> None:
    overwrite(places.working(home))


def a_published_file_that_is_gone(home: Path) -> None:
    places.published(home).unlink()


def a_published_file_of_another_release(home: Path) -> None:
    _execute(places.published(home), "UPDATE _layout SET fingerprint = 'old'")


def rows_that_only_the_index_lacks(home: Path) -> None:
    _execute(places.published(home), "DELETE FROM statements WHERE stance = 'confirm'")


def a_ledger_that_lost_a_step(home: Path) -> None:
    _execute(places.published(home), "DELETE FROM kept_steps WHERE step = 1")


def a_rollup_that_counts_otherwise(home: Path) -> None:
    _execute(places.published(home), "UPDATE outlet_days SET articles = articles + 1")


def _execute(path: Path, sql: str) -> None:
    with duckdb.connect(path) as connection:
        connection.execute(sql)


def alerts_that_are_gone(home: Path) -> None:
    path = partition(home, "alerts")
    write_parquet(path, rows(path).slice(0, 3))


def an_alert_raised_twice(home: Path) -> None:
    path = partition(home, "alerts")
    found = rows(path)
    double = next(row for row in found.to_pylist() if row["kind"] == "first_confirmation") | {
        "alert_id": "f" * 16, "deliveries": [], "raised_at": AS_OF + timedelta(minutes=1),
    }  # fmt: skip
    write_parquet(path, pa.concat_tables([found, pa.Table.from_pylist([double], schema=found.schema)]))


def a_delivery_that_only_the_outbox_knows(home: Path) -> None:
    _alter(home, "alerts", lambda _: {"deliveries": []})


def a_damaged_record_of_the_outbox(home: Path) -> None:
    min(home.glob("outbox/*.json")).write_text('{"alert_id": "')


def a_message_sent_when_its_process_died(home: Path) -> None:
    path = min(home.glob("outbox/*.json"))
    path.write_text(path.read_text().replace('"sent"', '"sending"'))


def a_damaged_message(home: Path) -> None:
    min(home.glob("messages/*.json")).write_text("{")


def a_stage_half_written(home: Path) -> None:
    (batch,) = home.glob("batches/*")
    dead = batch.with_name("20000101T000000Z-00000000")
    (dead / ".settle.new").mkdir(parents=True)
    shutil.copytree(batch / "validate", dead / "validate")
    overwrite(dead / "validate" / "articles.parquet")


def leftovers_everywhere(home: Path) -> None:
    for name in ("working.duckdb.new", "outbox/0.json.new", "lake/articles/notes.txt", "lake/articles/day=2025-13-99"):
        (home / name).touch()
    (partition(home, "articles").parent / "part.parquet.new").touch()
    (home / ".doctor").mkdir()


def a_version_that_cannot_be_read(home: Path) -> None:
    (home / "lake" / "schema.json").write_text("{")


def a_version_of_an_earlier_release(home: Path) -> None:
    (home / "lake" / "schema.json").write_text('{"version": 0}')
