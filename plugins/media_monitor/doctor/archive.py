"""The archive: files whole, and every place in them that a row names."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa

from media_monitor import columns, consistency
from media_monitor.collect.warc import batches, salvage, writing
from media_monitor.collect.warc.joined import Piece
from media_monitor.columns import Table
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.upkeep.repoint import NAMING, Move, repoint
from media_monitor.warehouse import census, lake, partition

_MAGIC = b"\x1f\x8b"
_SALVAGE = "what can be read goes to a new file, which rows name then; the damaged one moves to .damaged/"
_UNNAME = "the rows name no archive any more"
_MOVED = "the rows name the joined file"
Places = dict[str, set[int]]
Pieces = Callable[[date], dict[tuple[str, str], Piece]]


def find(patient: Patient) -> Iterator[Finding]:
    yield from _unfinished(patient)
    named = _named(patient)
    files = {patient.named(path) for path in (patient.home / "warc").glob("*/*.warc.gz")}
    pieces = cache(lambda day: batches.pieces(patient.home / "warc", day))
    for name in sorted(named.keys() | (set() if patient.quick else files)):
        yield from _of_one(patient, name, named.get(name, set()), pieces)


def _unfinished(patient: Patient) -> Iterator[Finding]:
    for path in sorted((patient.home / "warc").glob("*/*.open")):
        if batches.joined_day(path.parent):
            yield Finding(patient.named(path), "is what upkeep had written of a joined file when it was interrupted; "
                          "the next time writes it anew", "it moves to .damaged/", "note", target=path)  # fmt: skip
        elif not writing.is_being_written(path.parent):
            yield Finding(patient.named(path), "is what an interrupted run had written of an archive; its feeds are "
                          "fetched again by the next run", "it moves to .damaged/", "warning", target=path)  # fmt: skip


def _named(patient: Patient) -> Places:
    """Bytes by file, as the rows of all tables have them."""
    found: Places = defaultdict(set)
    for table in NAMING:
        for name, offsets in census.archived(patient.lake, table):
            found[name] |= set(offsets)
    return found


def _of_one(patient: Patient, name: str, offsets: set[int], pieces: Pieces) -> Iterator[Finding]:
    path = patient.home / name
    patient.progress(f"archive: {name}")
    if not path.exists():
        if piece := _joined(path, pieces):
            into = patient.named(piece.path)
            yield Finding(name, f"was joined into {into}, and rows name its old place", _MOVED, target=(name, piece))
            return
        yield Finding(name, f"is not there, and {len(offsets):,} answers that rows name are in it", _UNNAME, "warning",
                      target=name)  # fmt: skip
        return
    if patient.quick:
        lost = sum(not _begins(path, offset) for offset in offsets)
        damage = ""
    else:
        scan = salvage.scan(path)
        lost = len(offsets - scan.answers)
        damage = "; ".join(f"bytes {start:,} to {end:,} cannot be read" for start, end in scan.damage)
    if lost:
        damage = "; ".join(filter(None, (damage, f"{lost:,} of {len(offsets):,} answers that rows name are not there")))
    if damage:
        yield Finding(name, damage, _SALVAGE, target=path)


def _joined(path: Path, pieces: Pieces) -> Piece | None:
    """Where a file of a batch is that is not in its folder any more: rows name that where they are of an older backup
    than the archive."""
    day = batches.day_of(path.parent.name)
    return pieces(day).get((path.parent.name, path.name)) if day else None


def _begins(path: Path, offset: int) -> bool:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(len(_MAGIC)) == _MAGIC


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    _point(patient, [finding.target for finding in findings if isinstance(finding.target, tuple)])
    for finding in findings:
        target: Path | str | tuple[str, Piece] = finding.target
        if isinstance(target, tuple):
            continue
        if isinstance(target, str):
            _rename(patient, target, None, {})
        elif target.name.endswith(".open"):
            patient.aside(target, finding.what)
        else:
            _salvage(patient, target, finding.what)


def _point(patient: Patient, joined: Sequence[tuple[str, Piece]]) -> None:
    if joined:
        consistency.refresh(patient.settings)
        repoint(patient.home, [Move(old, into=patient.named(piece.path), at=piece.start) for old, piece in joined])
        consistency.refresh(patient.settings)


def _salvage(patient: Patient, path: Path, why: str) -> None:
    """The new file is there before rows name it, and the old one goes after that: killed in between, rows are right."""
    target = _next(path)
    moved = salvage.salvage(path, target)
    if not moved:
        target.unlink()
    _rename(patient, patient.named(path), patient.named(target), moved)
    patient.aside(path, why)


def _next(path: Path) -> Path:
    """`0000.2.warc.gz`: the name of a chunk that is written once more."""
    stem = path.name.removesuffix(".warc.gz").partition(".")[0]
    numbers = (number for number in range(2, 1_000_000) if not path.with_name(f"{stem}.{number}.warc.gz").exists())
    return path.with_name(f"{stem}.{next(numbers)}.warc.gz")


def _rename(patient: Patient, old: str, new: str | None, moved: Mapping[int, int]) -> None:
    """Has all rows that name a place in the old file name that in the new one, or none where it has none."""
    changed = {table.name: _renamed(patient, table, old, new, moved) for table in NAMING}
    lake.merge(patient.home, {name: rows for name, rows in changed.items() if rows.num_rows})
    consistency.refresh(patient.settings)


def _renamed(patient: Patient, table: Table, old: str, new: str | None, moved: Mapping[int, int]) -> pa.Table:
    parts = []
    for path in patient.sound(table.name):
        rows = partition.of_any_day(path, table)
        own = [row for row in rows.to_pylist() if row["warc_file"] == old] if old in _files(rows) else []
        for row in own:
            row["warc_offset"] = moved.get(row["warc_offset"])
            row["warc_file"] = None if row["warc_offset"] is None else new
        parts += [pa.Table.from_pylist(own, schema=table.schema)] if own else []
    return columns.concat(table, parts)


def _files(rows: pa.Table) -> set[str]:
    return set(rows["warc_file"].unique().to_pylist())
