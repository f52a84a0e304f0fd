"""`media-monitor claims`: the claim ledger, and what it has on one claim."""

from typing import Annotated

import typer

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.report import claim as claim_report
from media_monitor.report import history, ledger
from media_monitor.report.table import print_json
from media_monitor.report.terminal import Terminal
from media_monitor.warehouse import media


def command(
    context: typer.Context,
    claim: Annotated[str | None, typer.Argument(help="Show the dated history of this claim")] = None,
    party: Annotated[str | None, typer.Option(help="Of this party alone, such as KP")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")] = False,
) -> None:
    """The claim ledger: who has confirmed, denied or declined what, and since when. Of one claim, words and sources."""
    settings: Settings = context.obj.settings()
    out = Terminal()
    if claim is None:
        if party is not None:
            raise typer.BadParameter("--party needs a claim: media-monitor claims CLAIM --party KP")
        print_json(ledger.rows(settings)) if as_json else ledger.print_matrix(out, settings)
        return
    found = history.dossier(settings, claim, party)
    if as_json:
        print_json(found)
    else:
        claim_report.print_claim(out, found, media.titles(Beat.load(settings.beat)))
