"""What the doctor found and repaired, for people and programs."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.doctor.examine import Report
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.registry import CHECKS

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def as_json(told: Report) -> dict[str, Any]:
    """The report: `well`, findings `found`, `repaired` and `left`, repairs that `failed`, `seconds` by check."""
    lists = {"found": told.found, "repaired": told.mended, "left": told.left}
    return {
        "well": told.is_well,
        **{name: [one.as_json() for one in findings] for name, findings in lists.items()},
        "failed": told.failed,
        "seconds": {name: round(seconds, 3) for name, seconds in told.seconds.items()},
    }


def print_report(console: Console, told: Report) -> None:
    """Prints what was checked, then every finding."""
    table = Table("Check", "Holds", "What holds", title="Data folder", title_justify="left")
    for check in CHECKS:
        if check.name in told.seconds:
            table.add_row(check.name, _state(check.name, told), Text(check.holds))
    console.print(table)
    _print_findings(console, "Repaired", told.mended)
    _print_findings(console, "Found" if not told.mended else "Left", told.left)
    for reason in told.failed:
        console.print(Text(f"! repair of {reason}", style="bold red"))
    console.print(_conclusion(told))


def _state(name: str, told: Report) -> Text:
    left = [one for one in told.left if one.check == name and one.counts]
    if left:
        return Text(f"no: {len(left)}", style=STYLES["error"])
    mended = sum(one.check == name for one in told.mended)
    return Text(f"again: {mended}" if mended else "yes", style="green")


def _print_findings(console: Console, title: str, findings: list[Finding]) -> None:
    for number, one in enumerate(findings):
        if number == 0:
            console.print(Text(f"\n{title}", style="bold"))
        line = Text(f"{one.severity:<8}", style=STYLES[one.severity])
        line.append(f"{one.where}: ", style="bold").append(one.what, style="default")
        console.print(line, soft_wrap=True)
        if one.repair:
            console.print(Text(f"        repair: {one.repair}", style="dim"), soft_wrap=True)


def _conclusion(told: Report) -> Text:
    if told.is_well:
        return Text("\nAll is well.", style="bold green")
    left = [one for one in told.left if one.counts]
    mendable = sum(bool(one.repair) for one in left)
    hint = f" `media-monitor doctor --repair` sees to {mendable}." if mendable else " They need a person."
    return Text(f"\n{len(left)} findings.{hint}", style="bold red")
