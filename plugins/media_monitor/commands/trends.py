"""`media-monitor trends …`: coverage, bursts, share of voice, tone, narrative gaps, momentum."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from media_monitor.config import Settings
from media_monitor.report import movement_tables, movements, trends
from media_monitor.report.movements import Span
from media_monitor.report.table import print_json
from media_monitor.report.terminal import Terminal

app = typer.Typer(help="What is in the news, and what changes. Without a command: coverage by claim and month.")
Dimension = StrEnum("Dimension", movements.DIMENSIONS)  # type: ignore[misc]
Bucket = StrEnum("Bucket", movements.BUCKETS)  # type: ignore[misc]
_PARTY, _MONTH = Dimension("party"), Bucket("month")


class Kind(StrEnum):
    """What may burst."""

    claim = "claim"
    party = "party"
    beat = "beat"


_NONE_YET = "No article on the beat is stored yet."
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")]
_Claim = Annotated[str | None, typer.Argument(help="Id of a claim; without one the whole beat", show_default=False)]
_Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day, UTC; default a year before the last")
]
_Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, UTC; default that of the newest article")
]


@app.callback(invoke_without_command=True)
def overview(
    context: typer.Context,
    months: Annotated[int, typer.Option(min=1, max=36, help="Months up to the newest article")] = trends.MONTHS,
    as_json: _Json = False,
) -> None:
    """Coverage by claim and month; the commands below tell what changes."""
    if context.invoked_subcommand is not None:
        return
    settings = context.obj.settings()
    if as_json:
        print_json(trends.rows(settings, months))
    else:
        trends.print_overview(Terminal(), settings, months)


@app.command()
def bursts(
    context: typer.Context,
    kind: Annotated[list[Kind] | None, typer.Option(help="claim, party or beat; may be repeated; default all")] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Days on which claims, parties or the beat were in the news more than usual."""
    settings = context.obj.settings()
    days = _span(settings, since, until)
    found = movements.bursts(settings, days, kind or list(Kind)) if days else []
    if as_json:
        print_json(found)
    elif days:
        movement_tables.print_bursts(Terminal(), found, days, movements.judged(settings, days))
    else:
        Terminal().print(_NONE_YET)


@app.command()
def voice(
    context: typer.Context,
    claim: _Claim = None,
    by: Annotated[Dimension, typer.Option(help="Whose words, or who prints them")] = _PARTY,
    since: _Since = None,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Share of voice on a claim."""
    settings = context.obj.settings()
    movements.known_claim(settings, claim)
    days = _span(settings, since, until)
    found = movements.voices(settings, claim, days, by.value) if days else []
    if as_json:
        print_json(found)
    elif days:
        movement_tables.print_voices(Terminal(), found, claim or "the beat", days, by.value)
    else:
        Terminal().print(_NONE_YET)


@app.command()
def tone(
    context: typer.Context,
    claim: Annotated[str | None, typer.Option(help="Stances on this claim alone")] = None,
    party: Annotated[str | None, typer.Option(help="This party alone")] = None,
    bucket: Annotated[Bucket, typer.Option(help="Length of a row")] = _MONTH,
    since: _Since = None,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Tone by party: stances of its officials, their balance, and the Goldstein value of what it does."""
    settings = context.obj.settings()
    movements.known_claim(settings, claim)
    movements.known_party(settings, party)
    days = _span(settings, since, until)
    found = movements.tone(settings, days, bucket.value, claim, party) if days else []
    if as_json:
        print_json(found)
    elif days:
        movement_tables.print_tone(Terminal(), found, claim or "any claim", days)
    else:
        Terminal().print(_NONE_YET)


@app.command()
def gaps(
    context: typer.Context, claim: _Claim = None, since: _Since = None, until: _Until = None, as_json: _Json = False
) -> None:
    """What state outlets tell and independent ones do not, and the other way round."""
    settings = context.obj.settings()
    movements.known_claim(settings, claim)
    days = _span(settings, since, until)
    found = movements.gaps(settings, claim, days) if days else []
    if as_json:
        print_json(found)
    elif days:
        movement_tables.print_gaps(Terminal(), found, claim or "any claim", days)
    else:
        Terminal().print(_NONE_YET)


@app.command()
def momentum(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days to compare with as many before")] = 7,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Which claims rise and which fall."""
    settings = context.obj.settings()
    asked = _span(settings, None, until)
    found = movements.momentum(settings, asked.last, days) if asked else []
    if as_json:
        print_json(found)
    elif asked:
        movement_tables.print_momentum(Terminal(), found, str(asked.last), days)
    else:
        Terminal().print(_NONE_YET)


def _span(settings: Settings, since: datetime | None, until: datetime | None) -> Span | None:
    return movements.span(settings, _day(since), _day(until))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
