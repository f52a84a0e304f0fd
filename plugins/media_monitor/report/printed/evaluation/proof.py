"""A replay's alerts beside those that were expected, as a table for people or as plain values."""

from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.evaluate.alerts import Expected, Proof, Raised


def print_proof(console: Console, proof: Proof) -> None:
    """Prints every expected alert with what became of it, then what was not expected, then the counts."""
    table = Table(
        "alert", "printed", "raised", "hours later", "", title="Alerts expected and raised", title_justify="left"
    )
    for one in proof.found:
        notes = Text("; ".join(one.faults), style="yellow")
        table.add_row(
            _name(one.expected),
            _minute(one.expected.printed_at),
            _minute(one.raised.raised_at),
            f"{one.hours:.1f}",
            notes,
        )
    for missing in proof.missed:
        table.add_row(_name(missing), _minute(missing.printed_at), "", "", Text("MISSED", style="bold red"))
    for what, alerts in (("FALSE", proof.false), ("TWICE", proof.twice)):
        for alert in alerts:
            table.add_row(_name(alert), "", _minute(alert.raised_at), "", Text(what, style="bold red"))
    console.print(table)
    console.print(summary(proof), markup=False)


def summary(proof: Proof) -> str:
    """The counts in one line."""
    hours = [one.hours for one in proof.found]
    late = (
        f"late by {median(hours):.1f} h in the median, {max(hours):.1f} h at most" if hours else "none raised in time"
    )
    expected = len(proof.found) + len(proof.missed)
    return (
        f"{expected} expected, {sum(e.reversal for e in _all_expected(proof))} of them reversals: "
        f"{len(proof.missed)} missed, {len(proof.false)} false, {len(proof.twice)} twice; {late}"
    )


def _all_expected(proof: Proof) -> list[Expected]:
    return [*(one.expected for one in proof.found), *proof.missed]


def _name(alert: Expected | Raised) -> Text:
    kind = "" if alert.kind == "first_confirmation" else f" {alert.kind}"
    turn = " (reversal)" if alert.reversal else ""
    return Text(f"{alert.party} {alert.claim}{kind}{turn}")


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
