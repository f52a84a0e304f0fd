"""`media-monitor backfill`: archives of news into lake and warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from media_monitor.allocators import sparing
from media_monitor.backfill import run as backfilling
from media_monitor.backfill.preview import preview
from media_monitor.backfill.request import FORMATS, Request, format_named
from media_monitor.commands.options import FirstPublished, Json, LastPublished, day
from media_monitor.engines.contract import Engine
from media_monitor.engines.processes import Processes
from media_monitor.report.printed import backfill as report
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json


def command(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(help="Files, folders, globs, or URLs that fsspec opens (s3://…)")],
    since: FirstPublished = None,
    until: LastPublished = None,
    form: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}; default: by the files' names")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only articles in this language; may be repeated")] = None,
    engine: Annotated[str, typer.Option(help="Where extraction runs: processes or spark")] = "processes",
    master: Annotated[str | None, typer.Option(help="Master of the Spark cluster, such as spark://host:7077")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Parts worked on at once; default: all cores")] = None,
    alerts_since: Annotated[
        date | None, day("Alerts on what was printed before are history; default: two days ago")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read, and about how long")] = False,
    as_json: Json = False,
) -> None:
    """Read an archive of news: facts, ledger and trends of the past. The same command again goes on where it was.

    The exit code is 1 where something has to be tried again.
    """
    sparing()
    settings = context.obj.settings()
    request = Request(tuple(sources), since, until, format_named(form), tuple(language or ()), alerts_since)
    out, err = Terminal(), Terminal(stderr=True)
    if dry_run:
        found = preview(settings, request, workers)
        print_json(found.as_json()) if as_json else report.print_preview(out, found)
        return
    with _engine(engine, master, workers) as chosen, _shown(err) as progress:
        summary = backfilling.backfill(settings, request, chosen, progress)
    print_json(summary.as_json()) if as_json else report.print_summary(out, summary)
    if summary.failed:
        raise typer.Exit(1)


@contextmanager
def _engine(name: str, master: str | None, workers: int | None) -> Iterator[Engine]:
    if name == "processes" and master is None:
        yield Processes(workers)
    elif name == "spark":
        from media_monitor.engines.spark import Spark

        with Spark(master, workers) as spark:
            yield spark
    else:
        raise typer.BadParameter(
            f"{name!r} is neither processes nor spark" if master is None else "--master is for --engine spark"
        )


@contextmanager
def _shown(err: Terminal) -> Iterator[backfilling.Progress]:
    """Progress with the time left, on a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=err, transient=True, disable=not err.is_terminal, speed_estimate_period=600
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def told(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield told
