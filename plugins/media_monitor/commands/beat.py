"""`media-monitor beat`: begin a beat of your own, and see what its files still lack."""

import re
from pathlib import Path
from typing import Annotated

import typer

from media_monitor.audit import draft
from media_monitor.audit.check import check
from media_monitor.audit.fault import Fault
from media_monitor.beat import Beat, shipped
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

app = typer.Typer(no_args_is_help=True, help="Begin a beat of your own, and see what its files still lack.")
out = Terminal()


@app.command("check")
def check_command(
    context: typer.Context,
    folder: Annotated[
        str | None, typer.Argument(help="Beat folder, or name of a shipped beat; default the beat in use")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines")] = False,
) -> None:
    """Check all files of a beat: every incomplete or wrong entry with file and line; exit code 1 on a fault."""
    found = check(folder or context.obj.any_folder().beat)
    if as_json:
        print_json([{"where": one.where, "grade": one.grade, "told": one.told} for one in found])
    else:
        _print(found)
    if any(one.grade == "fault" for one in found):
        raise typer.Exit(1)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; its name is that of the beat")],
    title: Annotated[str, typer.Option(help="What the beat is about, for people")],
    languages: Annotated[str, typer.Option(help="Languages of its feeds, such as en,fr")] = "en",
) -> None:
    """Make the folder of a beat with all its files, ready to be filled."""
    chosen = re.findall(r"\w+", languages)
    for path in draft.write(folder, title, chosen):
        out.print(str(path), markup=False, highlight=False, soft_wrap=True)
    out.print(
        f"Next: fill them, and ask what is missing: media-monitor beat check {folder}", markup=False, soft_wrap=True
    )


@app.command("list")
def list_command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines")] = False) -> None:
    """List the beats that come with the package."""
    rows = [{"beat": name, "title": Beat.load(name).settings["title"]} for name in shipped()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        out.print(f"{row['beat']}  {row['title']}", markup=False, highlight=False)


def _print(found: list[Fault]) -> None:
    for one in found:
        sign = "" if one.grade == "fault" else "note: "
        out.print(f"{one.where}: {sign}{one.told}", markup=False, highlight=False, soft_wrap=True)
    faults = sum(one.grade == "fault" for one in found)
    out.print(f"Faults: {faults}, notes: {len(found) - faults}." if found else "Nothing is wrong with the beat.")
