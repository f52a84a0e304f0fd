"""`media-monitor`: each stage of the pipeline alone, all of them, and what the ledger says."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from media_monitor import __version__, consistency, pipeline, results
from media_monitor.commands import (
    alert,
    articles,
    backfill,
    beat,
    claims,
    doctor,
    evaluate,
    explain,
    export,
    feeds,
    health,
    now,
    quality,
    quarantine,
    replay,
    serve,
    sources,
    sql,
    stories,
    trends,
)
from media_monitor.commands import upkeep as upkeep_command
from media_monitor.commands.options import Json
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.launch.samples import on_samples
from media_monitor.metrics import sinks
from media_monitor.report.printed import run as run_report
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
out = Terminal()
err = Terminal(stderr=True)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Data folder and beat, as they were given before the command. A command asks for the settings in one way or the
    other; a test walks all commands."""

    home: Path | None
    beat: str | None

    def settings(self, **more: Any) -> Settings:
        """The settings, once it is sure that the data folder belongs to the beat, or to none yet.

        Raises:
            SettingError: the folder holds another beat.
        """
        settings = self.any_folder(**more)
        consistency.check_beat(settings)
        return settings

    def any_folder(self, **more: Any) -> Settings:
        """The settings, for what asks nothing of a data folder, or nothing for which the beat matters."""
        own = {"home": self.home, "beat": self.beat}
        return Settings.load(**own | {name: value for name, value in more.items() if value is not None})


_Feeds = Annotated[Path | None, typer.Option(help="OPML file to read instead of the beat's own feeds")]
_BatchId = Annotated[str, typer.Option("--batch", help="The batch, as `collect` printed it")]


def main() -> None:
    """Runs the command line; errors made on purpose are one line on standard error and exit code 1."""
    try:
        app()
    except MediaMonitorError as error:
        err.print(f"error: {error}", style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
    except OSError as error:
        err.print(f"error: {error.filename}: {error.strerror}", style="bold red", markup=False, soft_wrap=True)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Data folder; default MEDIA_MONITOR_HOME or var/live")] = None,
    beat: Annotated[str | None, typer.Option(help="Name of a shipped beat, or a beat folder")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version")] = False,
) -> None:
    if version:
        out.print(__version__)
        raise typer.Exit
    context.obj = _Chosen(home, beat)


@app.command()
def run(
    context: typer.Context,
    feeds: _Feeds = None,
    force: Annotated[bool, typer.Option(help="Fetch every feed, due or not")] = False,
    samples: Annotated[
        bool, typer.Option("--samples", help="Read the beat's sample feeds, as of their own day")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run all stages once, without Airflow."""
    if samples and feeds:
        raise typer.BadParameter("give either --samples or --feeds")
    settings = _measured(context.obj.settings(feeds=feeds))
    with on_samples(settings) if samples else nullcontext(settings) as settings, err.status("plan") as status:
        batch, loaded = pipeline.run(settings, force=force or samples, progress=status.update)
    if as_json:
        print_json({"batch": batch, **results.as_json(loaded)})
    else:
        run_report.print_run(out, settings, batch, results.as_json(loaded))


@app.command()
def collect(
    context: typer.Context,
    feeds: _Feeds = None,
    force: Annotated[bool, typer.Option(help="Fetch every feed, due or not")] = False,
) -> None:
    """Fetch the feeds that are due and stage what is new; prints the batch for the next stages."""
    settings = _measured(context.obj.settings(feeds=feeds))
    batch = pipeline.new_batch()
    chunks = pipeline.plan(settings, force=force)
    for number, feed_ids in _tracked(list(enumerate(chunks)), "collect"):
        pipeline.collect(settings, batch, number, feed_ids)
    parts = pipeline.settle(settings, batch, len(chunks))
    pages = pipeline.pages(settings, batch, parts)
    out.print_json(data={"batch": batch, "feeds": sum(map(len, chunks)), "parts": parts, "pages": pages})


@app.command()
def extract(
    context: typer.Context,
    documents: Annotated[Path | None, typer.Argument(help="Documents as JSON Lines in the gold format")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where predictions go; default standard output")
    ] = None,
    batch: Annotated[str | None, typer.Option(help="Extract a collected batch instead")] = None,
    beat: Annotated[str | None, typer.Option(help="Name of a shipped beat, or a beat folder")] = None,
) -> None:
    """Extract facts: from a file of documents to a file of predictions, or of a collected batch."""
    if (documents is None) == (batch is None):
        raise typer.BadParameter("give either a file of documents or --batch")
    if batch is not None:
        settings = _measured(context.obj.settings(beat=beat))
        parts = pipeline.parts(settings, batch)
        for number in _tracked(range(parts), "extract"):
            pipeline.extract(settings, batch, number)
        out.print_json(data={"batch": batch, "parts": parts})
        return
    assert documents is not None
    settings = context.obj.any_folder(beat=beat)
    rows = pipeline.documents(documents)
    with _writing(output) as write:
        for item, _ in _tracked(rows, "extract"):
            write(json.dumps(pipeline.predict(settings, item), ensure_ascii=False))


@app.command()
def validate(context: typer.Context, batch: _BatchId) -> None:
    """Check an extracted batch: good rows, quarantine, checks."""
    settings = _measured(context.obj.settings())
    with err.status("validate"):
        counts = pipeline.validate(settings, batch, pipeline.parts(settings, batch))
    out.print_json(data=counts)


@app.command()
def load(context: typer.Context, batch: _BatchId) -> None:
    """Merge a validated batch into lake and warehouse, and raise alerts."""
    with err.status("load"):
        loaded = pipeline.load(_measured(context.obj.settings()), batch)
    print_json(results.as_json(loaded))


app.command("backfill")(backfill.command)
app.command("claims")(claims.command)
app.command("doctor")(doctor.command)
app.command("evaluate")(evaluate.command)
app.command("explain")(explain.command)
app.command("health")(health.command)
app.command("now")(now.command)
app.command("quality")(quality.command)
app.command("replay")(replay.command)
app.command("serve")(serve.command)
app.command("sql")(sql.command)
app.add_typer(alert.app, name="alert")
app.add_typer(beat.app, name="beat")
app.add_typer(articles.app, name="articles")
app.add_typer(feeds.app, name="feeds")
app.add_typer(export.app, name="export")
app.add_typer(sources.app, name="sources")
app.add_typer(stories.app, name="stories")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(trends.app, name="trends")
app.add_typer(upkeep_command.app, name="upkeep")


@app.command()
def rebuild(context: typer.Context) -> None:
    """Make the warehouse again from the lake alone."""
    with err.status("rebuild"):
        messages = consistency.rebuild(context.obj.settings())
    for message in messages:
        out.print(message, markup=False)
    out.print("The warehouse was made again from the lake.")


def _measured(settings: Settings) -> Settings:
    sinks.use(settings)
    return settings


def _tracked(items: Any, what: str) -> Any:
    return track(items, description=what, console=err, transient=True, disable=not err.is_terminal)


@contextmanager
def _writing(output: Path | None) -> Iterator[Any]:
    """A function that writes a line; a file appears whole or not at all."""
    if output is None:
        yield print
        return
    partial = output.with_name(f".{output.name}.part")
    with partial.open("w", encoding="utf-8") as file:
        yield lambda line: print(line, file=file)
    partial.replace(output)
