"""Quarantine spikes against what is usual for the table."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from tests.warehouse import example
from tests.warehouse.history import ask, day_of

from media_monitor import tables
from media_monitor.warehouse import index, lake, trends

RUNS = 30


def _store(home: Path, failed: dict[int, int], checked: int = 1000, runs: int = RUNS) -> None:
    """A run a day with that many rows checked; `failed` rows of them in quarantine, 2 where nothing is said."""
    checks, kept = [], []
    for n in range(runs):
        at = datetime.fromisoformat(f"{day_of(n)}T12:00:00+00:00")
        made = {"day": at.date(), "batch": f"run{n}", "at": at, "rows": checked}
        checks += [example.CHECK | made | {"check_id": f"{n}-{k}", "expectation": k} for k in ("one", "two")]
        kept += [
            example.QUARANTINE | {"quarantine_id": f"{n}-{k}", "day": at.date(), "batch": f"run{n}", "at": at}
            for k in range(failed.get(n, 2))
        ]
    quality = {
        "checks": pa.Table.from_pylist(checks, schema=tables.CHECKS.schema),
        "quarantine": pa.Table.from_pylist(kept, schema=tables.QUARANTINE.schema),
    }
    lake.merge(home, quality)
    index.sync(home, trends.scripts(), example.REFERENCE)


SPIKES = 'SELECT day, "table", rows, checked, usual_share FROM quarantine_spikes WHERE spike ORDER BY ALL'


def test_the_usual_is_no_spike_and_many_are_one(tmp_path: Path) -> None:
    _store(tmp_path, {10: 4, 25: 60})
    day = example.QUARANTINE["day"].fromisoformat(day_of(25))
    assert ask(tmp_path, SPIKES) == [
        {"day": day, "table": "statements", "rows": 60, "checked": 1000, "usual_share": 0.002}
    ]


@pytest.mark.parametrize("failed", [{25: 9}, {3: 400}])
def test_too_few_rows_or_too_few_days_are_no_spike(tmp_path: Path, failed: dict[int, int]) -> None:
    _store(tmp_path, failed)
    assert ask(tmp_path, SPIKES) == []
