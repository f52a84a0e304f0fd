"""`media-monitor health`: whether the monitor is well, for probes and people."""

from dataclasses import asdict

import typer
from rich.table import Table
from rich.text import Text

from media_monitor import probe
from media_monitor.commands.options import Json
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

COLOURS = {"ok": "green", "late": "yellow", "failed": "bold red"}


def command(
    context: typer.Context,
    as_json: Json = False,
) -> None:
    """Whether the monitor does its work. Exit code 0: ok; 1: late, somebody should look; 2: failed."""
    checks = probe.checked(context.obj.any_folder())
    state = probe.overall(checks)
    if as_json:
        print_json({"status": state, "checks": [asdict(check) for check in checks]})
    else:
        table = Table("Check", "State", "", title=f"Health: {state}", title_justify="left")
        for check in checks:
            table.add_row(check.name, Text(check.state, style=COLOURS[check.state]), Text(check.told))
        Terminal().print(table)
    raise typer.Exit(probe.STATES.index(state))
