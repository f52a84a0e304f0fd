"""All commands of `media-monitor`, as they are registered."""

from collections.abc import Iterator

import click
import typer

from media_monitor.cli import app


def _below(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, one in getattr(command, "commands", {}).items():
        yield from _below(one, (*path, name))
    if path and (not hasattr(command, "commands") or command.invoke_without_command):
        yield " ".join(path), command


MEDIA_MONITOR = typer.main.get_command(app)
COMMANDS = dict(sorted(_below(MEDIA_MONITOR)))
"""By what is typed; a group is there too where it does something without a command."""
