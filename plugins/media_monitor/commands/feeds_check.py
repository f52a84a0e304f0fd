"""`media-monitor feeds check`: what is wrong with a feed list."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from media_monitor import consistency
from media_monitor.beat import Beat
from media_monitor.collect.lists.audit import audit
from media_monitor.collect.lists.probe import FAULTS, Probe, probe
from media_monitor.commands.options import Json
from media_monitor.config import Settings
from media_monitor.errors import BeatError
from media_monitor.extract.text.language import identify
from media_monitor.report.asked.sources.feed_check import as_values
from media_monitor.report.printed.sources.feed_check import print_findings, print_probes
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.warehouse import query

out, err = Terminal(), Terminal(stderr=True)


def command(
    context: typer.Context,
    live: Annotated[bool, typer.Option("--live", help="Ask each feed once, politely; stores nothing")] = False,
    opml: Annotated[Path | None, typer.Option(help="OPML file to check instead of the beat's own feeds")] = None,
    every: Annotated[bool, typer.Option("--all", help="With --live, show the feeds that are well too")] = False,
    as_json: Json = False,
) -> None:
    """Check a feed list: form, repeats, publishers, languages, sources, plain http; exit code 1 on a fault."""
    settings = context.obj.any_folder(feeds=opml)
    findings = audit(Beat.load(settings.beat), settings.feeds)
    if not as_json:
        print_findings(out, findings)
    probes = _probed(settings) if live else []
    if as_json:
        print_json(as_values(findings, probes))
    else:
        print_probes(out, probes, every)
    if any(one.grade == "fault" for one in findings) or any(one.state in FAULTS for one in probes):
        raise typer.Exit(1)


def _probed(settings: Settings) -> list[Probe]:
    """What became of each feed; nothing where the list has a fault that stops a run too, which the audit has found."""
    try:
        feeds = consistency.feeds_of(settings)
    except BeatError as error:
        err.print(f"The feeds are not asked, for the list cannot be used: {error}", markup=False, soft_wrap=True)
        return []
    states = consistency.sound(settings, query.fetch_states)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("ask", total=len(feeds))
        return probe(feeds, states, settings, identify, lambda _: progress.advance(task))
