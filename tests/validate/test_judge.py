"""Great Expectations is started late, silently, and what it measures can be written as JSON."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from media_monitor.validate.judge import plain


@pytest.mark.parametrize(
    ("measured", "written"),
    [
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (float("nan"), None),
        (np.float64("inf"), None),
        ([np.int64(1), "a", None], [1, "a", None]),
        (pd.Timestamp("2025-04-28", tz="UTC"), "2025-04-28 00:00:00+00:00"),
        (None, None),
    ],
)
def test_measured_values_become_plain(measured: object, written: object) -> None:
    found = plain(measured)
    assert found == written
    assert type(found) is type(written)


def test_importing_the_gate_imports_no_slow_library() -> None:
    slow = "sorted({'great_expectations', 'pandas'} & set(sys.modules))"
    code = f"import sys; from media_monitor.validate import gate; print({slow})"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert ran.stdout.strip() == "[]"
