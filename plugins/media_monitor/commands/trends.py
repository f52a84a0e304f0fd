"""`media-monitor trends …`: coverage and its comparison, bursts, share of voice, tone, narrative gaps, momentum …"""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from media_monitor.config import Settings
from media_monitor.report.asked.coverage import months as months_of
from media_monitor.report.asked.coverage import movements, volume
from media_monitor.report.asked.coverage.movements import Rows, Span
from media_monitor.report.printed.coverage import movements as printed
from media_monitor.report.printed.coverage import volume as printed_volume
from media_monitor.report.printed.coverage.months import print_overview
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

app = typer.Typer(help="What is in the news, and what changes. Without a command: coverage by claim and month.")
Dimension = StrEnum("Dimension", movements.DIMENSIONS)  # type: ignore[misc]
Bucket = StrEnum("Bucket", movements.BUCKETS)  # type: ignore[misc]
Split = StrEnum("Split", volume.DIMENSIONS)  # type: ignore[misc]
_PARTY, _MONTH = Dimension("party"), Bucket("month")
_CLAIM = Split("claim")


class Kind(StrEnum):
    """What may burst."""

    claim = "claim"
    party = "party"
    beat = "beat"


_NONE_YET = "No article on the beat is stored yet."
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")]
_Claim = Annotated[str | None, typer.Argument(help="Id of a claim; without one the whole beat", show_default=False)]
_Every = Annotated[bool, typer.Option("--all", help="Also what is not out of the ordinary")]
_DAY = {"formats": ["%Y-%m-%d"]}
_Since = Annotated[datetime | None, typer.Option(**_DAY, help="First day, UTC; default a year before the last")]
_Until = Annotated[datetime | None, typer.Option(**_DAY, help="Last day, UTC; default that of the newest article")]
_BeforeSince = Annotated[datetime | None, typer.Option(**_DAY, help="First day of the period to compare with")]
_BeforeUntil = Annotated[
    datetime | None, typer.Option(**_DAY, help="Its last day; default: as many days, just before the first period")
]


@app.callback(invoke_without_command=True)
def overview(
    context: typer.Context,
    months: Annotated[int, typer.Option(min=1, max=36, help="Months up to the newest article")] = months_of.MONTHS,
    as_json: _Json = False,
) -> None:
    """Coverage by claim and month; the commands below tell what changes."""
    if context.invoked_subcommand is not None:
        return
    settings = context.obj.settings()
    if as_json:
        print_json(months_of.rows(settings, months))
    else:
        print_overview(Terminal(), settings, months)


