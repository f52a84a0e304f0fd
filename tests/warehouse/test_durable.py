import random
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.warehouse import rows

from media_monitor import tables
from media_monitor.warehouse import durable


def _articles(count: int) -> pa.Table:
    draw = random.Random(count)
    words = ["".join(draw.choices("aeinorstlkdm", k=draw.randint(3, 9))) for _ in range(400)]
    made = [rows.article(f"a{n}", "2025-04-28", text=" ".join(draw.choices(words, k=60))) for n in range(count)]
    return rows.batch(*made)[tables.ARTICLES.name]


@pytest.mark.parametrize(("count", "compression"), [(1, "SNAPPY"), (10, "SNAPPY"), (300, "ZSTD")])
def test_many_rows_are_compressed_more(tmp_path: Path, count: int, compression: str) -> None:
    written = _articles(count)
    durable.write_parquet(tmp_path / "part.parquet", written)
    group = parquet.read_metadata(tmp_path / "part.parquet").row_group(0)
    assert {group.column(n).compression for n in range(group.num_columns)} == {compression}
    assert parquet.read_table(tmp_path / "part.parquet").equals(written)


@pytest.mark.parametrize("count", [1, 5, 20])
def test_few_rows_take_a_fifth_more_than_with_zstd_at_most(tmp_path: Path, count: int) -> None:
    written = _articles(count)
    durable.write_parquet(tmp_path / "part.parquet", written)
    parquet.write_table(written, tmp_path / "zstd.parquet", compression="zstd", write_page_checksum=True)
    assert (tmp_path / "part.parquet").stat().st_size <= 1.2 * (tmp_path / "zstd.parquet").stat().st_size


def _of_others(rows: pa.Table) -> pa.Table:
    """The same rows, cut out of a table in which each column has nulls."""
    nulls = pa.table({field.name: pa.nulls(1, field.type) for field in rows.schema}, schema=_loose(rows.schema))
    cut = pa.concat_tables([rows.cast(_loose(rows.schema)), nulls]).combine_chunks().slice(0, rows.num_rows)
    return pa.Table.from_arrays(cut.columns, schema=rows.schema)


def _loose(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in schema])


@pytest.mark.parametrize("count", [3, *range(14, 26), 300])
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, count: int) -> None:
    rows_of_day = _articles(count)
    others = _of_others(rows_of_day)
    assert others.equals(rows_of_day)
    assert others.nbytes != rows_of_day.nbytes
    for name, written in (("one", rows_of_day), ("other", others), ("again", _articles(count))):
        durable.write_parquet(tmp_path / name, written)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes() == (tmp_path / "again").read_bytes()
