"""Whether the disk takes what a run writes."""

import os
import shutil
from collections.abc import Iterator

from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import places

COPIES = 3  # a rebuild has the old files, the new one and its copy side by side
LEAST_BYTES = 64 * 1024 * 1024  # for a batch and its archive
LEAST_FILES = 1_000


def find(patient: Patient) -> Iterator[Finding]:
    state = os.statvfs(patient.home)
    if state.f_flag & os.ST_RDONLY or not os.access(patient.home, os.W_OK):
        yield Finding(str(patient.home), "is read-only: no run can store anything; mount it for writing")
    working = places.working(patient.home)
    needed = LEAST_BYTES + COPIES * (working.stat().st_size if working.exists() else 0)
    free = shutil.disk_usage(patient.home).free
    if free < needed:
        yield Finding(
            str(patient.home), f"{_megabytes(free)} MB are free, a run or rebuild may take {_megabytes(needed)} MB"
        )
    if state.f_files > 0 and state.f_favail < LEAST_FILES:
        yield Finding(str(patient.home), f"the file system has room for {state.f_favail:,} more files only")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f}"
