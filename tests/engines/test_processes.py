"""The process pool: what was made of each item, also where a function raises or a process dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.engines.work import MADE, item, work

from media_monitor.engines.processes import Processes

CHECKOUT = Path(__file__).resolve().parents[2]


def numbers(found):
    return {one.number: [row["number"] for batch in one.batches for row in batch.to_pylist()] for one in found}


@pytest.mark.parametrize("workers", [1, 2])
def test_each_item_is_done_once_and_one_that_raises_stops_no_other(workers):
    items = [item(n, "raise" if n == 2 else "") for n in range(6)]
    found = list(Processes(workers).run(work, MADE, iter(items)))
    assert numbers(found) == {n: [n] if n != 2 else [] for n in range(6)}
    assert [one.fault for one in found if one.fault] == ["ValueError: cannot be read"]
    processes = {row["process"] for one in found for batch in one.batches for row in batch.to_pylist()}
    assert (os.getpid() in processes) == (workers == 1)


def test_items_of_a_process_that_died_are_tried_again_and_the_one_to_blame_is_given_up(tmp_path):
    orders = {1: "die once", 3: "die"}
    items = [item(n, orders.get(n, ""), str(tmp_path)) for n in range(5)]
    found = list(Processes(2).run(work, MADE, iter(items)))
    assert numbers(found) == {n: [n] if n != 3 else [] for n in range(5)}
    assert [one.fault for one in found if one.fault] == ["the process that worked on it died 3 times"]


def test_items_are_taken_as_they_are_needed():
    taken = []

    def items():
        for number in range(20):
            taken.append(number)
            yield item(number)

    first = next(iter(Processes(2).run(work, MADE, items())))
    assert first.fault is None
    assert len(taken) <= 5


WAITING = """
import sys
from tests.engines.work import MADE, item, work
from media_monitor.engines.processes import Processes
if __name__ == "__main__":
    list(Processes(2).run(work, MADE, [item(n, "sleep", sys.argv[1]) for n in range(2)]))
"""


def test_processes_end_with_the_one_that_started_them_however_that_ends(tmp_path):
    program = tmp_path / "waiting.py"
    program.write_text(WAITING)
    paths = os.pathsep.join([str(CHECKOUT / "plugins"), str(CHECKOUT)])
    parent = subprocess.Popen([sys.executable, program, tmp_path], env={**os.environ, "PYTHONPATH": paths})
    marks = [tmp_path / "0", tmp_path / "1"]
    _wait(lambda: all(mark.exists() and mark.read_text() for mark in marks))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    _wait(lambda: not any(_lives(int(mark.read_text())) for mark in marks))


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait(until) -> None:
    deadline = time.monotonic() + 60
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)
