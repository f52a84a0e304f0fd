"""Rows that tell where an answer is archived, when that is another place from now on: those of the tables that have
columns for it, and those that are kept in quarantine. All of them change together, or none.
"""

import json
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.validate.quarantine import as_json
from media_monitor.warehouse import journal, lake, places, query, repair

FILE, OFFSET = "warc_file", "warc_offset"
NAMING = tuple(table for table in tables.TABLES if {FILE, OFFSET} <= set(table.names))
TO_THE_END = sys.maxsize


@dataclass(frozen=True, slots=True)
class Move:
    """What stood from byte `start` up to `end` of the file stands in `into` from byte `at` on; nowhere without that."""

    file: str
    start: int = 0
    end: int = TO_THE_END
    into: str | None = None
    at: int = 0


Place = tuple[str | None, int | None]


class Moved:
    """Where places are after the moves. What no move tells of in a file of theirs is nowhere; other files stay."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self._by_file: dict[str, list[Move]] = {}
        for one in sorted(moves, key=lambda move: move.start):
            self._by_file.setdefault(one.file, []).append(one)

    @property
    def files(self) -> list[str]:
        return sorted(self._by_file)

    def place(self, file: str | None, offset: int | None) -> Place:
        moves = self._by_file.get(file or "")
        if moves is None:
            return file, offset
        if offset is None:
            return moves[0].into, None
        number = bisect_right(moves, offset, key=lambda move: move.start) - 1
        found = moves[number] if number >= 0 else None
        if found is None or offset >= found.end or found.into is None:
            return None, None
        return found.into, found.at + offset - found.start


def repoint(home: Path, moves: Sequence[Move]) -> int:
    """Lets all rows name the new places, in one change; returns how many there were. The writer's lock is held, and the
    warehouse is up to the lake; it has to be brought up to it afterwards.

    Raises:
        StorageError: the lake cannot be written; nothing was changed.
    """
    lake.ready(home)
    moved, change = Moved(moves), journal.Change(home)
    try:
        rows = sum(_of_day(home, table, day, moved, change) for table, day in _where(home, moved.files))
    except BaseException:
        change.abandon()
        raise
    change.commit()
    return rows


def _where(home: Path, files: list[str]) -> list[tuple[Table, date]]:
    """The partitions with a row that names one of the files."""
    named = "IN (SELECT unnest($files::VARCHAR[]))"
    asked = {table.name: f"{FILE} {named}" for table in NAMING}
    asked[tables.QUARANTINE.name] = f"contains(\"row\", '{FILE}') AND (\"row\" ->> '{FILE}') {named}"
    days = " UNION ALL ".join(
        f"SELECT DISTINCT '{name}' AS name, day FROM \"{name}\" WHERE {condition}" for name, condition in asked.items()
    )
    found = query.rows(home, f"{days} ORDER BY name, day", {"files": files})
    return [(tables.BY_NAME[row["name"]], row["day"]) for row in found]


def _of_day(home: Path, table: Table, day: date, moved: Moved, change: journal.Change) -> int:
    stored = repair.sound_partition(home, table, day)
    rows, changed = _kept_out(stored, moved) if table is tables.QUARANTINE else _named(stored, moved)
    if changed:
        change.stage(places.partition(home, table.name, day), rows)
    return changed


def _named(rows: pa.Table, moved: Moved) -> tuple[pa.Table, int]:
    before = list(zip(rows[FILE].to_pylist(), rows[OFFSET].to_pylist(), strict=True))
    after = [moved.place(*place) for place in before]
    for number, name in enumerate((FILE, OFFSET)):
        field = rows.schema.field(name)
        column = pa.array([place[number] for place in after], field.type)
        rows = rows.set_column(rows.schema.get_field_index(name), field, column)
    return rows, sum(one != other for one, other in zip(before, after, strict=True))


def _kept_out(rows: pa.Table, moved: Moved) -> tuple[pa.Table, int]:
    before = rows["row"].to_pylist()
    after = [_record(text, moved) for text in before]
    field = rows.schema.field("row")
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    return rows.set_column(rows.schema.get_field_index("row"), field, pa.array(after, field.type)), changed


def _record(text: str, moved: Moved) -> str:
    record: dict[str, Any] = json.loads(text) if FILE in text else {}
    place = record.get(FILE), record.get(OFFSET)
    after = moved.place(*place)
    return text if after == place else as_json(record | dict(zip((FILE, OFFSET), after, strict=True)))
