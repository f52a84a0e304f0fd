"""`media-monitor doctor`: what does not hold of the data folder, and its repair."""

from typing import Annotated

import typer

from media_monitor.commands.options import Json
from media_monitor.doctor.examine import examine
from media_monitor.doctor.registry import CHECKS
from media_monitor.report.printed import doctor as report
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

_NAMES = ", ".join(check.name for check in CHECKS)
err = Terminal(stderr=True)


def command(
    context: typer.Context,
    repair: Annotated[bool, typer.Option(help="Repair what can be repaired; nothing is deleted")] = False,
    quick: Annotated[bool, typer.Option(help="Leave out what takes long on years of news")] = False,
    only: Annotated[list[str] | None, typer.Option("--check", help=f"Only this check: {_NAMES}")] = None,
    as_json: Json = False,
) -> None:
    """Check that the data folder is whole: exit code 0 where all is well, 1 where something is left to see to."""
    unknown = sorted(set(only or ()) - {check.name for check in CHECKS})
    if unknown:
        raise typer.BadParameter(f"there is no check {unknown[0]!r}; there are {_NAMES}")
    with err.status("doctor") as status:
        told = examine(context.obj.settings(), repair=repair, quick=quick, only=only or (), progress=status.update)
    if as_json:
        print_json(report.as_json(told))
    else:
        report.print_report(Terminal(), told)
    if not told.is_well:
        raise typer.Exit(1)
