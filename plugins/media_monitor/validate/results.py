"""What was found, as the table `checks` and as messages for people."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from media_monitor.model import stable_id
from media_monitor.tables import CHECKS
from media_monitor.validate.inspection import Inspection
from media_monitor.validate.judge import Finding


def table(inspections: Sequence[Inspection], batch: str, at: datetime) -> pa.Table:
    """One row of the table `checks` for every expectation that was judged."""
    rows = [_row(i.table.name, found, batch, at) for i in inspections for found in i.findings]
    return pa.Table.from_pylist(rows, schema=CHECKS.schema)


def rejected(inspections: Sequence[Inspection], parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """A message for each critical expectation on a whole table that failed.

    "articles: volume: 0 rows, at least 1 expected"
    """
    return tuple(
        f"{i.table.name}: {found.expectation.name}: {_said(found, parameters)}"
        for i in inspections
        for found in i.findings
        if found.expectation.scope == "batch" and found.expectation.severity == "critical" and not found.success
    )


def _row(name: str, found: Finding, batch: str, at: datetime) -> dict[str, Any]:
    expectation = found.expectation
    return {
        "check_id": stable_id(batch, name, expectation.name, *expectation.columns),
        "day": at.date(),
        "batch": batch,
        "table": name,
        "expectation": expectation.name,
        "columns": list(expectation.columns),
        "severity": expectation.severity,
        "scope": expectation.scope,
        "success": found.success,
        "rows": found.rows,
        "unexpected": len(found.failed),
        "observed": _observed(found),
        "at": at,
    }


def _observed(found: Finding) -> str | None:
    if found.error is not None:
        return json.dumps({"error": found.error}, ensure_ascii=False)
    return None if found.value is None else json.dumps(found.value, ensure_ascii=False)


def _said(found: Finding, parameters: Mapping[str, Any]) -> str:
    if found.error is not None:
        return f"could not be judged: {found.error}"
    if found.expectation.judges_rows:
        return _share(found)
    unit = " rows" if found.expectation.counts_rows else ""
    measured = "" if found.value is None else f"{_listed(found.value)}{unit}, "
    return f"{measured}{_expected(found, parameters)} expected"


def _share(found: Finding) -> str:
    allowed = 1 - float(found.expectation.kwargs.get("mostly", 1))
    share = len(found.failed) / found.rows
    return f"{len(found.failed)} of {found.rows} rows ({share:.0%}) fail it, at most {allowed:.0%} may"


def _expected(found: Finding, parameters: Mapping[str, Any]) -> str:
    """The bound that is broken, else the value or the values, else what the expectation says of itself."""
    kwargs = {k: _filled(v, parameters) for k, v in found.expectation.kwargs.items()}
    least, most = kwargs.get("min_value"), kwargs.get("max_value")
    if isinstance(found.value, int | float):
        if least is not None and found.value < least:
            return f"at least {least}"
        if most is not None and found.value > most:
            return f"at most {most}"
    asked = kwargs.get("value", kwargs.get("value_set"))
    return found.expectation.readable if asked is None else _listed(asked)


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _filled(value: Any, parameters: Mapping[str, Any]) -> Any:
    return parameters[value["$PARAMETER"]] if isinstance(value, dict) and "$PARAMETER" in value else value
