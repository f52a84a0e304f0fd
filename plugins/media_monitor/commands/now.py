"""`media-monitor now`: the state of the beat at a glance."""

from typing import Annotated

import typer

from media_monitor.report import now as report
from media_monitor.report import now_tables
from media_monitor.report.table import print_json
from media_monitor.report.terminal import Terminal


def command(
    context: typer.Context,
    days: Annotated[
        int, typer.Option(min=1, max=report.MOST_DAYS, help="Days up to now in which something is new")
    ] = report.DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")] = False,
) -> None:
    """What changed, what is disputed, what bursts, how the monitor fares, and the ledger in short."""
    found = report.now(context.obj.settings(), days)
    if as_json:
        print_json(found)
    else:
        now_tables.print_now(Terminal(), found)
