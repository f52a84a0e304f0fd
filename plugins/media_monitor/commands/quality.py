"""`media-monitor quality`: expectations over time, scores of the extraction, precision of alerts, and batches."""

from datetime import date
from typing import Annotated

import typer

from media_monitor.commands.options import Json, day
from media_monitor.report.asked.quality import batches, measures
from media_monitor.report.printed.quality.batches import print_batch, print_rows
from media_monitor.report.printed.quality.measures import print_overview
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

out = Terminal()
_Day = Annotated[date | None, day("Day of the run, UTC, included")]


def command(
    context: typer.Context,
    batch: Annotated[str | None, typer.Option(help="What became of this run")] = None,
    runs: Annotated[bool, typer.Option("--batches", help="A row a run, the latest first")] = False,
    table: Annotated[str | None, typer.Option(help="What did not hold of this table")] = None,
    expectation: Annotated[str | None, typer.Option(help="When this expectation did not hold")] = None,
    since: _Day = None,
    until: _Day = None,
    page: Annotated[int, typer.Option(min=1, help=f"{measures.PAGE} rows a page")] = 1,
    as_json: Json = False,
) -> None:
    """How good the data is: expectations over time, what failed, scores of the extraction, precision of alerts."""
    if batch and runs:
        raise typer.BadParameter("give either --batch or --batches")
    settings = context.obj.settings()
    if batch:
        one = batches.batch(settings, batch)
        print_json(one) if as_json else print_batch(out, one)
    elif runs:
        found = batches.rows(settings, since, until, page)
        print_json(found) if as_json else print_rows(out, found)
    elif as_json:
        print_json(measures.overview(settings, since, until, table, expectation, page))
    else:
        print_overview(out, measures.overview(settings, since, until, table, expectation, page))
