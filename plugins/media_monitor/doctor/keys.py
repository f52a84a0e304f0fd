"""No key on two days of a table: a row that moved must have left its old partition."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from media_monitor import tables
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import census, mending, places


def find(patient: Patient) -> Iterator[Finding]:
    for table in tables.TABLES:
        for key, days in census.repeated(patient.lake, table):
            if len(set(days)) < 2:
                continue  # within a partition: the check of partitions has it
            told = ", ".join(day.isoformat() for day in days)
            yield Finding(
                f"{table.name} {' '.join(map(str, key))}", f"has a row on each of {told}",
                "the row of the partition that was written last stays", target=(table.name, key, tuple(days)),
            )  # fmt: skip


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    gone: dict[tuple[str, date], set[str]] = defaultdict(set)
    for finding in findings:
        name, key, days = finding.target
        written = {day: places.partition(patient.home, name, day).stat().st_mtime_ns for day in days}
        last = max(written, key=lambda day: (written[day], day))
        for day in set(days) - {last}:
            gone[name, day].add("\x1f".join(map(str, key)))
    parts = {(name, day): mending.without(patient.home, name, day, those) for (name, day), those in gone.items()}
    mending.rewrite(patient.home, parts)
