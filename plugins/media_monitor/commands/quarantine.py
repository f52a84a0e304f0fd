"""`media-monitor quarantine`: lists rows in quarantine, shows one, and releases, discards or reopens them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

import typer

from media_monitor import releasing
from media_monitor.commands.options import Json, day
from media_monitor.commands.who import user
from media_monitor.config import Settings
from media_monitor.releasing import Decided
from media_monitor.report.asked.quality import quarantine as kept
from media_monitor.report.asked.quality.quarantine import Choice
from media_monitor.report.printed.quality.quarantine import print_row, print_rows
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.validate import restore

app = typer.Typer(no_args_is_help=True, help="Rows that failed an expectation: list, show, release, discard, reopen.")
out, err = Terminal(), Terminal(stderr=True)

_Rows = Annotated[list[str] | None, typer.Argument(help="Rows, or the beginnings of their ids")]
_Expectation = Annotated[str | None, typer.Option(help="Rows that failed this expectation")]
_Batch = Annotated[str | None, typer.Option(help="Rows of this run")]
_Table = Annotated[str | None, typer.Option(help="Rows meant for this table")]
_Day = Annotated[date | None, day("Day of quarantining, UTC, included")]
_Reason = Annotated[str | None, typer.Option(help="Why")]
_Decide = Callable[[Settings, list[str], str | None, str | None], Decided]
_By = Annotated[str | None, typer.Option(help="Who says so; default your user name")]


@app.command("list")
def listed(
    context: typer.Context,
    state: Annotated[
        Literal["waiting", "released", "discarded", "all"], typer.Option(help="What became of them")
    ] = "waiting",
    expectation: _Expectation = None,
    batch: _Batch = None,
    table: _Table = None,
    article: Annotated[str | None, typer.Option(help="Rows of this article")] = None,
    since: _Day = None,
    until: _Day = None,
    page: Annotated[int, typer.Option(min=1, help=f"{kept.PAGE} rows a page")] = 1,
    as_json: Json = False,
) -> None:
    """Rows in quarantine, the latest first, with the expectations that they failed."""
    settings, chosen = context.obj.settings(), None if state == "all" else state
    choice = Choice(chosen, table, expectation, batch, article, since, until)
    found = kept.rows(settings, choice, page)
    if as_json:
        print_json(found)
    else:
        counts = kept.counts(settings, choice)
        print_rows(out, found, counts[chosen] if chosen else sum(counts.values()))


@app.command()
def show(
    context: typer.Context,
    row: Annotated[str, typer.Argument(help="The row, or its id's beginning")],
    as_json: Json = False,
) -> None:
    """A row whole: content, article, what was decided, and what keeps it from being released."""
    found = kept.row(context.obj.settings(), row)
    if as_json:
        print_json(found)
    else:
        print_row(out, found)


@app.command()
def release(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="Why they are right after all")],
    rows: _Rows = None,
    expectation: _Expectation = None,
    batch: _Batch = None,
    table: _Table = None,
    facts: Annotated[bool, typer.Option(help="With an article the facts that wait only because of it")] = True,
    by: _By = None,
    as_json: Json = False,
) -> None:
    """Put rows into their tables as if they had passed; the next load alerts on what this makes news."""
    settings = context.obj.settings()
    ids = _chosen(settings, rows, Choice("waiting", table, expectation, batch))
    _tell(releasing.release(settings, ids, reason, by or user(), with_facts=facts), "released", as_json)


def _decision(name: str, decide: _Decide, what: str, state: str | None, told: str) -> None:
    """A command that decides on rows in this state, for which no reason is needed."""

    @app.command(name, help=told)
    def command(
        context: typer.Context,
        rows: _Rows = None,
        expectation: _Expectation = None,
        batch: _Batch = None,
        table: _Table = None,
        reason: _Reason = None,
        by: _By = None,
        as_json: Json = False,
    ) -> None:
        settings = context.obj.settings()
        ids = _chosen(settings, rows, Choice(state, table, expectation, batch))
        _tell(decide(settings, ids, reason, by or user()), what, as_json)


_decision(
    "discard", releasing.discard, "discarded", "waiting",
    "Mark rows as dealt with: they stay in quarantine, and wait for nobody.",
)  # fmt: skip
_decision(
    "reopen", releasing.reopen, "reopened", None,
    "Take a decision back: the rows wait again, and those that were released leave their tables.",
)  # fmt: skip


def _chosen(settings: Settings, rows: list[str] | None, choice: Choice) -> list[str]:
    narrowed = (choice.table, choice.expectation, choice.batch) != (None, None, None)
    if bool(rows) == narrowed:
        raise typer.BadParameter("give either rows, or a choice of them by --expectation, --batch or --table")
    return [kept.whole_id(settings, row) for row in rows] if rows else kept.ids(settings, choice)


def _tell(done: Decided, what: str, as_json: bool) -> None:
    if as_json:
        print_json({what: [row["quarantine_id"] for row in done.rows], "refused": list(done.refused)})
    else:
        for row in done.rows:
            out.print(f"{what}: {restore.named(row)}", markup=False, highlight=False, soft_wrap=True)
        out.print(f"{len(done.rows)} rows {what}")
    for line in done.refused:
        err.print(f"refused: {line}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    if done.refused:
        raise typer.Exit(1)
