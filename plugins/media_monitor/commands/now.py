"""`media-monitor now`: the state of the beat at a glance."""

from typing import Annotated

import typer

from media_monitor.commands.options import Json
from media_monitor.report.asked import now as state
from media_monitor.report.printed.now import print_now
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json


def command(
    context: typer.Context,
    days: Annotated[
        int, typer.Option(min=1, max=state.MOST_DAYS, help="Days up to now in which something is new")
    ] = state.DAYS,
    as_json: Json = False,
) -> None:
    """What changed, what is disputed, what bursts, how the monitor fares, and the ledger in short."""
    found = state.now(context.obj.settings(), days)
    if as_json:
        print_json(found)
    else:
        print_now(Terminal(), found)
