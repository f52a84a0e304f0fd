"""`media-monitor export`: what the ledger holds, in formats that other programs read."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from media_monitor import exporting
from media_monitor.beat import Beat
from media_monitor.commands.options import day
from media_monitor.config import EXPORTS, Settings
from media_monitor.report.printed.terminal import Terminal

app = typer.Typer(no_args_is_help=True, help="Give out what the ledger holds, in formats that other programs read.")
Form = StrEnum("Form", [(name.upper(), name) for name in EXPORTS])  # type: ignore[misc]  # the names are those of the settings


@app.callback()
def _exports() -> None:
    pass


@app.command()
def confirmations(
    context: typer.Context,
    form: Annotated[Form, typer.Option("--format", help="What to make")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to; default standard output")] = None,
    since: Annotated[date | None, day("Said on that day or later")] = None,
    claim: Annotated[str | None, typer.Option(help="Only this claim")] = None,
    party: Annotated[str | None, typer.Option(help="Only this party's words")] = None,
    all_steps: Annotated[
        bool, typer.Option("--all-steps", help="All that parties said: allegations, refusals and denials too")
    ] = False,
) -> None:
    """First confirmations, or every step of the ledger, as Atom, JSON Feed, CSV, Parquet or a STIX 2.1 bundle."""
    if form == "parquet" and output is None:
        raise typer.BadParameter("a Parquet file needs a place: give -o FILE")
    settings: Settings = context.obj.settings()
    _check(settings, claim, party)
    found = exporting.rows(settings, since, claim, party, all_steps=all_steps)
    content = exporting.rendered(settings, form, found, all_steps=all_steps)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    exporting.write(output, content)
    Terminal(stderr=True).print(f"{output} is written.", markup=False, highlight=False)


def _check(settings: Settings, claim: str | None, party: str | None) -> None:
    """A name that the beat does not know finds nothing, now and ever: better an error than an empty file."""
    beat = Beat.load(settings.beat)
    parties = {entity.party for entity in beat.entities.values() if entity.party}
    for name, known in ((claim, set(beat.claims)), (party, parties)):
        if name is not None and name not in known:
            raise typer.BadParameter(f"the beat does not know {name}; it knows {', '.join(sorted(known))}")
