"""Merges into the lake that were interrupted."""

from collections.abc import Iterator, Sequence

from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import journal, lake, places


def find(patient: Patient) -> Iterator[Finding]:
    folder = places.merge_folder(patient.home)
    if not folder.is_dir():
        return
    committed = (folder / journal.JOURNAL).exists()
    what = "had taken effect, and not all files are in place" if committed else "had not taken effect"
    repair = (
        "its last renames are done" if committed else "its unfinished files are removed; the batch loads them again"
    )
    yield Finding(patient.named(folder), f"a merge was interrupted; it {what}", repair)


def mend(patient: Patient, _: Sequence[Finding]) -> None:
    lake.recover(patient.home)
