"""`media-monitor feeds`: what is subscribed, and how well feeds are read."""

from pathlib import Path
from typing import Annotated

import typer

from media_monitor.collect.formats import suites as feed_suites
from media_monitor.commands import feeds_check, feeds_edit
from media_monitor.commands.options import Json
from media_monitor.report.asked.sources import feed_health, feed_history
from media_monitor.report.asked.sources import feeds as feed_rows
from media_monitor.report.asked.sources.suites import as_values
from media_monitor.report.printed.sources.feed_health import print_health
from media_monitor.report.printed.sources.feed_history import print_feed
from media_monitor.report.printed.sources.feeds import print_feeds
from media_monitor.report.printed.sources.suites import as_markdown, print_suites
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

app = typer.Typer(help="The feeds of the beat or of an OPML file. Without a command: list.")
out, err = Terminal(), Terminal(stderr=True)

_Feeds = Annotated[Path | None, typer.Option(help="OPML file to read instead of the beat's own feeds")]


@app.callback(invoke_without_command=True)
def plain(context: typer.Context, opml: _Feeds = None, as_json: Json = False) -> None:
    """The feeds of the beat or of an OPML file. Without a command: list."""
    if context.invoked_subcommand is None:
        listed(context, opml, as_json)
    elif opml or as_json:
        raise typer.BadParameter(f"give options after the command: feeds {context.invoked_subcommand} …")


@app.command("list")
def listed(context: typer.Context, opml: _Feeds = None, as_json: Json = False) -> None:
    """Every feed, with failures and the time of the next fetch."""
    settings = context.obj.settings(feeds=opml)
    if as_json:
        print_json(feed_rows.rows(settings))
    else:
        print_feeds(out, settings)


@app.command()
def health(context: typer.Context, opml: _Feeds = None, as_json: Json = False) -> None:
    """How each feed fares, the worst first: failures, silence, moves, servers that cannot be believed."""
    settings = context.obj.settings(feeds=opml)
    found = feed_health.rows(settings)
    if as_json:
        print_json(found)
    else:
        print_health(out, settings, found)


@app.command()
def show(
    context: typer.Context,
    feed_id: Annotated[str, typer.Argument(metavar="FEED", help="Id of the feed")],
    opml: _Feeds = None,
    page: Annotated[int, typer.Option(min=1, help=f"Page of {feed_history.PAGE_ROWS} fetches")] = 1,
    as_json: Json = False,
) -> None:
    """One feed: its row of the list, how it fares, its fetches, intervals and errors, and what it brought."""
    found = feed_history.one(context.obj.settings(feeds=opml), feed_id, page)
    if as_json:
        print_json(found)
    else:
        print_feed(out, found)


app.command("check")(feeds_check.command)
app.command("add")(feeds_edit.add)
app.command("import")(feeds_edit.bring)
app.command("export")(feeds_edit.export)


@app.command()
def suites(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Folders of feed files, or files")],
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option(help="Print the table in Markdown")] = False,
) -> None:
    """Read whole folders of feed files, such as other projects' test suites; exit code 1 when an entry is lost, or a
    file crashes or hangs the reader."""
    seconds = context.obj.any_folder().timeout_seconds
    done = []
    with err.status("read") as status:
        for suite in feed_suites.run(paths, seconds):
            done.append(suite)
            status.update(f"read {suite.name}")
    if as_json:
        print_json(as_values(done))
    elif markdown:
        print(as_markdown(done))
    else:
        print_suites(out, done)
    if any(suite.lost or suite.of("crash", "hang") for suite in done):
        raise typer.Exit(1)
