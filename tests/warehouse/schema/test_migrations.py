"""The registry of migrations: it ends at the present tables, and each step is a pure function that can be repeated."""

import pyarrow as pa
import pytest
from tests.warehouse.schema import older

from media_monitor import tables
from media_monitor.warehouse.schema import migrations
from media_monitor.warehouse.schema.migrations import MIGRATIONS

CHANGES = [(step, name) for step in MIGRATIONS for name in step.rows]


def test_the_last_migration_is_of_the_tables_as_they_are() -> None:
    told = (
        "tables.py has changed: add a migration to warehouse/schema/migrations.py with the fingerprint "
        f"{migrations.fingerprint()!r}, and a function for each table whose stored rows must change"
    )
    assert MIGRATIONS[-1].fingerprint == migrations.fingerprint(), told


def test_migrations_are_numbered_without_gaps_and_say_what_they_do() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert len({step.fingerprint for step in MIGRATIONS}) == len(MIGRATIONS)
    assert all(step.what for step in MIGRATIONS)
    assert {name for _, name in CHANGES} <= tables.BY_NAME.keys()


@pytest.mark.parametrize(("step", "table"), CHANGES, ids=lambda one: getattr(one, "number", one))
def test_a_migration_changes_old_rows_once_and_leaves_present_ones(step: migrations.Migration, table: str) -> None:
    old = older.ROWS[table]
    once = step.rows[table](old)
    assert not once.equals(old)
    assert step.rows[table](once).equals(once)
    kept = ["day", *tables.BY_NAME[table].key]
    assert once.select(kept).equals(old.select(kept))
    assert step.rows[table](old.slice(0, 0)).num_rows == 0
    empty = tables.BY_NAME[table].empty()
    assert step.rows[table](empty).equals(empty)


def test_alerts_of_before_there_were_kinds_have_one() -> None:
    change = MIGRATIONS[0].rows["alerts"]
    found = change(pa.Table.from_pylist([older.alert("a", "primary"), older.alert("b", "implicit", claim="aid")]))
    told = [(row["kind"], row["rule"], row["subject"]) for row in found.to_pylist()]
    assert told == [
        ("first_confirmation", "first_confirmation", "troops_deployed"),
        ("implicit", "first_confirmation", "aid"),
    ]
