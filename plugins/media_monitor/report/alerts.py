"""Alerts for people: what became of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.model import Alert
from media_monitor.watch import alert_rows

STYLES = {"sent": "green", "failed": "red", "unknown": "red", "wrong": "dim strike", "withdrawn": "yellow"}


def state(alert: Alert, now: datetime) -> str:
    """wrong, acknowledged, withdrawn, told with another, failed, unknown, sent, due later or waiting."""
    states = {delivery.state for delivery in alert.deliveries}
    if alert.wrong_at:
        return "wrong"
    if alert.acknowledged_at:
        return "acknowledged"
    if alert.withdrawn_at:
        return "withdrawn"
    if alert.implied_by:
        return "told with another"
    if "failed" in states:
        return "failed"
    if states & {"unknown", "sending"}:
        return "unknown"
    if "sent" in states:
        return "sent"
    return "due later" if alert.due_at and alert.due_at > now else "waiting"


def rows(alerts: Iterable[Alert], now: datetime) -> list[dict[str, Any]]:
    """The alerts as rows of the table `alerts`, each with its state; the newest first."""
    chosen = list(alerts)
    plain = alert_rows.to_table(chosen).to_pylist()
    told = [row | {"state": state(alert, now)} for alert, row in zip(chosen, plain, strict=True)]
    return sorted(told, key=lambda row: (row["raised_at"], row["alert_id"]), reverse=True)


def print_alerts(console: Console, found: list[dict[str, Any]]) -> None:
    """Prints rows as `rows` gives them."""
    if not found:
        console.print("No such alert.")
        return
    table = Table("Alert", "Raised", "Kind", "What is new", "State", title="Alerts", title_justify="left")
    for row in found:
        what = row["summary"] or f"{row['party']}: {row['subject']}"
        detail = row["wrong_reason"] or "; ".join(d["error"] for d in row["deliveries"] if d["error"])
        style = STYLES.get(row["state"], "")
        told = Text(f"{row['state']}{f': {detail}' if detail else ''}", style=style)
        table.add_row(row["alert_id"], f"{row['raised_at']:%y-%m-%d %H:%M}", row["kind"], Text(what), told)
    console.print(table)
