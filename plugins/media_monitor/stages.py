"""`media-monitor run` and the stages of the pipeline, each alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from media_monitor import consistency, pipeline, results
from media_monitor.commands.options import Json
from media_monitor.config import Settings
from media_monitor.launch.samples import on_samples
from media_monitor.metrics import sinks
from media_monitor.report.printed import run as run_report
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

out, err = Terminal(), Terminal(stderr=True)

_Feeds = Annotated[Path | None, typer.Option(help="OPML file to read instead of the beat's own feeds")]
_BatchId = Annotated[str, typer.Option("--batch", help="The batch, as `collect` printed it")]


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


def validate(context: typer.Context, batch: _BatchId) -> None:
    """Check an extracted batch: good rows, quarantine, checks."""
    settings = _measured(context.obj.settings())
    with err.status("validate"):
        counts = pipeline.validate(settings, batch, pipeline.parts(settings, batch))
    out.print_json(data=counts)


def load(context: typer.Context, batch: _BatchId) -> None:
    """Merge a validated batch into lake and warehouse, and raise alerts."""
    with err.status("load"):
        loaded = pipeline.load(_measured(context.obj.settings()), batch)
    print_json(results.as_json(loaded))


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
