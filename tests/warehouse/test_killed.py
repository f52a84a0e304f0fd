"""Kill -9 anywhere in a merge or sync: readers see one whole state, and a repeated run ends in the same tables."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGALRM, SIGKILL
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _attempts(folder: Path, mode: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "warehouse" / "killed.py"), str(folder), mode],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def fast_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: forcing to disk some thousand times takes minutes."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


@pytest.mark.parametrize(("mode", "signal"), [("steps", SIGKILL), ("moments", SIGALRM)])
def test_a_killed_load_is_all_or_nothing_and_can_be_repeated(fast_folder: Path, mode: str, signal: int) -> None:
    attempts = _attempts(fast_folder, mode)
    killed = [a for a in attempts if a["ended"] == signal]
    assert len(killed) >= (40 if mode == "steps" else 6)
    for number, attempt in enumerate(attempts, 1):
        where = f"attempt {number}: {attempt}"
        assert attempt["seen"] in ("before", "after"), where
        assert attempt["recovered"] in ("before", "after"), where
        assert attempt["recovered_published"] == attempt["recovered"], where
        assert attempt["again"] == attempt["again_published"] == "after", where
        assert attempt["leftovers"] == [], where
    # The kill points lie on both sides of the moment at which the merge takes effect, and both are told.
    assert {a["recovered"] for a in killed} == {"before", "after"}
    if mode == "steps":
        told = " ".join(m for a in killed for m in a["messages"])
        assert "before it took effect; its unfinished files were removed" in told
        assert "its last steps were done now" in told
        assert not any("damaged" in m or "DuckDB cannot use it" in m for a in killed for m in a["messages"])
