"""Runs the commands of a page as a reader types them, and holds what they print to what the page shows."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, ConsoleDimensions
from typer.testing import CliRunner
from website.pages import blocks

from media_monitor.cli import app

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = "…"
WIDTH = 100


def follow(page: str, monkeypatch) -> list[str]:
    """Writes the files of docs/`page` into the present folder and runs its commands in order; returns them.

    A text block after commands is what they print: its lines in their order, `…` standing for lines left out.
    """
    monkeypatch.setattr(Console, "size", property(lambda _: ConsoleDimensions(WIDTH, 25)))  # a terminal of that width
    printed, ran = "", list[str]()
    for block in blocks(ROOT / "docs" / page):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.kind == "sh":
            commands = list(_commands(block.text))
            printed = "".join(_run(command, monkeypatch) for command in commands)
            ran += commands
        elif block.kind == "python" and "import duckdb" in block.text:
            exec(block.text, {})
        elif block.kind == "text":
            _compare(block.text, printed)
    return ran


def _commands(text: str) -> Iterator[str]:
    """The commands of a block: a quoted argument may go over several lines."""
    whole = ""
    for line in text.splitlines():
        whole = f"{whole}\n{line}" if whole else line
        try:
            shlex.split(whole, comments=True)
        except ValueError:
            continue
        if whole.strip():
            yield whole
        whole = ""


def _run(line: str, monkeypatch) -> str:
    words = shlex.split(os.path.expandvars(line.replace("$PWD", str(Path.cwd()))), comments=True)
    if words[0] == "export":
        for name, _, value in (word.partition("=") for word in words[1:]):
            monkeypatch.setenv(name, value)
        return ""
    assert Path(words[0]).name == "media-monitor", f"the page runs {words[0]}"
    done = CliRunner().invoke(app, words[1:], catch_exceptions=False)
    assert done.exit_code == 0, f"{line}\n{done.output}"
    return done.output


def _compare(shown: str, printed: str) -> None:
    """Each line of the page stands in the output, after the one before."""
    told = [line.rstrip() for line in printed.splitlines()]
    for line in (line.rstrip() for line in shown.splitlines()):
        if line and line != LEFT_OUT:
            assert line in told, f"the page shows {line!r}, and the command prints\n{printed}"
            told = told[told.index(line) + 1 :]
