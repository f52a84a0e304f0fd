"""`media-monitor claims`: the claim ledger, and what it has on one claim."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from media_monitor.beat import Beat
from media_monitor.commands.options import Json, day
from media_monitor.config import Settings
from media_monitor.report.asked.claims import history, ledger
from media_monitor.report.printed.claims.claim import print_claim
from media_monitor.report.printed.claims.ledger import print_matrix
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.warehouse import media

State = StrEnum("State", list(ledger.MARKS))  # type: ignore[misc]
_Since = Annotated[date | None, day("Where the state holds since that day, UTC, or later")]
_Until = Annotated[date | None, day("Where the state holds since that day, UTC, or earlier")]


def command(
    context: typer.Context,
    claim: Annotated[str | None, typer.Argument(help="Show the dated history of this claim")] = None,
    party: Annotated[str | None, typer.Option(help="Of this party alone, such as KP")] = None,
    group: Annotated[str | None, typer.Option(help="This claim, those that imply it and those it implies")] = None,
    state: Annotated[State | None, typer.Option(help="Where the party stands so")] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: Json = False,
) -> None:
    """The claim ledger: who has confirmed, denied or declined what, and since when. Of one claim, words and sources."""
    settings: Settings = context.obj.settings()
    out = Terminal()
    if claim is None:
        wanted = ledger.Wanted(group, party, state.value if state else None, since, until)
        print_json(ledger.rows(settings, wanted)) if as_json else print_matrix(out, settings, wanted)
        return
    if group or state or since or until:
        raise typer.BadParameter("--group, --state, --since and --until choose among all claims: name none beside them")
    found = history.dossier(settings, claim, party)
    if as_json:
        print_json(found)
    else:
        print_claim(out, found, media.titles(Beat.load(settings.beat)))
