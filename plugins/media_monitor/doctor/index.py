"""The DuckDB files: readable, of this release, and the same rows as the lake."""

from collections.abc import Iterator, Sequence, Set
from datetime import date
from pathlib import Path

from media_monitor import consistency, tables
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.errors import MediaMonitorError
from media_monitor.warehouse import census, database, partition, places

REBUILD = "the warehouse is made again from the lake"
_REFRESH = "what differs is loaded again"


def find(patient: Patient) -> Iterator[Finding]:
    for path in (places.working(patient.home), places.published(patient.home)):
        yield from _of_one(patient, path)


def _of_one(patient: Patient, path: Path) -> Iterator[Finding]:
    where = patient.named(path)
    try:
        state = database.state(path)
        if state is None:
            if places.lake(patient.home).is_dir():
                yield Finding(where, "is not there", REBUILD, target=REBUILD)
            return
        if state.layout != consistency.layout():
            yield Finding(where, "was made by another release", REBUILD, "warning", target=REBUILD)
            return
        yield from _step(patient, path, _stale(patient, state))
    except MediaMonitorError as error:
        yield Finding(where, error.reason, REBUILD, target=REBUILD)


def _step(patient: Patient, path: Path, stale: Set[tuple[str, date]]) -> Iterator[Finding]:
    """Partitions that the file has loaded in another state than they are in, and days on which it has other rows."""
    where = patient.named(path)
    if patient.quick:
        if stale:
            what = f"has not loaded the present files of {_listed(stale)}"
            yield Finding(where, what, _REFRESH, "warning", target=_REFRESH)
        return
    differing = census.differing(patient.lake, path)
    for table, day, lake, index in differing:
        what = f"other rows of {table} on {day} than the lake: {index:,}, the lake has {lake:,}"
        mends = _REFRESH if (table, day) in stale else REBUILD
        yield Finding(where, what, mends, target=mends)
    if stale and not differing:
        what = f"the files of {_listed(stale)} are others than it has loaded, with the same rows: restored, or copied"
        yield Finding(where, f"{what}; the next run loads them again", severity="note")


def _stale(patient: Patient, state: database.State) -> set[tuple[str, date]]:
    present = {
        (table.name, day): partition.fingerprint(path)
        for table in tables.TABLES
        for day, path in places.partitions(patient.home, table.name)
    }
    loaded = state.partitions
    return {key for key in present.keys() | loaded.keys() if present.get(key) != loaded.get(key)}


def _listed(parts: Set[tuple[str, date]]) -> str:
    told = [f"{name} of {day}" for name, day in sorted(parts)]
    return ", ".join(told[:3]) + (f" and {len(told) - 3} more partitions" if len(told) > 3 else "")


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    if any(finding.target == REBUILD for finding in findings):
        consistency.rebuild(patient.settings)
    else:
        consistency.refresh(patient.settings)
