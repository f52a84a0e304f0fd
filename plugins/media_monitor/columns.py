"""What a table is made of: column types, columns, and the way from dataclasses to Arrow and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

import pyarrow as pa

TEXT = pa.string()
INT = pa.int32()
LONG = pa.int64()
REAL = pa.float64()
FLAG = pa.bool_()
DAY = pa.date32()
TIME = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())
DELIVERIES = pa.list_(pa.struct([("channel", TEXT), ("state", TEXT), ("at", TIME), ("error", TEXT)]))

_Row = TypeVar("_Row")

_DUCKDB_TYPES = {
    TEXT: "VARCHAR",
    INT: "INTEGER",
    LONG: "BIGINT",
    REAL: "DOUBLE",
    FLAG: "BOOLEAN",
    DAY: "DATE",
    TIME: "TIMESTAMP WITH TIME ZONE",
    TEXTS: "VARCHAR[]",
    DELIVERIES: 'STRUCT("channel" VARCHAR, "state" VARCHAR, "at" TIMESTAMP WITH TIME ZONE, "error" VARCHAR)[]',
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: Arrow type, whether it may be null, and a sentence of documentation."""

    name: str
    type: pa.DataType
    doc: str
    null: bool = False


@dataclass(frozen=True)
class Table:
    """One table. `key` identifies a row; `owner` are the columns whose rows a new batch replaces as a whole.

    Facts are owned by their article revision: extracting a revision again replaces all of its facts. For the
    other tables the owner is the key itself. On equal owners the row of the newer batch wins.
    """

    name: str
    doc: str
    key: tuple[str, ...]
    owner: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(c.name, c.type, nullable=c.null, metadata={"doc": c.doc}) for c in self.columns])

    @property
    def ddl(self) -> str:
        """`CREATE TABLE IF NOT EXISTS …` for DuckDB."""
        columns = ", ".join(f'"{c.name}" {_DUCKDB_TYPES[c.type]}{"" if c.null else " NOT NULL"}' for c in self.columns)
        return f'CREATE TABLE IF NOT EXISTS "{self.name}" ({columns})'

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    def arrow(self, rows: Iterable[object]) -> pa.Table:
        """The rows (dataclass instances with an attribute for each column) as an Arrow table of this schema."""
        records = [{name: _plain(getattr(row, name)) for name in self.names} for row in rows]
        return pa.Table.from_pylist(records, schema=self.schema)

    def empty(self) -> pa.Table:
        return self.schema.empty_table()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def instances(kind: type[_Row], table: pa.Table) -> list[_Row]:
    """One instance of the dataclass a row; list columns become tuples, columns that are no field are left out."""
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    return [
        kind(**{n: tuple(row[n]) if isinstance(row[n], list) else row[n] for n in names})
        for row in table.select(names).to_pylist()
    ]


def concat(table: Table, parts: Sequence[pa.Table]) -> pa.Table:
    """All parts as one Arrow table of the table's schema (empty for no parts)."""
    return pa.concat_tables([p.cast(table.schema) for p in parts]) if parts else table.empty()
