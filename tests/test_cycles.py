"""Commands seldom look for garbage, and nobody among what Great Expectations loaded; importing changes nothing, and
the end of a process is silent."""

import subprocess
import sys

import pytest

SEEN = "import gc; print(gc.get_threshold()[0], gc.get_freeze_count() > 100_000)"


def done(*lines: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "\n".join([*lines, SEEN])]
    return subprocess.run(command, capture_output=True, text=True, check=True)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["import media_monitor.cli, media_monitor.pipeline"], "700 False"),
        (
            [
                "import sys; from media_monitor.cli import main; sys.argv[1:] = ['--version']",
                "try: main()",
                "except SystemExit: pass",
            ],
            "5000 False",
        ),
        (["from media_monitor.validate import judge", "judge.ready()"], "700 True"),
    ],
)
def test_how_often_and_among_what(lines: list[str], expected: str) -> None:
    assert done(*lines).stdout.splitlines()[-1] == expected


def test_the_end_is_silent() -> None:
    lines = [
        "import duckdb",
        "from media_monitor.validate import judge",
        "judge.ready(); duckdb.sql('SELECT 1').fetchall()",
    ]
    assert done(*lines).stderr == ""
