"""Any SQL of a stranger: rows or one line of an error; nothing outside is read, nothing inside is changed."""

from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_monitor.errors import QueryError
from media_monitor.warehouse import places
from media_monitor.warehouse.guarded import ask
from media_monitor.warehouse.guarded.ask import Limits

LIMITS = Limits(seconds=3, rows=100, memory_mb=128, longest_cell=2_000, most_characters=100_000)
SECRET = "kept-from-strangers"
PIECES = (
    "SELECT",
    "*",
    "FROM",
    "articles",
    "WHERE",
    "(",
    ")",
    "'",
    '"',
    ";",
    "--",
    "/*",
    "$1",
    "$name",
    "?",
    ",",
    "UNION",
    "ALL",
    "WITH",
    "x AS",
    "read_text('{}/secret.csv')",
    "'{}/secret.csv'",
    "COPY",
    "TO '{}/out.csv'",
    "ATTACH '{}/other.db'",
    "INSTALL httpfs",
    "LOAD",
    "PRAGMA",
    "SET enable_external_access = true",
    "DROP TABLE articles",
    "INSERT INTO",
    "DELETE",
    "UPDATE",
    "CREATE",
    "range(10)",
    "unnest([1, 2])",
    "getenv('HOME')",
    "glob('{}/*')",
    "1",
    "NULL",
    "é",
    "\x00",
    "\ud800",
    "EXPORT DATABASE '{}/all'",
    "CALL",
    "current_setting('home_directory')",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any")
    with duckdb.connect(places.published(folder)) as connection:
        connection.execute("CREATE TABLE articles AS SELECT i AS n, 'title ' || i AS title FROM range(1000) t(i)")
    (folder / "secret.csv").write_text(f"{SECRET}\n")
    return folder


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=3).map(lambda some: " ".join(["SELECT * FROM", *some])),
    st.dictionaries(st.sampled_from(["name", "1", ""]), st.text(max_size=5), max_size=1),
)
def test_any_words(home, sql, values):
    before = sha256(places.published(home).read_bytes()).hexdigest()
    held = {path.name for path in home.iterdir()}
    try:
        rows = ask.run(home, sql.replace("{}", str(home)), values, LIMITS).rows
        told = repr(rows)
        assert len(rows) <= 100
    except QueryError as error:
        told = str(error)
    assert SECRET not in told
    assert "\n" not in told
    assert sha256(places.published(home).read_bytes()).hexdigest() == before
    assert {path.name for path in home.iterdir()} == held
