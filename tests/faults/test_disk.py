"""A disk that is full, read-only or not a folder: one line on standard error, exit code 1, and no harm done."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.faults import state
from tests.faults.runs import CHECKOUT, Place

from media_monitor.doctor.examine import examine

FULL = ("No space left on device", "File too large")


def _error(run) -> str:
    assert run.wait() == 1, run.text
    assert "Traceback" not in run.text
    (line,) = [line for line in run.text.splitlines() if line.startswith("error: ")]
    return line


def _whole(place: Place, undisturbed, endpoint) -> None:
    run = place.run()
    assert run.code == 0, run.text
    found = state.stored(place.home)
    assert state.differences(state.steady(found), undisturbed.contents) == []
    assert state.unwell(place.chosen) == []
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []


def _says_full(place: Place, **job: Any) -> None:
    line = _error(place.command("run", **job))
    assert any(reason in line for reason in FULL), line
    assert str(place.home) in line


def test_files_may_not_grow(place, undisturbed, endpoint):
    """Every write beyond the limit fails; with each limit the run comes further, over what the last one left."""
    for kilobytes in (1, 20, 400, 1500):
        _says_full(place, file_limit=kilobytes * 1024)
    _whole(place, undisturbed, endpoint)


@pytest.fixture
def mounted(place: Place) -> Iterator[Callable[[str], None]]:
    """A function that mounts the data folder as a file system in memory with these options."""
    place.home.mkdir()

    def mount(options: str) -> None:
        arguments = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place.home)]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"cannot mount: {done.stderr.strip()}")

    yield mount
    while os.path.ismount(place.home):
        subprocess.run(["umount", "-l", str(place.home)], check=True)


def _remount(place: Place, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place.home)], check=True)


def test_a_full_disk(place, mounted, undisturbed, endpoint):
    """A little more room each time, and in the end enough."""
    mounted("size=100k")
    _says_full(place)
    (told,) = examine(place.chosen, only=("space",)).left
    assert "MB are free" in told.what
    for kilobytes in (2500, 4500, 8000):
        _remount(place, f"size={kilobytes}k")
        _says_full(place)
    _remount(place, "size=200m")
    _whole(place, undisturbed, endpoint)


def test_a_disk_that_is_full_in_the_second_run(place, mounted, undisturbed, endpoint):
    """What is stored stays readable, and is whole when there is space again."""
    mounted("size=200m")
    assert place.run().code == 0
    filler = place.home / "filler"
    with filler.open("wb", buffering=0) as file:  # a buffer would be written once more at the end
        try:
            while file.write(b"\0" * 65536):
                pass
        except OSError:
            pass
    run = place.command("run", "--force")
    run.wait()
    assert "Traceback" not in run.text
    assert run.code == 0 or str(place.home) in _error(run)
    query = place.command("claims", "--json")
    assert query.wait() == 0, query.text
    filler.unlink()
    _whole_but_fetches(place, undisturbed, endpoint)


def _whole_but_fetches(place: Place, undisturbed, endpoint) -> None:
    assert place.run().code == 0
    found = state.stored(place.home)
    steady = {name: rows for name, rows in state.steady(found).items() if name != "fetches"}
    assert state.differences(steady, {name: undisturbed.contents[name] for name in steady}) == []
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []
    assert state.unwell(place.chosen) == []


def test_a_read_only_disk(place, mounted, undisturbed, endpoint):
    mounted("size=200m,ro")
    assert "Read-only file system" in _error(place.command("run"))
    (told,) = examine(place.chosen, only=("space",)).left
    assert "is read-only" in told.what
    _remount(place, "rw")
    _whole(place, undisturbed, endpoint)


def test_a_data_folder_below_a_file(place, tmp_path):
    file = tmp_path / "file"
    file.write_text("Not a folder")
    place.home = file / "home"
    line = _error(_as_shell(place))
    assert str(file) in line
    assert "Not a directory" in line
    assert file.read_text() == "Not a folder"


class _Shell:
    """A command line in a process of its own, as a person starts it."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.text = done.returncode, done.stderr + done.stdout

    def wait(self) -> int:
        return self.code


def _as_shell(place: Place) -> _Shell:
    code = "from media_monitor.cli import main; main()"
    arguments = [sys.executable, "-c", code, "--home", str(place.home), "run", "--feeds", str(place.feeds)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MEDIA_MONITOR")}
    environment |= {"PYTHONPATH": str(CHECKOUT / "plugins"), "COLUMNS": "80"}
    return _Shell(subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False))
