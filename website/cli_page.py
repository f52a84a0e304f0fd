"""The page of all commands, made from the command line itself."""

from collections.abc import Iterator
from typing import Any

import typer

from media_monitor.cli import app

HEAD = """# Commands

Every command of `media-monitor`, made from the program itself. What the page shows has a command too, and most commands
print JSON with `--json`. Options of `media-monitor` itself stand before the command, as in
`media-monitor --home var/samples claims`.
"""


def page() -> str:
    """The page, Markdown."""
    return HEAD + "".join(_command(typer.main.get_command(app), "media-monitor"))


def _command(command: Any, name: str) -> Iterator[str]:
    if name != "media-monitor":
        yield f"\n## {name.removeprefix('media-monitor ')}\n\n{_text(command.help)}\n"
    rows = [_row(one) for one in command.params if not one.hidden and one.name not in _SHELL]
    if rows:
        yield "\n| argument or option | what it is | default |\n| --- | --- | --- |\n"
        yield from (f"| {' | '.join(row)} |\n" for row in rows)
    for child, one in sorted(getattr(command, "commands", {}).items()):
        yield from _command(one, f"{name} {child}")


_SHELL = {"install_completion", "show_completion", "help"}


def _row(one: Any) -> tuple[str, str, str]:
    if one.param_type_name == "argument":
        told = f"`{(one.metavar or one.name).upper()}`"
        return told, _text(one.help), "needed" if one.required else _default(one)
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    return names, _text(one.help), "needed" if one.required else _default(one)


def _default(one: Any) -> str:
    value = getattr(one.default, "value", one.default)
    return "" if value in (None, False, "", ()) or callable(value) else f"`{value}`"


def _text(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")
