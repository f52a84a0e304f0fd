"""The gate between facts and warehouse: good rows pass, faulty ones are kept apart, a faulty batch is stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from media_monitor import tables
from media_monitor.validate import frames, quarantine, results
from media_monitor.validate.inspection import Inspection, inspect

NO_CODES: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Verdict:
    """Good rows by table, the tables `quarantine` and `checks`, and why nothing of the batch may be loaded (if so)."""

    good: dict[str, pa.Table]
    quarantine: pa.Table
    checks: pa.Table
    rejected: tuple[str, ...]


def check(
    batch_tables: Mapping[str, pa.Table],
    suites: Path,
    batch: str,
    now: datetime,
    codes: Mapping[str, Sequence[str]] = NO_CODES,
) -> Verdict:
    """The batch, each table judged by its suite `<suites>/<table>.json`. The same input gives the same ids.

    Args:
        batch_tables: tables by name, as in `media_monitor.tables`; facts need `articles` among them.
        suites: the folder of the suites.
        batch: id of the run.
        now: the present, aware UTC: what freshness is measured by, and the time of quarantine and checks.
        codes: known codes by parameter (`codes.of(beat)`). An expectation whose codes are not given is left out.

    Raises:
        BeatError: a suite is missing or faulty; the message names file and expectation.
    """
    rows = {name: table.to_pylist() for name, table in batch_tables.items()}
    about = frames.context(rows.get("articles", []), now, codes)
    parameters: dict[str, Any] = {**codes, "least_articles": _least_articles(rows.get("fetches", []))}
    inspected = {
        name: inspect(tables.BY_NAME[name], table, rows[name], suites, about, parameters)
        for name, table in batch_tables.items()
    }
    found = _with_lost_facts(inspected)
    return Verdict(
        good={i.table.name: quarantine.good(i) for i in found},
        quarantine=quarantine.table(found, batch, now),
        checks=results.table(found, batch, now),
        rejected=results.rejected(found, parameters),
    )


def _least_articles(fetches: Sequence[frames.Row]) -> int:
    """1 where feeds brought something new: then a batch without articles has lost them on the way."""
    return int(any(row["new_entries"] for row in fetches))


def _with_lost_facts(inspected: Mapping[str, Inspection]) -> list[Inspection]:
    facts = {table.name for table in tables.FACTS}
    articles = inspected.get("articles")
    return [quarantine.with_facts(articles, i) if articles and name in facts else i for name, i in inspected.items()]
