"""`media-monitor trends …`: coverage and its comparison, bursts, share of voice, tone, narrative gaps, momentum …"""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from media_monitor.commands import spans
from media_monitor.commands.options import Json, day
from media_monitor.commands.spans import Question, Since, Until
from media_monitor.config import Settings
from media_monitor.report.asked.coverage import months as months_of
from media_monitor.report.asked.coverage import movements, volume
from media_monitor.report.asked.coverage.movements import Span
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


_Claim = Annotated[str | None, typer.Argument(help="Id of a claim; without one the whole beat", show_default=False)]
_Every = Annotated[bool, typer.Option("--all", help="Also what is not out of the ordinary")]
_BeforeSince = Annotated[date | None, day("First day of the period to compare with")]
_BeforeUntil = Annotated[date | None, day("Its last day; default: as many days, just before the first period")]


@app.callback(invoke_without_command=True)
def overview(
    context: typer.Context,
    months: Annotated[int, typer.Option(min=1, max=36, help="Months up to the newest article")] = months_of.MONTHS,
    as_json: Json = False,
) -> None:
    """Coverage by claim and month; the commands below tell what changes."""
    if context.invoked_subcommand is not None:
        return
    settings = context.obj.settings()
    if as_json:
        print_json(months_of.rows(settings, months))
    else:
        print_overview(Terminal(), settings, months)


@spans.command(app)
def coverage(
    settings: Settings,
    claim: _Claim = None,
    dimension: Annotated[Split | None, typer.Option(help="Split by this")] = None,
    bucket: Annotated[Bucket | None, typer.Option(help="Length of a row; default by the length of the span")] = None,
) -> Question:
    """Coverage of a claim over time: articles, publishers, share of all news, and bursts; or split by a dimension."""
    subject = claim or "the beat"

    def length(days: Span) -> str:
        return bucket.value if bucket else volume.bucket_for(days)

    if dimension is None:
        return Question(
            lambda days: volume.over_time(settings, claim, days, length(days)),
            lambda out, found, days: printed_volume.print_over_time(out, found, subject, days),
            claim,
        )
    by = dimension.value
    return Question(
        lambda days: volume.split(settings, claim, by, days, length(days)),
        lambda out, found, days: printed_volume.print_split(out, found, subject, by, days),
        claim,
    )


@spans.command(app)
def compare(
    settings: Settings,
    claim: _Claim = None,
    dimension: Annotated[Split, typer.Option(help="Split by this")] = _CLAIM,
    before_since: _BeforeSince = None,
    before_until: _BeforeUntil = None,
) -> Question:
    """Coverage in two periods, side by side with the differences."""
    by, subject = dimension.value, claim or "The beat"

    def earlier(days: Span) -> Span:
        return volume.before(days, before_since, before_until)

    return Question(
        lambda days: volume.compare(settings, claim, by, days, earlier(days)),
        lambda out, found, days: printed_volume.print_compare(out, found, subject, by, days, earlier(days)),
        claim,
    )


@spans.command(app)
def bursts(
    settings: Settings,
    kind: Annotated[list[Kind] | None, typer.Option(help="claim, party or beat; may be repeated; default all")] = None,
) -> Question:
    """Days on which claims, parties or the beat were in the news more than usual."""
    kinds = kind or list(Kind)
    return Question(
        lambda days: movements.bursts(settings, days, kinds),
        lambda out, found, days: printed.print_bursts(out, found, days, movements.judged(settings, days)),
    )


@spans.command(app)
def voice(
    settings: Settings,
    claim: _Claim = None,
    by: Annotated[Dimension, typer.Option(help="Whose words, or who prints them")] = _PARTY,
) -> Question:
    """Share of voice on a claim."""
    return Question(
        lambda days: movements.voices(settings, claim, days, by.value),
        lambda out, found, days: printed.print_voices(out, found, claim or "the beat", days, by.value),
        claim,
    )


@spans.command(app)
def tone(
    settings: Settings,
    claim: Annotated[str | None, typer.Option(help="Stances on this claim alone")] = None,
    party: Annotated[str | None, typer.Option(help="This party alone")] = None,
    bucket: Annotated[Bucket, typer.Option(help="Length of a row")] = _MONTH,
) -> Question:
    """Tone by party: stances of its officials, their balance, and the Goldstein value of what it does."""
    return Question(
        lambda days: movements.tone(settings, days, bucket.value, claim, party),
        lambda out, found, days: printed.print_tone(out, found, claim or "any claim", days),
        claim,
        party,
    )


@spans.command(app)
def gaps(settings: Settings, claim: _Claim = None) -> Question:
    """What state outlets tell and independent ones do not, and the other way round."""
    return Question(
        lambda days: movements.gaps(settings, claim, days),
        lambda out, found, days: printed.print_gaps(out, found, claim or "any claim", days),
        claim,
    )


@spans.command(app, since=False)
def momentum(
    settings: Settings,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days to compare with as many before")] = 7,
) -> Question:
    """Which claims rise and which fall."""
    return Question(
        lambda asked: movements.momentum(settings, asked.last, days),
        lambda out, found, asked: printed.print_momentum(out, found, str(asked.last), days),
    )


@app.command()
def silences(context: typer.Context, every: _Every = False, as_json: Json = False) -> None:
    """Feeds and languages that have brought nothing for longer than usual."""
    found = movements.silences(context.obj.settings(), every=every)
    if as_json:
        print_json(found)
    else:
        printed.print_silences(Terminal(), found)


@app.command()
def spikes(
    context: typer.Context, since: Since = None, until: Until = None, every: _Every = False, as_json: Json = False
) -> None:
    """Days on which more rows than usual failed their expectations."""
    settings = context.obj.settings()
    days = movements.recent(settings, since, until)
    found = movements.spikes(settings, days, every=every)
    if as_json:
        print_json(found)
    else:
        printed.print_spikes(Terminal(), found, days)
