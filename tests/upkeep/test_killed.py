"""Upkeep that is killed at any file operation: nothing is half removed, and the next time ends it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from signal import SIGKILL

from tests.upkeep import years


def test_old_rows_go_together_with_the_record_of_it_or_not_at_all(tmp_path: Path) -> None:
    years.home(tmp_path / "home")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed_retention.py")), str(tmp_path / "home"), str(tmp_path)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    attempts = [json.loads(line) for line in done.stdout.splitlines()]
    before, after = {"checks": 3, "articles": 6, "removals": 0}, {"checks": 2, "articles": 5, "removals": 5}
    assert [before, after] == [row for row in (before, after) if row in [a["rows"] for a in attempts]]
    for number, attempt in enumerate(attempts, 1):
        assert (attempt["ended"], attempt["leftovers"]) == (SIGKILL, False), number
        assert attempt["rows"] in (before, after), number
        assert attempt["again"] == after, number
