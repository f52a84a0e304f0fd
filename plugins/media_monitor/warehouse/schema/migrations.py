"""Every change of the tables since there are versions, as a pure function from old rows to new ones.

Whoever changes `tables` adds a migration here: with the new fingerprint of the tables (`fingerprint()`), and for
each table whose stored rows must change a function that gets the rows of one partition and returns them changed. A
column that is added and may be null needs none: old files are read with nulls. A function leaves rows that are as
wanted already as they are, keeps `day`, and raises nothing on rows of any earlier version.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from media_monitor import tables

Rows = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True, slots=True)
class Migration:
    """The step to version `number` from the one before. `rows`: by table, what becomes of the rows of a partition."""

    number: int
    what: str
    fingerprint: str
    rows: Mapping[str, Rows] = field(default_factory=dict)


def fingerprint() -> str:
    """A text that differs when names, keys, columns, types or nulls of the tables do; docs do not count."""
    told = [
        (t.name, t.key, t.owner, [(c.name, str(c.type), c.null) for c in t.columns])
        for t in sorted(tables.TABLES, key=lambda table: table.name)
    ]
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _with_kinds(alerts: pa.Table) -> pa.Table:
    """Alerts of before there were kinds and rules: what they are, by the rule that they would have now."""
    records = []
    for row in alerts.to_pylist():
        kind = row.get("kind") or ("implicit" if row.get("grade") == "implicit" else "first_confirmation")
        rule = row.get("rule") or "first_confirmation"
        records.append(row | {"kind": kind, "rule": rule, "subject": row.get("subject") or row.get("claim")})
    added = [pa.field(name, pa.string()) for name in ("kind", "rule", "subject") if name not in alerts.column_names]
    return pa.Table.from_pylist(records, schema=pa.schema([*alerts.schema, *added]))


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        1,
        "alerts of before there were kinds have their kind, rule and subject written out",
        "c8830e3a8b1870db",
        {"alerts": _with_kinds},
    ),
    Migration(2, "table removals: what upkeep removed, and when", "4fd5a4b38f2e5dba"),
)
