"""The published file held open: as it is now, whatever was read before, and read-only."""

from pathlib import Path

import duckdb
import pytest

from media_monitor.errors import CorruptFileError
from media_monitor.warehouse import database, held


def publish(path: Path, number: int) -> None:
    """Replaces the file by one with that number, by a rename, as a load does."""
    made = path.with_suffix(".new")
    with duckdb.connect(made) as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {number} AS n, now() AS at")
        connection.execute("CREATE VIEW v AS FROM t")
    made.rename(path)


@pytest.fixture
def path(tmp_path) -> Path:
    """A published file with the number 1."""
    publish(tmp_path / "warehouse.duckdb", 1)
    return tmp_path / "warehouse.duckdb"


def number(path: Path) -> int:
    with held.reading(path) as connection:
        return int(connection.execute("SELECT n FROM v").fetchall()[0][0])


def test_a_load_shows_at_the_next_query_and_not_in_the_one_under_way(path):
    with held.open_afterwards():
        assert number(path) == 1
        with held.reading(path) as under_way:
            publish(path, 2)
            assert number(path) == 2
            assert under_way.execute("SELECT n FROM v").fetchall() == [(1,)]
        publish(path, 3)
        assert number(path) == 3


def test_the_file_stays_open_only_for_those_who_asked_for_it(path):
    assert number(path) == 1
    assert path not in held._files
    with held.open_afterwards():
        number(path)
    assert path in held._files


def test_readers_beside_it_may_open_the_file_their_own_way(path):
    with held.open_afterwards(), held.reading(path) as one, database.opened(path, read_only=True) as other:
        assert one.execute("FROM v").fetchall() == other.execute("FROM v").fetchall()


@pytest.mark.parametrize(
    "statement", ["INSERT INTO t VALUES (2, now())", "COPY t TO '{there}'", "FROM read_csv('{there}')"]
)
def test_it_changes_nothing_and_reaches_no_other_file(path, statement):
    there = path.with_name("other.csv")
    with held.open_afterwards(), pytest.raises(CorruptFileError), held.reading(path) as connection:
        connection.execute(statement.format(there=there)).fetchall()
    assert not there.exists()
    assert number(path) == 1


def test_a_damaged_file_is_told_by_its_name(path):
    path.write_bytes(b"not a database" * 100)
    with held.open_afterwards(), pytest.raises(CorruptFileError, match=r"warehouse\.duckdb"):
        number(path)