@app.command()
def coverage(
    context: typer.Context,
    claim: _Claim = None,
    dimension: Annotated[Split | None, typer.Option(help="Split by this")] = None,
    bucket: Annotated[Bucket | None, typer.Option(help="Length of a row; default by the length of the span")] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Coverage of a claim over time: articles, publishers, share of all news, and bursts; or split by a dimension."""
    subject = claim or "the beat"

    def length(days: Span) -> str:
        return bucket.value if bucket else volume.bucket_for(days)

    if dimension is None:
        _answer(
            context, since, until, as_json,
            lambda settings, days: volume.over_time(settings, claim, days, length(days)),
            lambda out, found, days: printed_volume.print_over_time(out, found, subject, days),
            claim=claim,
        )  # fmt: skip
        return
    by = dimension.value
    _answer(
        context, since, until, as_json,
        lambda settings, days: volume.split(settings, claim, by, days, length(days)),
        lambda out, found, days: printed_volume.print_split(out, found, subject, by, days),
        claim=claim,
    )  # fmt: skip


@app.command()
def compare(
    context: typer.Context,
    claim: _Claim = None,
    dimension: Annotated[Split, typer.Option(help="Split by this")] = _CLAIM,
    since: _Since = None,
    until: _Until = None,
    before_since: _BeforeSince = None,
    before_until: _BeforeUntil = None,
    as_json: _Json = False,
) -> None:
    """Coverage in two periods, side by side with the differences."""
    by, subject = dimension.value, claim or "The beat"

    def earlier(days: Span) -> Span:
        return volume.before(days, _day(before_since), _day(before_until))

    _answer(
        context, since, until, as_json,
        lambda settings, days: volume.compare(settings, claim, by, days, earlier(days)),
        lambda out, found, days: printed_volume.print_compare(out, found, subject, by, days, earlier(days)),
        claim=claim,
    )  # fmt: skip


@app.command()
def bursts(
    context: typer.Context,
    kind: Annotated[list[Kind] | None, typer.Option(help="claim, party or beat; may be repeated; default all")] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Days on which claims, parties or the beat were in the news more than usual."""

    def show(out: Console, found: Rows, days: Span) -> None:
        printed.print_bursts(out, found, days, movements.judged(context.obj.settings(), days))

    kinds = kind or list(Kind)
    _answer(context, since, until, as_json, lambda settings, days: movements.bursts(settings, days, kinds), show)


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
    _answer(
        context, since, until, as_json,
        lambda settings, days: movements.voices(settings, claim, days, by.value),
        lambda out, found, days: printed.print_voices(out, found, claim or "the beat", days, by.value),
        claim=claim,
    )  # fmt: skip


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
    _answer(
        context, since, until, as_json,
        lambda settings, days: movements.tone(settings, days, bucket.value, claim, party),
        lambda out, found, days: printed.print_tone(out, found, claim or "any claim", days),
        claim=claim, party=party,
    )  # fmt: skip


@app.command()
def gaps(
    context: typer.Context, claim: _Claim = None, since: _Since = None, until: _Until = None, as_json: _Json = False
) -> None:
    """What state outlets tell and independent ones do not, and the other way round."""
    _answer(
        context, since, until, as_json,
        lambda settings, days: movements.gaps(settings, claim, days),
        lambda out, found, days: printed.print_gaps(out, found, claim or "any claim", days),
        claim=claim,
    )  # fmt: skip


@app.command()
def momentum(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days to compare with as many before")] = 7,
    until: _Until = None,
    as_json: _Json = False,
) -> None:
    """Which claims rise and which fall."""
    _answer(
        context, None, until, as_json,
        lambda settings, asked: movements.momentum(settings, asked.last, days),
        lambda out, found, asked: printed.print_momentum(out, found, str(asked.last), days),
    )  # fmt: skip


def _answer(
    context: typer.Context,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
    ask: Callable[[Settings, Span], Rows],
    show: Callable[[Console, Rows, Span], None],
    claim: str | None = None,
    party: str | None = None,
) -> None:
    """Asks for the days that are meant, and prints what is found, as JSON or shown."""
    settings = context.obj.settings()
    movements.known_claim(settings, claim)
    movements.known_party(settings, party)
    days = movements.span(settings, _day(since), _day(until))
    found = ask(settings, days) if days else []
    if as_json:
        print_json(found)
    elif days:
        show(Terminal(), found, days)
    else:
        Terminal().print(_NONE_YET)


@app.command()
def silences(context: typer.Context, every: _Every = False, as_json: _Json = False) -> None:
    """Feeds and languages that have brought nothing for longer than usual."""
    found = movements.silences(context.obj.settings(), every=every)
    if as_json:
        print_json(found)
    else:
        printed.print_silences(Terminal(), found)


@app.command()
def spikes(
    context: typer.Context, since: _Since = None, until: _Until = None, every: _Every = False, as_json: _Json = False
) -> None:
    """Days on which more rows than usual failed their expectations."""
    settings = context.obj.settings()
    days = movements.recent(settings, _day(since), _day(until))
    found = movements.spikes(settings, days, every=every)
    if as_json:
        print_json(found)
    else:
        printed.print_spikes(Terminal(), found, days)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
