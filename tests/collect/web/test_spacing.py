import subprocess
import sys
import time
from itertools import pairwise

import pytest

from media_monitor.collect.web.spacing import HostClock
from media_monitor.errors import StorageError


def test_the_first_request_waits_for_nobody_and_the_next_one_for_its_time(tmp_path):
    clock = HostClock(tmp_path, 0.5)
    assert clock.take("a.example") == 0
    wait = clock.take("a.example")
    assert 0.3 < wait < 0.51
    assert clock.take("b.example") == 0
    time.sleep(wait)
    assert clock.take("a.example") == 0


def test_without_spacing_nothing_is_written(tmp_path):
    assert HostClock(tmp_path, 0).take("a.example") == 0
    assert not list(tmp_path.iterdir())


def test_a_reservation_of_a_wrong_clock_or_a_damaged_file_holds_nobody_up(tmp_path):
    clock = HostClock(tmp_path, 5)
    clock.take("a.example")
    (path,) = (tmp_path / "politeness" / "hosts").iterdir()
    for content in (f"{time.time() + 1e6:.0f} a.example", "", "\x00\x00", "no number"):
        path.write_text(content)
        assert clock.take("a.example") == 0


PROGRAM = """
import sys, time
from pathlib import Path
from media_monitor.collect.web.spacing import HostClock
clock = HostClock(Path(sys.argv[1]), 0.2)
for _ in range(5):
    while wait := clock.take("a.example"):
        time.sleep(wait)
    print(time.time())
"""


def test_processes_share_the_turns(tmp_path):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    starts = sorted(float(line) for process in running for line in process.communicate(timeout=60)[0].splitlines())
    gaps = [b - a for a, b in pairwise(starts)]
    assert len(starts) == 20
    assert min(gaps) > 0.1, gaps


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "politeness").write_text("a file in the way")
    with pytest.raises(StorageError, match="politeness/hosts/"):
        HostClock(tmp_path, 5).take("a.example")
