"""CSV by RFC 4180, harmless in a spreadsheet; Parquet as DuckDB and Arrow read it."""

import csv
import io
import json

import duckdb
import pytest
from pyarrow import parquet

from media_monitor.exports import fields, tabular
from media_monitor.exports.fields import TABLE


def test_lines_end_and_quotes_double_as_the_standard_says(rows):
    content = tabular.as_csv(rows)
    assert content.startswith((",".join(TABLE.names) + "\r\n").encode())
    assert content.endswith(b"\r\n")
    assert b'""quoted""\nsecond' in content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    assert {len(line) for line in lines} == {len(TABLE.names)}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(rows, text):
    content = tabular.as_csv([rows[0] | {"title": text, "speaker": text}])
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    assert line["title"] == line["speaker"] == f"'{text}"
    assert not any((cell or "").startswith(("=", "+", "-", "@", "\t")) for cell in line.values())


def test_duckdb_reads_the_csv(rows, tmp_path):
    (tmp_path / "c.csv").write_bytes(tabular.as_csv(rows))
    found = duckdb.sql(f"FROM read_csv('{tmp_path / 'c.csv'}', header = true, all_varchar = true)").fetchall()
    assert len(found) == len(rows)
    names = list(TABLE.names)
    quotes = {line[names.index("quote")] for line in found}
    assert quotes == {row["quote"] for row in rows}
    assert all(json.loads(line[names.index("evidence")]) for line in found)


def test_duckdb_reads_the_parquet(rows, bare, tmp_path):
    (tmp_path / "c.parquet").write_bytes(tabular.as_parquet([*rows, bare]))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.sql(f"FROM '{tmp_path / 'c.parquet'}'").to_arrow_table().to_pylist()
    assert [fields.row(one) for one in found] == fields.ordered([*rows, bare])


def test_every_column_of_the_parquet_says_what_it_means(rows):
    schema = parquet.read_schema(io.BytesIO(tabular.as_parquet(rows)))
    assert schema.metadata[b"doc"].decode() == TABLE.doc
    for column in TABLE.columns:
        assert schema.field(column.name).metadata[b"doc"].decode() == column.doc
        assert schema.field(column.name).type == column.type
