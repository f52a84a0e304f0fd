"""Alerts, the rules in force for them, and their channels."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.report.asked.alerts.rules import Row, only, when


def print_rules(console: Console, found: list[Row], known: list[Row]) -> None:
    """Prints rules and channels as `rows` and `channels` give them."""
    table = Table("Rule", "On", "Only", "Channels", "When", title="Rules in force", title_justify="left")
    for row in found:
        style = "" if row["enabled"] else "dim"
        when_told = when(row) if row["enabled"] else "off"
        cells = (row["rule"], row["on"], only(row), ", ".join(row["channels"]), when_told)
        table.add_row(*(Text(cell) for cell in cells), style=style)
    console.print(table)
    table = Table("Channel", "Address", "Rules", title="Channels", title_justify="left")
    for row in known:
        addresses = ", ".join(row["addresses"]) or "none"
        table.add_row(*(Text(cell) for cell in (row["channel"], addresses, ", ".join(row["rules"]))))
    console.print(table)
    console.print(Text("media-monitor alert test CHANNEL sends a test message through one.", style="dim"))


STYLES = {"sent": "green", "failed": "red", "unknown": "red", "wrong": "dim strike", "withdrawn": "yellow"}


def print_alerts(console: Console, found: Iterable[Row]) -> None:
    """Prints rows as `rows` gives them."""
    chosen = list(found)
    if not chosen:
        console.print("No such alert.")
        return
    table = Table("Alert", "Raised", "Kind", "What is new", "State", title="Alerts", title_justify="left")
    for row in chosen:
        what = row["summary"] or f"{row['party']}: {row['subject']}"
        detail = row["wrong_reason"] or "; ".join(d["error"] for d in row["deliveries"] if d["error"])
        style = STYLES.get(row["state"], "")
        told = Text(f"{row['state']}{f': {detail}' if detail else ''}", style=style)
        table.add_row(row["alert_id"], f"{row['raised_at']:%y-%m-%d %H:%M}", row["kind"], Text(what), told)
    console.print(table)
