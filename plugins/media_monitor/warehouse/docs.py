"""The page of all tables: `python -m media_monitor.warehouse.docs > docs/tables.md`."""

import sys

import duckdb

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.warehouse import reference

_HEAD = """# Tables

Made from `plugins/media_monitor/tables/` and `warehouse/reference.py` by
`python -m media_monitor.warehouse.docs > docs/tables.md`; change those and make the page again.

The lake holds each table as Parquet, one file a day (`lake/<table>/day=YYYY-MM-DD/part.parquet`, sorted by key,
compressed by Snappy up to 16 KB, by zstd above). The published DuckDB file `warehouse.duckdb` holds the same tables,
the reference tables below, and the views of [sql.md](sql.md). Days and times are UTC. Only columns marked so can
be null.

A new batch replaces the stored rows of the same *owner*: of a fact that is its article revision, so that extracting
an article again leaves none of its old facts behind; of the others it is the key.
"""
_REFERENCE_HEAD = """
# Reference tables

The beat's own data, in DuckDB only, replaced whole at every load.
"""


def page() -> str:
    """The page, Markdown."""
    stored = "".join(_section(table) for table in tables.TABLES)
    return _HEAD + stored + _REFERENCE_HEAD + "".join(_section(table) for table in reference.TABLES)


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    owner = ", ".join(f"`{name}`" for name in table.owner)
    owned = "" if table.key == table.owner else f" Owner: {owner}."
    types = _duckdb_types(table)
    lines = [f"| `{c.name}` | {types[c.name]} | {'yes' if c.null else ''} | {c.doc} |" for c in table.columns]
    head = [
        f"\n## {table.name}\n",
        f"{table.doc} Key: {key}.{owned}\n",
        "| column | type | null | meaning |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *lines, ""])


def _duckdb_types(table: Table) -> dict[str, str]:
    with duckdb.connect() as connection:
        connection.execute(table.ddl).fetchall()
        described = connection.execute(f'DESCRIBE "{table.name}"').fetchall()
    return {name: f"`{kind}`" for name, kind, *_ in described}


if __name__ == "__main__":
    sys.stdout.write(page())
