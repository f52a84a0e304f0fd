"""`media-monitor`: each stage of the pipeline alone, all of them, and what the ledger says."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from media_monitor import __version__, cycles
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.report.printed.terminal import Terminal
from media_monitor.warehouse import belonging

COMMANDS = {
    "run": "media_monitor.stages:run",
    "collect": "media_monitor.stages:collect",
    "extract": "media_monitor.stages:extract",
    "validate": "media_monitor.stages:validate",
    "load": "media_monitor.stages:load",
    "backfill": "media_monitor.commands.backfill:command",
    "claims": "media_monitor.commands.claims:command",
    "doctor": "media_monitor.commands.doctor:command",
    "evaluate": "media_monitor.commands.evaluate:command",
    "explain": "media_monitor.commands.explain:command",
    "health": "media_monitor.commands.health:command",
    "now": "media_monitor.commands.now:command",
    "quality": "media_monitor.commands.quality:command",
    "replay": "media_monitor.commands.replay:command",
    "serve": "media_monitor.commands.serve:command",
    "sql": "media_monitor.commands.sql:command",
    "rebuild": "media_monitor.stages:rebuild",
    "alert": "media_monitor.commands.alert:app",
    "beat": "media_monitor.commands.beat:app",
    "articles": "media_monitor.commands.articles:app",
    "feeds": "media_monitor.commands.feeds:app",
    "export": "media_monitor.commands.export:app",
    "sources": "media_monitor.commands.sources:app",
    "stories": "media_monitor.commands.stories:app",
    "quarantine": "media_monitor.commands.quarantine:app",
    "trends": "media_monitor.commands.trends:app",
    "upkeep": "media_monitor.commands.upkeep:app",
}
"""By what is typed, in the order of the help: its module, and the function or group in it."""


class _Commands(Mapping[str, Any]):
    """The commands, each imported when it is asked for: all of them together take a second."""

    def __getitem__(self, name: str) -> Any:
        return _command(name, COMMANDS[name])

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@cache
def _command(name: str, place: str) -> Any:
    module, attribute = place.split(":")
    found = getattr(import_module(module), attribute)
    group = found if isinstance(found, typer.Typer) else typer.Typer(add_completion=False)
    if group is not found:
        group.command(name)(found)
    command = typer.main.get_group(group) if group is found else typer.main.get_command(group)
    command.name = name
    return command


class _Group(TyperGroup):
    """`media-monitor` itself."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = cast(Any, _Commands())


app = typer.Typer(cls=_Group, no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
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
        belonging.check(settings)
        return settings

    def any_folder(self, **more: Any) -> Settings:
        """The settings, for what asks nothing of a data folder, or nothing for which the beat matters."""
        own = {"home": self.home, "beat": self.beat}
        return Settings.load(**own | {name: value for name, value in more.items() if value is not None})


def main() -> None:
    """Runs the command line; errors made on purpose are one line on standard error and exit code 1."""
    cycles.seldom()
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
