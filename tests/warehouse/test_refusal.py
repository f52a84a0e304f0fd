"""A file system that refuses: full, limited or read-only. One error that names the path, and nothing half done."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.warehouse import rows

from media_monitor.errors import StorageError
from media_monitor.warehouse import index, lake, lock, places, query, staging

SMALL = rows.batch(rows.article("one", "2025-04-28"))
# Text that does not compress: 40 articles of 100 kB.
LARGE = rows.batch(
    *(rows.article(f"a{n}", f"2025-04-{1 + n % 9:02}", text=os.urandom(50_000).hex()) for n in range(40))
)


def _mount(folder: Path, *options: str) -> None:
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB with a loaded warehouse on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    _mount(disk, "-t", "tmpfs", "-o", "size=16m", "tmpfs")
    try:
        lake.merge(disk / "home", SMALL)
        index.sync(disk / "home", [], {})
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path) -> Path:
    filler = disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(b"\1" * (17 << 20))
    return filler


@pytest.fixture
def read_only_home(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "home"
    lake.merge(home, SMALL)
    index.sync(home, [], {})
    _mount(home, "--bind", str(home))
    try:
        _mount(home, "-o", "remount,ro,bind")
        yield home
    finally:
        subprocess.run(["umount", str(home)], check=True)


def _lake(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in places.lake(home).rglob("*") if p.is_file()}


def test_a_full_disk_stops_a_merge_before_it_took_effect(small_disk: Path) -> None:
    home = small_disk / "home"
    before = _lake(home)
    filler = _fill(small_disk)
    with pytest.raises(StorageError, match=r"part.*parquet|\.merge.*: No space left on device"):
        lake.merge(home, LARGE)
    assert _lake(home) == before
    filler.unlink()
    assert lake.recover(home) == []
    assert lake.merge(home, LARGE)["articles"] == 40


def test_a_full_disk_leaves_the_earlier_result_of_a_stage(small_disk: Path) -> None:
    home = small_disk / "home"
    staging.write(home, "run", "settle", SMALL)
    _fill(small_disk)
    with pytest.raises(StorageError, match="No space left on device"):
        staging.write(home, "run", "settle", LARGE)
    assert staging.read(home, "run", "settle")["articles"].num_rows == 1


def test_a_full_disk_stops_a_sync_and_leaves_the_published_file(small_disk: Path) -> None:
    home = small_disk / "home"
    lake.merge(home, rows.batch(rows.article("two", "2025-04-28")))
    filler = _fill(small_disk)
    with pytest.raises(StorageError, match=r"duckdb.*: .*No space left on device"):
        index.sync(home, [], {})
    assert query.run(home, "FROM articles").num_rows == 1
    assert lake.read(home, "articles").num_rows == 2
    filler.unlink()
    assert index.sync(home, [], {}) == []
    assert query.run(home, "FROM articles").num_rows == 2


def test_a_read_only_folder_is_named_and_can_still_be_queried(read_only_home: Path) -> None:
    with pytest.raises(StorageError, match=r"home/.*Read-only file system"):
        lake.merge(read_only_home, SMALL)
    with pytest.raises(StorageError, match=r"home/.*Read-only file system"), lock.writing(read_only_home):
        pytest.fail("the folder is read-only")
    with pytest.raises(StorageError, match=r"home/.*Read-only file system"):
        staging.write(read_only_home, "run", "settle", SMALL)
    assert query.run(read_only_home, "FROM articles").num_rows == 1


LIMITED = """
import resource, signal, sys
from pathlib import Path
from media_monitor.errors import StorageError
from media_monitor.warehouse import index, lake, staging
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
home = Path(sys.argv[1])
large = staging.read(home, "run", "large")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    lake.merge(home, large)
    index.sync(home, [], {})
except StorageError as error:
    print(error)
"""


@pytest.mark.parametrize(("limit", "culprit"), [(200_000, ".merge/"), (1_000_000, "working.duckdb")])
def test_a_limit_on_file_size_is_told_without_root_too(tmp_path: Path, limit: int, culprit: str) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    lake.merge(tmp_path, SMALL)
    index.sync(tmp_path, [], {})
    staging.write(tmp_path, "run", "large", LARGE)
    plugins = str(Path(lake.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(limit)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": plugins},
    )  # fmt: skip
    assert culprit in done.stdout
    assert "File too large" in done.stdout
    assert query.run(tmp_path, "FROM articles").num_rows == 1
    messages = index.sync(tmp_path, [], {})
    assert messages == []
    assert query.run(tmp_path, "FROM articles").num_rows == (1 if culprit == ".merge/" else 41)
