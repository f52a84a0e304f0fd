"""`media-monitor upkeep`: removes what is old, gives space back, and brings a lake of an earlier version up."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from media_monitor.commands.options import Json
from media_monitor.metrics import sinks
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.upkeep import steps
from media_monitor.upkeep.limits import KINDS, limits
from media_monitor.warehouse.schema import migrate, version

app = typer.Typer(help="Remove what is old, give space back, bring an older lake up to this release.")
out, err = Terminal(), Terminal(stderr=True)

_Dry = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done")]


@app.callback(invoke_without_command=True)
def upkeep(
    context: typer.Context,
    step: Annotated[
        list[str] | None, typer.Option(help=f"Only this step, of {', '.join(steps.STEPS)}; may be given again")
    ] = None,
    dry_run: _Dry = False,
    as_json: Json = False,
) -> None:
    """Remove what is older than its limit and what no run needs any more; `docs/upkeep.md` has the limits."""
    if context.invoked_subcommand:
        return
    unknown = set(step or ()) - steps.STEPS.keys()
    if unknown:
        raise typer.BadParameter(f"there is no step {', '.join(sorted(unknown))}; known are {', '.join(steps.STEPS)}")
    settings = context.obj.settings()
    sinks.use(settings)
    with err.status("upkeep") as status:
        found = steps.run(settings, step or (), rehearse=dry_run, progress=status.update)
    if as_json:
        print_json({"dry_run": dry_run, "steps": {name: asdict(done) for name, done in found.items()}})
    else:
        _print(found, dry_run)


@app.command("limits")
def shown_limits(context: typer.Context, as_json: Json = False) -> None:
    """How long what is kept, with the setting `retention_days` and the defaults."""
    wanted = limits(context.obj.any_folder().retention_days)
    if as_json:
        print_json(wanted)
        return
    table = Table("Kept", "Days", "Default", "What", title="Limits", title_justify="left")
    for name, kind in KINDS.items():
        table.add_row(name, _days(wanted[name]), _days(kind.default), kind.doc)
    out.print(table)


@app.command("migrate")
def brought_up(context: typer.Context, dry_run: _Dry = False, as_json: Json = False) -> None:
    """Bring a lake of an earlier release to the tables of this one, as the next run would; copy `lake` before."""
    home = context.obj.settings().home
    wanted = migrate.pending(home)
    told: dict[str, Any] = {"version": version.VERSION, "found": version.read(home), "steps": [], "files": {}}
    if wanted:
        told |= {"steps": [{"number": s.number, "what": s.what} for s in wanted.steps], "files": wanted.files}
    messages = []
    if wanted and not dry_run:
        with err.status("migrate") as status:
            messages = migrate.ensure(home, status.update)
    if as_json:
        print_json(told | {"dry_run": dry_run, "messages": messages})
    elif not wanted:
        out.print(f"Nothing to do: the tables are of version {version.VERSION}.")
    elif dry_run:
        for one in wanted.steps:
            out.print(f"to version {one.number}: {one.what}", markup=False)
        for name, files in wanted.files.items():
            out.print(f"{name}: {files} files to look at", markup=False)
    for message in () if as_json else messages:
        out.print(message, markup=False, soft_wrap=True)


def _print(found: dict[str, steps.Done], dry_run: bool) -> None:
    removals = [one for done in found.values() for one in done.removals]
    title = "Would be removed" if dry_run else "Removed"
    table = Table("What", "Until", "Rows", "Kept", "Files", "MB", "By", title=title, title_justify="left")
    for one in removals:
        numbers = (f"{n:,}" for n in (one.rows, one.kept, one.files))
        table.add_row(one.what, str(one.until), *numbers, f"{one.bytes / 1e6:,.1f}", one.reason)
    out.print(table if removals else f"{title}: nothing")
    for done in found.values():
        for line in done.told:
            out.print(line, markup=False, soft_wrap=True)


def _days(days: int | None) -> str:
    return "for ever" if days is None else str(days)
