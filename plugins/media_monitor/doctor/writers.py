"""Who holds the writer's lock."""

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import places

LONG = timedelta(hours=1)


def find(patient: Patient) -> Iterator[Finding]:
    """A process that writes for longer than any load takes; one that has just begun is a note."""
    path = places.lock(patient.home)
    if not path.exists():
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
        since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
        told = f"process {holder} is writing since {since:%Y-%m-%d %H:%M:%S} UTC"
        if datetime.now(UTC) - since > LONG:
            yield Finding(patient.named(path), f"{told}; if it hangs, end it: its work is rolled back or finished then",
                          severity="warning")  # fmt: skip
        else:
            yield Finding(patient.named(path), told, severity="note")
    finally:
        os.close(descriptor)
