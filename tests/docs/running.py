"""Runs the commands of a page as a reader types them, and holds what they print to what the page shows."""

import os
import shlex
from pathlib import Path

from typer.testing import CliRunner
from website.pages import blocks

from media_monitor.cli import app

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = "…"


def follow(page: str, monkeypatch) -> list[str]:
    """Writes the files of docs/`page` into the present folder and runs its commands in order; returns them.

    A text block after commands is what they print: its lines in their order, `…` standing for lines left out.
    """
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("os.environ", dict(os.environ))
    printed, ran = "", list[str]()
    for block in blocks(ROOT / "docs" / page):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.kind == "sh":
            lines = [line for line in block.text.replace("\\\n", " ").splitlines() if line.strip()]
            printed = "".join(_run(line, monkeypatch) for line in lines)
            ran += lines
        elif block.kind == "text":
            _compare(block.text, printed)
    return ran


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
