"""`media-monitor stories`: what happened, in which languages, and who was first."""

from typing import Annotated

import typer

from media_monitor.report import stories
from media_monitor.report.table import print_json
from media_monitor.report.terminal import Terminal

out = Terminal()


def command(
    context: typer.Context,
    story: Annotated[
        str | None, typer.Argument(help="Id of a story, or the beginning of one; default the recent")
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="Days up to the newest article")] = stories.DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")] = False,
) -> None:
    """Stories: articles, in any language, on one happening; who was first, and how long it took to each language."""
    settings = context.obj.settings()
    if as_json:
        print_json(stories.one(settings, story) if story else stories.recent(settings, days))
    elif story:
        stories.print_one(out, settings, story)
    else:
        stories.print_recent(out, settings, days)
