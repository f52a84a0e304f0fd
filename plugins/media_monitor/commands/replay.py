"""`media-monitor replay`: past batches again from the archive."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from media_monitor import replay as replaying
from media_monitor import results
from media_monitor.report.table import print_json
from media_monitor.report.terminal import Terminal

_DAY = "%Y-%m-%d"


def command(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(help="Data folder whose archive is replayed")],
    since: Annotated[datetime | None, typer.Option(formats=[_DAY], help="First day of batches, UTC")] = None,
    until: Annotated[datetime | None, typer.Option(formats=[_DAY], help="Last day of batches, UTC")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines")] = False,
) -> None:
    """Run past batches again from their archive, into the data folder given by --home; asks nobody, sends nothing."""
    settings = context.obj.settings()
    out, err = Terminal(), Terminal(stderr=True)
    if since and until and until < since:
        raise typer.BadParameter(f"--until {until:%Y-%m-%d} is before --since {since:%Y-%m-%d}")
    days = (since.date() if since else None, until.date() if until else None)
    done = []
    with err.status("replay") as status:
        for batch, loaded in replaying.replay(settings, archive, *days, progress=status.update):
            told = {"batch": batch, **results.as_json(loaded)}
            done.append(told)
            if not as_json:
                rows = ", ".join(f"{count} {name}" for name, count in told["rows"].items() if count)
                out.print(f"{batch}: {rows or 'nothing new'}; {len(told['confirmations'])} new confirmations")
    if as_json:
        print_json(done)
    elif not done:
        out.print(f"{archive}: no batch of these days was loaded; there is nothing to replay", markup=False)
