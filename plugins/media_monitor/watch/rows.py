"""Alerts as rows of the table `alerts`, and back."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

import pyarrow as pa

from media_monitor import columns, tables
from media_monitor.model import Alert, Confirmation, Delivery

FIELDS = tuple(field.name for field in fields(Confirmation))


def to_table(alerts: Iterable[Alert]) -> pa.Table:
    """The alerts as rows of `alerts`."""
    return pa.Table.from_pylist([_row(alert) for alert in alerts], schema=tables.ALERTS.schema)


def from_table(table: pa.Table) -> list[Alert]:
    """The alerts of the rows of `alerts`, in their order."""
    confirmations = columns.instances(Confirmation, table)
    rows = table.select(["alert_id", "raised_at", "deliveries"]).to_pylist()
    return [
        Alert(row["alert_id"], row["raised_at"], confirmation, tuple(Delivery(**d) for d in row["deliveries"]))
        for row, confirmation in zip(rows, confirmations, strict=True)
    ]


def _row(alert: Alert) -> dict[str, Any]:
    confirmation = {name: getattr(alert.confirmation, name) for name in FIELDS}
    return confirmation | {
        "alert_id": alert.alert_id,
        "day": alert.raised_at.date(),
        "raised_at": alert.raised_at,
        "evidence": list(alert.confirmation.evidence),
        "via": list(alert.confirmation.via),
        "deliveries": [asdict(delivery) for delivery in alert.deliveries],
    }
