"""A folder of its own for everything that a launched Airflow writes, and what it needs of the environment."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "MEDIA_MONITOR"))}
    return {**clean, "PYTHONPATH": str(CHECKOUT / "plugins"), "COLUMNS": "160", "MEDIA_MONITOR_SEMANTIC": "off"}
