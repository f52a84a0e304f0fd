"""How good the data is: expectations that did not hold, precision of alerts, scores of the extraction."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.evaluate import LAYERS
from media_monitor.report.asked.quality.measures import provenance, score_tables

STYLES = {"critical": "red", "warning": "yellow", "info": "dim"}


def print_overview(console: Console, found: dict[str, Any]) -> None:
    """Prints what `overview` gives."""
    table = Table("Day", "Table", "Runs", "Checks", "Failed", "Critical", "Kept out", title="Expectations")
    for row in found["days"]:
        numbers = (row["batches"], row["checks"], row["failed"], row["critical"], row["quarantined"])
        table.add_row(str(row["day"]), row["table"], *map(str, numbers))
    console.print(table)
    print_failures(console, found["failures"])
    _print_precision(console, found["precision"])
    _print_scores(console)


def print_failures(console: Console, found: list[dict[str, Any]]) -> None:
    """Prints expectations that did not hold."""
    if not found:
        console.print("Every expectation held.")
        return
    table = Table("At", "Table", "Expectation", "Severity", "Observed", title="Expectations that did not hold")
    for row in found:
        severity = Text(row["severity"], style=STYLES[row["severity"]])
        table.add_row(f"{row['at']:%y-%m-%d %H:%M}", row["table"], row["expectation"], severity, Text(row["observed"]))
    console.print(table)


def _print_precision(console: Console, found: list[dict[str, Any]]) -> None:
    table = Table("Alerts", "Raised", "Looked at", "Wrong", "Right", title="Precision of alerts in use")
    for row in found:
        share = "–" if row["precision"] is None else f"{row['precision']:.0%}"
        table.add_row(row["kind"], str(row["alerts"]), str(row["judged"]), str(row["wrong"]), share)
    console.print(table)


def _print_scores(console: Console) -> None:
    for one in score_tables():
        table = Table("Language", "Items", *LAYERS, title=f"F1 of {one['extractor']} on {one['documents']}")
        for row in one["rows"]:
            cells = (f"{row[layer]['f1']:.2f}" if row[layer] else "–" for layer in LAYERS)
            table.add_row(row["language"], str(row["items"]), *cells)
        console.print(table)
    told = provenance()
    line = f"Extractor {told['extractor_version']}, measured {told['measured_on']}: {told['command']}"
    console.print(line, style="dim", markup=False, soft_wrap=True)
