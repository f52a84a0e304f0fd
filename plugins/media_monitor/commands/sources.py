"""`media-monitor sources`: who prints, what is silent, and how politely servers are asked."""

from datetime import date
from typing import Annotated

import typer

from media_monitor.commands.options import Json, day
from media_monitor.report.asked.sources import politeness, publishers
from media_monitor.report.asked.sources import silences as silence_rows
from media_monitor.report.printed.sources.politeness import print_politeness
from media_monitor.report.printed.sources.publishers import print_publishers
from media_monitor.report.printed.sources.silences import print_silences
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

app = typer.Typer(help="Publishers, silences, politeness. Without a command: publishers; `feeds health` has the feeds.")
out = Terminal()

_Since = Annotated[date | None, day("First day, UTC")]
_Until = Annotated[date | None, day("Last day, UTC")]
_Page = Annotated[int, typer.Option(min=1, help=f"Page of {publishers.PAGE_ROWS} rows")]


@app.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    language: Annotated[str | None, typer.Option(help="With this language (ISO 639-1)")] = None,
    affiliation: Annotated[str | None, typer.Option(help="state, independent, wire or official")] = None,
    country: Annotated[str | None, typer.Option(help="Of this country (ISO 3166)")] = None,
    since: _Since = None,
    until: _Until = None,
    q: Annotated[str | None, typer.Option(help="With this in the name of the family or an outlet")] = None,
    page: _Page = 1,
    as_json: Json = False,
) -> None:
    """Publisher families with their outlets: articles on the beat, share borrowed, how often first, last news."""
    if context.invoked_subcommand is not None:
        return
    wanted = publishers.Wanted(
        language=language,
        affiliation=affiliation,
        country=country,
        since=since,
        until=until,
        q=q,
        page=page,
    )
    found = publishers.page(context.obj.settings(), wanted)
    if as_json:
        print_json(found)
    else:
        print_publishers(out, found)


@app.command()
def show(
    context: typer.Context,
    publisher: Annotated[str, typer.Argument(help="Id of a family, as `sources --json` gives it")],
    since: _Since = None,
    until: _Until = None,
    page: _Page = 1,
    as_json: Json = False,
) -> None:
    """One family with its outlets, feeds, and articles on the beat."""
    wanted = publishers.Wanted(since=since, until=until, page=page)
    found = publishers.one(context.obj.settings(), publisher, wanted)
    if as_json:
        print_json(found)
    else:
        print_publishers(out, {**found, "rows": [found], "total": 1})
        for row in found["printed"]:
            out.print(f"{row['printed_at']:%Y-%m-%d %H:%M} {row['title']}", markup=False, highlight=False)


@app.command()
def silences(context: typer.Context, as_json: Json = False) -> None:
    """Feeds and languages that have brought nothing new for longer than usual, the silent first."""
    found = silence_rows.rows(context.obj.settings())
    if as_json:
        print_json(found)
    else:
        print_silences(out, found)


@app.command("politeness")
def polite(context: typer.Context, since: _Since = None, until: _Until = None, as_json: Json = False) -> None:
    """How politely servers are asked: requests, 304s, waits asked for and kept, rules broken."""
    found = politeness.measures(context.obj.settings(), since, until)
    if as_json:
        print_json(found)
    else:
        print_politeness(out, found)
