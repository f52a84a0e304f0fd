"""`media-monitor sql`: questions to the published warehouse, and queries that are kept under a name."""

import getpass
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.report.asked.sql import queries as report
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.warehouse.guarded.ask import Answer, Limits
from media_monitor.warehouse.saved import Query

out = Terminal()


def command(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="SQL: one SELECT", show_default=False)] = None,
    saved: Annotated[str | None, typer.Option(help="Run the query that is kept under this name")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Value of $NAME; may be repeated")
    ] = None,
    claim: Annotated[str | None, typer.Option(help="Value of $claim")] = None,
    party: Annotated[str | None, typer.Option(help="Value of $party")] = None,
    since: Annotated[str | None, typer.Option(help="Value of $since, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option(help="Value of $until, YYYY-MM-DD")] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="Longest time it may take; default any")] = None,
    rows: Annotated[int | None, typer.Option(min=1, help="Most rows; default all")] = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Keep the query under this name")] = None,
    title: Annotated[str, typer.Option(help="With --save: what it tells, in some words")] = "",
    about: Annotated[str, typer.Option(help="With --save: a sentence more")] = "",
    replace: Annotated[bool, typer.Option(help="With --save: replace the one of this name")] = False,
    delete: Annotated[str | None, typer.Option(metavar="NAME", help="Remove one's own query of this name")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the queries that are kept")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table")] = False,
) -> None:
    """Ask the published warehouse in SQL, read-only; docs/sql.md lists views and macros."""
    settings: Settings = context.obj.any_folder()
    if listed:
        return _list(report.queries(settings), as_json)
    if delete:
        return report.delete(settings, delete)
    if (query is None) == (saved is None):
        raise typer.BadParameter("give either SQL or --saved NAME; --list shows the names")
    shortcuts = {"claim": claim, "party": party, "since": since, "until": until}
    given = dict(map(_pair, values or [])) | {name: text for name, text in shortcuts.items() if text is not None}
    asked = report.chosen(settings, query or "", saved or "", given)
    if save:
        who, when = getpass.getuser(), settings.now()
        made = Query(save, title or save, about, asked.sql, asked.values, asked.meanings, saved_by=who, saved_at=when)
        return report.save(settings, made, replace)
    answer = report.run(settings, asked.sql, asked.values, Limits(seconds=seconds, rows=rows))
    return _print(answer, as_json, as_csv)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"--set takes NAME=VALUE, not {text!r}")
    return name, value


def _print(answer: Answer, as_json: bool, as_csv: bool) -> None:
    if as_json:
        return print_json(answer.records())
    if as_csv:
        return print(report.as_csv(answer).decode(), end="")
    table = Table()
    for name in answer.columns:
        table.add_column(Text(name))
    for row in answer.rows:
        table.add_row(*(Text(report.shown(cell)) for cell in row))
    out.print(table)
    return out.print(report.said(answer), style="dim")


def _list(queries: list[Query], as_json: bool) -> None:
    if as_json:
        return print_json([report.record(query) for query in queries])
    table = Table("Name", "Tells", "Parameters", "Saved by")
    for query in queries:
        given = ", ".join(f"{name}={query.values.get(name, '')}" for name in query.parameters)
        table.add_row(query.name, Text(query.title), given, Text(query.saved_by or "shipped"))
    return out.print(table)
