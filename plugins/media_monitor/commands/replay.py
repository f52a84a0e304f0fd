"""`media-monitor replay`: past batches again from the archive."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from media_monitor import replay as replaying
from media_monitor import results
from media_monitor.beat import Beat
from media_monitor.commands.options import day
from media_monitor.evaluate import alerts as proving
from media_monitor.report.asked.proof import as_values
from media_monitor.report.printed.evaluation.proof import print_proof
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.warehouse import lake


def command(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(help="Data folder whose archive is replayed")],
    since: Annotated[date | None, day("First day of batches, UTC")] = None,
    until: Annotated[date | None, day("Last day of batches, UTC")] = None,
    expected: Annotated[
        Path | None,
        typer.Option(help="Alerts that should be raised (TOML): says which were missed, false, late, twice"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines")] = False,
) -> None:
    """Run past batches again from their archive, into the data folder given by --home; asks nobody, sends nothing.

    With --expected the exit code is 1 where precisely those alerts were not raised.
    """
    settings = context.obj.settings()
    wanted = proving.read_expected(expected, Beat.load(settings.beat)) if expected else None
    out, err = Terminal(), Terminal(stderr=True)
    if since and until and until < since:
        raise typer.BadParameter(f"--until {until} is before --since {since}")
    done = []
    with err.status("replay") as status:
        for batch, loaded in replaying.replay(settings, archive, since, until, progress=status.update):
            told = {"batch": batch, **results.as_json(loaded)}
            done.append(told)
            if not as_json:
                rows = ", ".join(f"{count} {name}" for name, count in told["rows"].items() if count)
                out.print(f"{batch}: {rows or 'nothing new'}; {len(told['confirmations'])} new confirmations")
    proof = proving.compare(wanted, proving.raised(lake.read(settings.home, "alerts"))) if wanted is not None else None
    if as_json:
        print_json(done if proof is None else {"batches": done, "proof": as_values(proof)})
    elif not done:
        out.print(f"{archive}: no batch of these days was loaded; there is nothing to replay", markup=False)
    elif proof is not None:
        print_proof(out, proof)
    if proof is not None and not proof.holds:
        raise typer.Exit(1)
