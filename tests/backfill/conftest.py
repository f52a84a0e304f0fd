"""An archive, and what a backfill of it comes to when nothing goes wrong."""

from pathlib import Path

import pytest
from tests.backfill import archive

from media_monitor.backfill import run
from media_monitor.backfill.request import Request
from media_monitor.engines.processes import Processes


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files of twenty articles each."""
    folder = tmp_path_factory.mktemp("archive")
    found = archive.rows(60)
    for number in range(3):
        archive.lines(folder / f"{number}.jsonl", found[number::3])
    return folder


@pytest.fixture(scope="session")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, run.Summary]:
    """(data folder, summary) of a backfill of the archive in one process."""
    home = tmp_path_factory.mktemp("whole") / "home"
    return home, run.backfill(archive.settings(home), Request((str(source),)), Processes(1))
