"""Alerts as rows of the table `alerts`, and back."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

import pyarrow as pa

from media_monitor import tables
from media_monitor.model import Alert, Confirmation, Delivery

FIELDS = tuple(field.name for field in fields(Confirmation))
DEFAULT_RULE = "first_confirmation"
_OWN = tuple(f.name for f in fields(Alert) if f.name not in ("confirmation", "deliveries", "since"))


def to_table(alerts: Iterable[Alert]) -> pa.Table:
    """The alerts as rows of `alerts`."""
    return pa.Table.from_pylist([_row(alert) for alert in alerts], schema=tables.ALERTS.schema)


def from_table(table: pa.Table) -> list[Alert]:
    """The alerts of the rows of `alerts`, in their order. Rows of before there were kinds are first confirmations."""
    return [_alert(row) for row in table.to_pylist()]


def _alert(row: dict[str, Any]) -> Alert:
    values = {name: row[name] for name in _OWN}
    values["kind"] = row["kind"] or ("implicit" if row["grade"] == "implicit" else DEFAULT_RULE)
    values["rule"] = row["rule"] or DEFAULT_RULE
    values["subject"] = row["subject"] or row["claim"] or ""
    values["summary"] = row["summary"] or ""
    values["deliveries"] = tuple(Delivery(**delivery) for delivery in row["deliveries"])
    step = _confirmation(row)
    if step is not None:
        values["beat"] = ""
    return Alert(**values, confirmation=step, since=row["since"] if step is None else None)


def _confirmation(row: dict[str, Any]) -> Confirmation | None:
    if row["first_statement"] is None:
        return None
    values: dict[str, Any] = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in FIELDS}
    return Confirmation(**values)


def _row(alert: Alert) -> dict[str, Any]:
    own = {name: getattr(alert, name) for name in _OWN}
    row = own | {
        "day": alert.raised_at.date(),
        "since": alert.since,
        "deliveries": [asdict(delivery) for delivery in alert.deliveries],
    }
    step = alert.confirmation
    if step is None:
        return row
    words = {name: getattr(step, name) for name in FIELDS}
    return row | words | {"evidence": list(step.evidence), "via": list(step.via)}
