"""A chunk of feeds on a server with some latency."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).resolve().parents[2] / "benchmarks" / "runs.py"
pytestmark = pytest.mark.timeout(120)


def test_a_chunk_of_25_feeds_at_50_ms_latency_takes_less_than_3_seconds():
    done = subprocess.run([sys.executable, COMMAND], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split(": ")[1].split(" s")[0]) < 3
