"""The one writer at a time: an exclusive lock on `writer.lock` that ends with the process, however it ends."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_monitor.errors import WarehouseBusyError
from media_monitor.warehouse import places
from media_monitor.warehouse.durable import make_folder, storing

POLL_SECONDS = 0.05
_depths: dict[tuple[str, int, int], int] = {}  # (lock file, process, thread) -> blocks entered


@contextmanager
def writing(home: Path, wait_seconds: float = 60) -> Iterator[None]:
    """Holds the writer's lock for the block. A thread that holds it may enter again.

    Raises:
        WarehouseBusyError: another thread or process held the lock for longer than `wait_seconds`.
        StorageError: the lock file cannot be made.
    """
    path = places.lock(home)
    owner = (str(path.absolute()), os.getpid(), threading.get_ident())
    if owner in _depths:
        _depths[owner] += 1
        try:
            yield
        finally:
            _depths[owner] -= 1
        return
    descriptor = _acquire(path, wait_seconds)
    _depths[owner] = 1
    try:
        yield
    finally:
        del _depths[owner]
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # a process forked meanwhile shares the lock, so closing is not enough
        os.close(descriptor)


def _acquire(path: Path, wait_seconds: float) -> int:
    make_folder(path.parent)
    with storing(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    deadline = time.monotonic() + wait_seconds
    while not _try(descriptor):
        if time.monotonic() >= deadline:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise WarehouseBusyError(path, f"process {holder} is writing; gave up after {wait_seconds:g} s")
        time.sleep(POLL_SECONDS)
    return descriptor


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except OSError:
        pass  # the number is for people; on a full disk the lock works without
    return True
