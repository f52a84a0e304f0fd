"""Keeps the starts of requests to one host apart, over all processes that share a data folder.

The moment of the last start is noted in a small file a host under `politeness/hosts`. Who comes too early waits and
tries again: a moment that was promised ahead would be worth nothing to somebody who is held up on the way to it. Five
seconds between starts is the practice of Media Cloud's fetchers.
"""

import fcntl
import hashlib
import os
import time
from pathlib import Path

from media_monitor.errors import StorageError

AHEAD = 1.0  # seconds; a start noted further ahead was noted by a clock that went wrong


class HostClock:
    """Starts on the hosts. Every request takes one, those after a redirect too."""

    def __init__(self, home: Path, seconds: float) -> None:
        self._folder = home / "politeness" / "hosts"
        self._seconds = seconds

    def take(self, host: str) -> float:
        """0 when the host may be asked at once, which is then noted; else the seconds to wait before trying again.

        Raises:
            StorageError: the folder cannot be written.
        """
        if not self._seconds:
            return 0.0
        path = self._folder / hashlib.sha256(host.encode("utf-8", "replace")).hexdigest()[:16]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                return self._take(handle, host)
            finally:
                os.close(handle)
        except OSError as error:
            raise StorageError(path, f"cannot be written: {error.strerror or error}") from error

    def _take(self, handle: int, host: str) -> float:
        now, last = time.time(), _last(os.read(handle, 1000))
        if last - AHEAD <= now < last + self._seconds:
            return last + self._seconds - now
        os.pwrite(handle, f"{now:.3f} {host}\n".encode("utf-8", "replace"), 0)
        return 0.0


def _last(noted: bytes) -> float:
    """The moment that was taken last; long ago where nothing readable is noted."""
    try:
        return float(noted.split(maxsplit=1)[0])
    except (ValueError, IndexError):
        return 0.0
