"""Instances of DuckDB are used again, and carry nothing from one opening to the next."""

import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from media_monitor.opening import attached, in_memory


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some file's.duckdb"
    with attached(path, read_only=False) as connection:
        connection.execute("CREATE TABLE held AS SELECT 1 AS n")
    return path


def test_what_was_written_is_in_the_file_alone(file):
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with duckdb.connect(file, read_only=True) as direct:
        assert direct.execute("FROM held").fetchall() == [(1,)]


def test_nothing_is_carried_to_the_next_opening(file):
    for _ in range(2):
        with attached(file, read_only=True) as connection:
            assert connection.execute("SELECT current_setting('TimeZone')").fetchall() == [("UTC",)]
            assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(1,)]
            connection.execute("SET TimeZone = 'Asia/Seoul'; CREATE TEMP TABLE own AS SELECT 2 AS n")
    for _ in range(2):
        with in_memory() as connection:
            assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
            connection.execute("CREATE TABLE own AS SELECT 2 AS n")


DRAWN = """
import sys
from pathlib import Path
from media_monitor.opening import attached, in_memory, instance
from media_monitor.warehouse import held
file = Path(sys.argv[1])
lent = (instance(file, sealed=True), in_memory(), attached(file, read_only=True), held.reading(file))
for one in lent:
    with held.open_afterwards(), one as connection:
        print(connection.execute("SELECT current_setting('enable_progress_bar')").fetchone())
"""


def test_no_progress_is_drawn_over_what_is_printed(file):
    done = subprocess.run([sys.executable, "-c", DRAWN, file], capture_output=True, text=True, check=True)
    assert done.stdout == "(False,)\n" * 4


READ = """
import sys
from pathlib import Path
from media_monitor.opening import attached

def megabytes(name):
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name + ":"))
    return int(line.split()[1]) // 1024

before, file = megabytes("VmRSS"), Path(sys.argv[1])
with attached(file, read_only=False) as connection:
    connection.execute("CREATE TABLE more AS SELECT random() AS n FROM range(5_000_000)")
with attached(file, read_only=False) as connection:
    connection.execute("CREATE TEMP TABLE sorted AS SELECT * FROM more ORDER BY hash(n)")
    connection.execute("SELECT count(*) FROM (SELECT n, count(*) FROM more GROUP BY n)").fetchall()
print(megabytes("VmHWM") - before, megabytes("VmRSS") - before)
"""


def test_a_small_file_has_one_thread_and_all_once_it_has_grown(file):
    threads = "SELECT current_setting('threads')"
    with attached(file, read_only=False) as connection:
        assert connection.execute(threads).fetchall() == [(1,)]
        connection.execute("CREATE TABLE more AS SELECT random() AS n FROM range(5_000_000)")
    with attached(file, read_only=False) as connection, duckdb.connect() as plain:
        assert connection.execute(threads).fetchall() == plain.execute(threads).fetchall()


def test_what_was_read_of_a_large_file_is_not_kept_in_memory(file):
    done = subprocess.run([sys.executable, "-c", READ, file], capture_output=True, text=True, check=True)
    peak, left = map(int, done.stdout.split())
    assert peak > 300
    assert left < peak / 4


def test_a_file_that_cannot_be_reached_is_an_error_of_duckdb(file):
    with pytest.raises(duckdb.Error), attached(file / "below.duckdb", read_only=True):
        pass
    with pytest.raises(duckdb.Error), attached(file.parent / ("long" * 100), read_only=True):
        pass


def test_a_file_that_took_the_place_of_another_is_read(file, tmp_path):
    other = tmp_path / "other.duckdb"
    with attached(other, read_only=False) as connection:
        connection.execute("CREATE TABLE held AS SELECT 7 AS n")
    with attached(file, read_only=True) as connection:
        assert connection.execute("FROM held").fetchall() == [(1,)]
        other.replace(file)
        assert connection.execute("FROM held").fetchall() == [(1,)]
    with attached(file, read_only=True) as connection:
        assert connection.execute("FROM held").fetchall() == [(7,)]


@pytest.mark.parametrize(
    "sql", ["FROM read_text('{0}/secret')", "ATTACH '{0}/another.duckdb'", "SET enable_external_access = true"]
)
def test_reading_reaches_no_other_file(file, sql):
    (file.parent / "secret").write_text("secret")
    with attached(file, read_only=True):
        pass
    with pytest.raises(duckdb.Error, match=r"disabled|Cannot enable"), attached(file, read_only=True) as connection:
        connection.execute(sql.format(file.parent))


def test_after_an_error_the_file_opens_again(file):
    def fail() -> None:
        with attached(file, read_only=False) as connection:
            connection.begin()
            connection.execute("DELETE FROM held")
            connection.execute("FROM nothing_of_that_name")

    with pytest.raises(duckdb.Error):
        fail()
    with attached(file, read_only=True) as connection:
        assert connection.execute("FROM held").fetchall() == [(1,)]


def test_threads_read_side_by_side(file):
    def read(_: int) -> int:
        with attached(file, read_only=True) as connection:
            return connection.execute("SELECT n FROM held").fetchall()[0][0]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(64))) == [1] * 64


def _read(path: Path) -> None:
    with attached(path, read_only=True) as connection:
        assert connection.execute("FROM held").fetchall() == [(1,)]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_process_opens_its_own(file):
    _read(file)
    child = multiprocessing.get_context("fork").Process(target=_read, args=(file,))
    child.start()
    child.join(30)
    assert child.exitcode == 0
