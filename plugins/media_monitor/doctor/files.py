"""Files that nobody reads: what writers that died had begun, and what does not belong where it lies."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from media_monitor import tables
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import SCRATCH, Patient
from media_monitor.warehouse import places
from media_monitor.warehouse.durable import NEW

BEGUN = ("*.duckdb.new", "*.duckdb.new.wal", "outbox/*.new", "messages/*.new", "exports/*.new", "evaluation/*.new")
_ASIDE = "it moves to .damaged/"


def find(patient: Patient) -> Iterator[Finding]:
    for pattern in BEGUN:
        for path in sorted(patient.home.glob(pattern)):
            yield Finding(patient.named(path), "was being written by a process that died", _ASIDE, "warning",
                          target=path)  # fmt: skip
    if (patient.home / SCRATCH).exists():
        yield Finding(SCRATCH, "was left by a repair that was interrupted", _ASIDE, "warning",
                      target=patient.home / SCRATCH)  # fmt: skip
    yield from _lake(patient)


def _lake(patient: Patient) -> Iterator[Finding]:
    for folder in sorted(path for path in places.lake(patient.home).glob("[!.]*") if path.is_dir()):
        if folder.name not in tables.BY_NAME:
            yield Finding(patient.named(folder), "is of no table of this release: of another one, or put there by hand",
                          severity="note")  # fmt: skip
            continue
        for path in sorted(folder.glob("*")):
            yield from _in_table(patient, path)


def _in_table(patient: Patient, path: Path) -> Iterator[Finding]:
    if not path.is_dir() or places.day_of(path.name) is None:
        yield Finding(patient.named(path), "is no partition, and nobody reads it", _ASIDE, "warning", target=path)
        return
    for file in sorted(path.glob("*")):
        if file.name != places.PART:
            what = "was being written by a process that died" if file.name.endswith(NEW) else "is read by nobody"
            yield Finding(patient.named(file), what, _ASIDE, "warning", target=file)


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    for finding in findings:
        patient.aside(finding.target, finding.what)
