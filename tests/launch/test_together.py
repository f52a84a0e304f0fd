"""What `make up` keeps running ends with it: also processes that refuse to, and those in groups of their own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.launch.conftest import CHECKOUT

SUPERVISOR = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may be run by nohup
from media_monitor.launch import together
asked = together.Asked()
commands = [[sys.executable, name, sys.argv[2]] for name in ("stubborn", "meek")]
with together.running(commands, {}, Path("logs"), asked, float(sys.argv[1])) as processes:
    ended = together.first_ended(processes, asked)
    print("stopping", ended and ended.args[1], flush=True)
"""
# Each starts one more, in a process group of its own as a task of Airflow is, and says when both are there.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if not child:
    os.setpgid(0, 0)
    time.sleep(600)
os.setpgid(child, child)
print(os.getpid(), child, flush=True)
time.sleep(600)
"""
MEEK = """
import os, sys, time
print(os.getpid(), flush=True)
time.sleep(float(sys.argv[1]))
"""


PATIENCE = 10.0


@contextmanager
def supervised(folder: Path, grace: float, *, meek_seconds: float = 600, **pipes):
    """(the process that keeps the two running, the ids of what they are)."""
    (folder / "stubborn").write_text(STUBBORN)
    (folder / "meek").write_text(MEEK)
    command = [sys.executable, "-c", SUPERVISOR, str(grace), str(meek_seconds)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT / "plugins")}
    with subprocess.Popen(command, cwd=folder, env=environment, text=True, start_new_session=True, **pipes) as process:
        found: list[int] = []
        try:
            deadline = time.monotonic() + 20
            while len(found) < 3 and time.monotonic() < deadline:
                time.sleep(0.02)
                found = [int(pid) for log in folder.glob("logs/*.log") for pid in log.read_text().split()]
            yield process, found
        finally:
            for pid in filter(alive, [process.pid, *found]):
                os.kill(pid, signal.SIGKILL)
    assert len(found) == 3


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_all_end_once_it_is_asked_to_and_those_that_refuse_are_killed(tmp_path, number):
    with supervised(tmp_path, 0.3) as (process, family):
        assert all(map(alive, family))
        process.send_signal(number)
        assert process.wait(10) == 0
        assert not any(map(alive, family))


def test_who_asks_twice_does_not_wait(tmp_path):
    with supervised(tmp_path, 600, stdout=subprocess.PIPE) as (process, family):
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "stopping None\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert not any(map(alive, family))


def test_all_end_when_one_ends_by_itself(tmp_path):
    with supervised(tmp_path, 0.3, meek_seconds=0.5, stdout=subprocess.PIPE) as (process, family):
        assert process.stdout.readline() == "stopping meek\n"
        assert process.wait(10) == 0
        assert not any(map(alive, family))


def test_all_end_where_what_started_them_is_killed(tmp_path):
    with supervised(tmp_path, 0.3) as (process, family):
        process.kill()
        deadline = time.monotonic() + PATIENCE
        while any(map(alive, family)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not any(map(alive, family))


def test_all_end_where_nobody_reads_what_it_says_any_more(tmp_path):
    with supervised(tmp_path, 0.3, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as (process, family):
        process.stdout.close()
        process.send_signal(signal.SIGTERM)
        assert "BrokenPipeError" in process.stderr.read()
        assert process.wait(10) != 0
        assert not any(map(alive, family))
