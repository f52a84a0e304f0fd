"""Partitions of the lake: readable, in the present columns, of their own day, sorted, each key once, all there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from media_monitor import tables
from media_monitor.doctor import remake
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.errors import CorruptFileError, MediaMonitorError
from media_monitor.warehouse import database, mending, partition, places, repair

OF_PEOPLE = frozenset({"judgements", "quarantine_decisions"})  # what nobody but a person knows
_INDEXED = "its rows come back from the index"
_ARCHIVED = (
    "it moves aside, and its rows are made again: facts from the texts of their articles, what else is collected by a "
    "replay of the archive, alerts from the ledger"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be mended of which partition: `order`, `damage`, or `loss` of the file."""

    table: str
    day: date
    fault: str


def find(patient: Patient) -> Iterator[Finding]:
    for table in tables.TABLES:
        patient.progress(f"partitions: {table.name}")
        sound = []
        for day, path in places.partitions(patient.home, table.name):
            found = list(_of_one(patient, table.name, day, path))
            sound += [] if any(one.target.fault == "damage" for one in found) else [path]
            yield from found
        if not patient.quick:
            patient.know(table.name, sound)
    yield from _lost(patient)


def _of_one(patient: Patient, name: str, day: date, path: Path) -> Iterator[Finding]:
    table, where = tables.BY_NAME[name], patient.named(path)
    try:
        if patient.quick:
            partition.columns(path, table)
            return
        rows = partition.read(path, table, day)
    except CorruptFileError as damage:
        known = mending.indexed(patient.home, name, day) is not None
        mends = _INDEXED if known else "" if name in OF_PEOPLE else _ARCHIVED
        yield Finding(where, damage.reason, mends, target=Part(name, day, "damage"))
        return
    wrong = mending.disorder(rows, table)
    if wrong is not None:
        yield Finding(where, wrong, "it is written again in order; of rows with one key the last stays",
                      target=Part(name, day, "order"))  # fmt: skip


def _lost(patient: Patient) -> Iterator[Finding]:
    """Partitions that the index has loaded, and the lake has no more: only upkeep takes a file away, and says so."""
    working = places.working(patient.home)
    try:
        state = database.state(working)
    except MediaMonitorError:
        return  # the check of the index says so
    for name, day in sorted(state.partitions if state else ()):
        path = places.partition(patient.home, name, day)
        if name in tables.BY_NAME and not path.exists() and day > patient.removed_until(name):
            yield Finding(patient.named(path), f"is not there, and {working.name} has its rows", _INDEXED,
                          target=Part(name, day, "loss"))  # fmt: skip


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    parts: list[Part] = [finding.target for finding in findings]
    lost = [part for part in parts if not _from_here(patient, part)]
    for part in lost:
        path = places.partition(patient.home, part.table, part.day)
        if path.exists():
            repair.set_aside(path, places.lake(patient.home) / places.DAMAGED / part.table / path.parent.name)
    if lost:
        remake.partitions(patient, [(part.table, part.day) for part in lost])


def _from_here(patient: Patient, part: Part) -> bool:
    """Whether it could be mended by what the data folder has of its rows."""
    table = tables.BY_NAME[part.table]
    path = places.partition(patient.home, part.table, part.day)
    if part.fault == "order":
        rows = mending.in_order(partition.read(path, table, part.day), table)
    else:
        known = mending.indexed(patient.home, part.table, part.day)
        if known is None:
            return False
        rows = mending.in_order(known, table)
    mending.rewrite(patient.home, {(part.table, part.day): rows})
    return True
