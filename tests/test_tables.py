"""Tables: one declaration serves Arrow, DuckDB and dataclasses."""

from dataclasses import fields
from datetime import UTC, datetime

import duckdb
import pytest

from media_monitor import columns, model, sources, tables

MODELS = {
    "fetches": sources.Fetch,
    "articles": model.Article,
    "mentions": model.Mention,
    "events": model.Event,
    "statements": model.Statement,
}


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda t: t.name)
def test_arrow_schema_and_duckdb_table_agree(table):
    with duckdb.connect() as connection:
        connection.execute(table.ddl)
        connection.register("given", table.empty())
        connection.execute(f'INSERT INTO "{table.name}" SELECT * FROM given')
        made = connection.sql(f'SELECT * FROM "{table.name}"').to_arrow_table()
        described = connection.execute(f'DESCRIBE "{table.name}"').fetchall()
    assert made.schema.names == list(table.names)
    assert {name for name, _, null, *_ in described if null == "YES"} == {c.name for c in table.columns if c.null}


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda t: t.name)
def test_every_column_is_documented_and_every_key_is_a_column(table):
    assert all(c.doc for c in table.columns)
    assert {*table.key, *table.owner, "day"} <= set(table.names)


@pytest.mark.parametrize("name", MODELS)
def test_a_dataclass_has_the_columns_of_its_table(name):
    of_model = {f.name for f in fields(MODELS[name])} | {"day"}
    assert of_model == set(tables.BY_NAME[name].names)


def test_rows_survive_the_way_to_arrow_and_back():
    fetch = sources.Fetch("f1", "b1", "https://a.example/rss", "A", datetime(2025, 4, 28, tzinfo=UTC), status=200)
    (again,) = columns.instances(sources.Fetch, tables.FETCHES.arrow([fetch]))
    assert again == fetch


def test_no_parts_make_an_empty_table():
    assert columns.concat(tables.ARTICLES, []).num_rows == 0
