"""Processes that run together, each in a session of its own: all end with whatever they started, when one of them ends
when this process is asked to end, or when it is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psutil

GRACE_SECONDS = 20.0
_POLL_SECONDS = 0.1
_AT_ONCE = 2  # who asks twice does not want to wait
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Process = subprocess.Popen[bytes]


class Asked:
    """How often this process was asked to end: by Ctrl-C, SIGTERM, or a terminal that was closed (not under nohup).

    The signals are counted, and interrupt nothing: no process is started and then forgotten.
    """

    def __init__(self) -> None:
        self.times = 0
        for number in _SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._count)  # a shell's background job starts with SIGINT ignored

    def _count(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as Python calls it
        self.times += 1


@contextmanager
def running(
    commands: Iterable[Sequence[str]],
    environment: Mapping[str, str],
    logs: Path,
    asked: Asked,
    grace_seconds: float = GRACE_SECONDS,
) -> Iterator[list[Process]]:
    """The processes, which end with the block, however it ends: politely, and what is left after the grace time, or
    once it is asked again, for good. Each writes to a file in `logs` named after the second word of its command."""
    logs.mkdir(parents=True, exist_ok=True)
    started: list[Process] = []
    with _guard(grace_seconds) as tell:
        try:
            for command in commands:
                started.append(_start(command, environment, logs / f"{command[1]}.log"))
                tell(started[-1].pid)
            yield started
        finally:
            end([process.pid for process in started], grace_seconds, lambda: asked.times >= _AT_ONCE)
            for process in started:
                process.wait()


def first_ended(processes: Iterable[Process], asked: Asked) -> Process | None:
    """The first process that ends by itself; None once this one is asked to end."""
    while not asked.times:
        for process in processes:
            if process.poll() is not None:
                return process
        time.sleep(_POLL_SECONDS)
    return None


def end(sessions: Collection[int], grace_seconds: float, in_haste: Callable[[], bool] = lambda: False) -> None:
    """Ends all processes of the sessions: politely, and what is left after the grace time, or in haste, for good."""
    deadline = time.monotonic() + grace_seconds
    _signal(sessions, signal.SIGTERM)
    while _members(sessions) and time.monotonic() < deadline and not in_haste():
        time.sleep(_POLL_SECONDS)
    while _signal(sessions, signal.SIGKILL):
        time.sleep(_POLL_SECONDS)


@contextmanager
def _guard(grace_seconds: float) -> Iterator[Callable[[int], None]]:
    """A function that tells a process beside this one of a session, which that one ends where this one was killed."""
    command = [sys.executable, "-m", "media_monitor.launch.guard", str(grace_seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as beside:
        assert beside.stdin is not None
        lines = beside.stdin

        def tell(session: int) -> None:
            lines.write(f"{session}\n".encode())
            lines.flush()

        yield tell


def _start(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def _signal(sessions: Collection[int], number: signal.Signals) -> list[int]:
    """The processes to which it went."""
    members = _members(sessions)
    for pid in members:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
    return members


def _members(sessions: Collection[int]) -> list[int]:
    """What lives in the sessions. Not by process group: Airflow gives each task one of its own."""
    return [pid for pid in psutil.pids() if _session(pid) in sessions and _lives(pid)]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
