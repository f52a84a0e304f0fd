"""The version of the tables that the lake is written in."""

from collections.abc import Iterator, Sequence

from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.errors import CorruptFileError
from media_monitor.warehouse import lake, places
from media_monitor.warehouse.schema import version

_MIGRATE = "all migrations from that version on are made"


def find(patient: Patient) -> Iterator[Finding]:
    where = patient.named(places.schema(patient.home))
    try:
        found = version.read(patient.home)
    except CorruptFileError as damage:
        yield Finding(where, damage.reason, "it moves aside, and all migrations are made again")
        return
    if found is not None and found > version.VERSION:
        yield Finding(where, f"the lake is of version {found}, this program writes {version.VERSION}: upgrade it")
    elif found is not None and found < version.VERSION:
        yield Finding(
            where, f"the lake is of version {found}, this program writes {version.VERSION}", _MIGRATE, "warning"
        )


def mend(patient: Patient, _: Sequence[Finding]) -> None:
    lake.recover(patient.home)
