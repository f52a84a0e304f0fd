"""What the warehouse derives: the ledger, and the rollups that trends rest on."""

from collections.abc import Iterator, Sequence

from media_monitor import consistency
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.index import REBUILD
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import places


def find(patient: Patient) -> Iterator[Finding]:
    path = places.published(patient.home)
    if path.exists():
        for name, rows in consistency.outdated(path):
            what = f"table {name} differs in {rows:,} rows from what the stored tables make of it"
            yield Finding(patient.named(path), what, REBUILD)


def mend(patient: Patient, _: Sequence[Finding]) -> None:
    consistency.rebuild(patient.settings)
