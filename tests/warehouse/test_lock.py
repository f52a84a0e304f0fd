import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from media_monitor.errors import StorageError, WarehouseBusyError
from media_monitor.warehouse import lock

HOLD = """
import sys, time
from pathlib import Path
from media_monitor.warehouse import lock
with lock.writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def _holder(home: Path) -> subprocess.Popen[str]:
    plugins = str(Path(lock.__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": plugins},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_waits_and_then_is_told_who_writes(tmp_path: Path) -> None:
    with _holder(tmp_path) as process:
        try:
            with (
                pytest.raises(WarehouseBusyError, match=f"process {process.pid} is writing; gave up after 0.2 s"),
                lock.writing(tmp_path, wait_seconds=0.2),
            ):
                pytest.fail("the lock is held by another process")
        finally:
            process.kill()


def test_the_lock_ends_with_a_killed_process(tmp_path: Path) -> None:
    with _holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with lock.writing(tmp_path, wait_seconds=1):
        pass


def test_a_holder_may_enter_again_and_keeps_the_lock_until_the_outer_block_ends(tmp_path: Path) -> None:
    with lock.writing(tmp_path):
        with lock.writing(tmp_path):
            pass
        assert _busy_for_another_thread(tmp_path)
    assert not _busy_for_another_thread(tmp_path)


def test_the_lock_is_free_after_an_error_in_the_block(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock.writing(tmp_path):
        _ = 1 / 0
    assert not _busy_for_another_thread(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file"), lock.writing(tmp_path / "file" / "home"):
        pytest.fail("there is no such folder")


def _busy_for_another_thread(home: Path) -> bool:
    busy = []

    def attempt() -> None:
        try:
            with lock.writing(home, wait_seconds=0):
                busy.append(False)
        except WarehouseBusyError:
            busy.append(True)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return busy[0]
