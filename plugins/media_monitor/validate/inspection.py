"""One table under its suite: first each row, then the table as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from media_monitor import columns
from media_monitor.validate import frames, suites
from media_monitor.validate.frames import Context, Row
from media_monitor.validate.judge import Finding, judge


@dataclass(frozen=True)
class Inspection:
    """What was found in a table. `reasons` are the names of the critical expectations that a row failed, by row."""

    table: columns.Table
    stored: pa.Table
    rows: Sequence[Row]
    findings: tuple[Finding, ...]
    reasons: Mapping[int, tuple[str, ...]]

    def passes(self, number: int) -> bool:
        """Whether the row of that number passes."""
        return number not in self.reasons


def inspect(
    table: columns.Table,
    stored: pa.Table,
    rows: Sequence[Row],
    folder: Path,
    about: Context,
    parameters: Mapping[str, Any],
) -> Inspection:
    """The table judged by its suite in the folder. `rows` are those of `stored`.

    Raises:
        BeatError: the suite is missing or faulty.
    """
    suite = suites.read(folder, table.name)
    frame = frames.frame(table.name, stored, rows, about)
    kept = first_copies(rows, table.key)
    on_rows = [_pardoned(found, kept) for found in judge(suite, suite.of("row"), frame, parameters)]
    reasons = _reasons(on_rows)
    frame[frames.QUARANTINED] = [number in reasons for number in range(len(rows))]
    on_table = judge(suite, suite.of("batch"), frame, parameters)
    return Inspection(table, stored, rows, (*on_rows, *on_table), reasons)


def first_copies(rows: Sequence[Row], key: Sequence[str]) -> frozenset[int]:
    """Numbers of the rows that stand first among rows of their key, where these repeat each other wholly.

    >>> sorted(first_copies([{"id": 1, "n": 5}, {"id": 1, "n": 5}, {"id": 2, "n": 5}, {"id": 2, "n": 6}], ["id"]))
    [0]
    """
    numbers = defaultdict(list)
    for number, row in enumerate(rows):
        numbers[tuple(row[name] for name in key)].append(number)
    return frozenset(same[0] for same in numbers.values() if all(rows[n] == rows[same[0]] for n in same))


def _pardoned(found: Finding, kept: frozenset[int]) -> Finding:
    if not found.expectation.unique or found.error:
        return found
    failed = tuple(number for number in found.failed if number not in kept)
    return replace(found, failed=failed, success=not failed)


def _reasons(findings: Sequence[Finding]) -> dict[int, tuple[str, ...]]:
    reasons: dict[int, tuple[str, ...]] = {}
    for found in findings:
        if found.expectation.severity == "critical":
            for number in found.failed:
                reasons[number] = (*reasons.get(number, ()), found.expectation.name)
    return reasons
