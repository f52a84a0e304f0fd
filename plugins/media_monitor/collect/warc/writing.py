"""Tells whether the archive of a batch is being written: a lock on its folder that ends with the process."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


def is_being_written(folder: Path) -> bool:
    """Whether a process writes an archive of the batch with that folder now; one that was killed does not."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def held(folder: Path) -> int:
    """The folder, open, with a lock that all who write in it share and that ends with the process."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    with suppress(OSError):  # a file system without locks on folders: only `is_being_written` misses it
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor
