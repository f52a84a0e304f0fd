"""What batches hand from stage to stage: readable, and gone when the batch is loaded."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyarrow import parquet

from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import places

_ASIDE = "it moves to .damaged/; what it was made from is in the archive"


def find(patient: Patient) -> Iterator[Finding]:
    """Of batches of before the last that was loaded: a younger one may be under way."""
    for folder in sorted(path for path in places.batches(patient.home).glob("*") if path.is_dir()):
        if folder.name.startswith("."):
            yield _left(patient, folder)
        elif folder.name < patient.newest:
            yield from _of_one(patient, folder)


def _of_one(patient: Patient, folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.glob(".*")):
        yield _left(patient, path)
    for path in sorted(folder.glob("[!.]*/*.parquet")):
        try:
            parquet.ParquetFile(path, page_checksum_verification=True).read()
        except (OSError, ValueError) as error:
            reason = str(error).partition("\n")[0]
            yield Finding(patient.named(path), f"cannot be read: {reason}", _ASIDE, "warning", target=folder)
            return


def _left(patient: Patient, path: Path) -> Finding:
    what = "was being written or replaced by a process that died"
    return Finding(patient.named(path), what, _ASIDE, "warning", target=path)


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    for finding in findings:
        path: Path = finding.target
        if path.exists():
            patient.aside(path, finding.what)
