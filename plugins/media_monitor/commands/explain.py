"""`media-monitor explain`: why a text gave the facts that it gave."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.explain import build, sources
from media_monitor.explain.marks import safe
from media_monitor.explain.page import page
from media_monitor.explain.terminal import print_account
from media_monitor.extract.semantic.model import chosen
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

out = Terminal()


def command(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="URL or id of a stored article, a .txt, .html or .jsonl file, or -")],
    html: Annotated[Path | None, typer.Option(help="Write a page that can be sent to a colleague")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text")] = False,
    record: Annotated[str | None, typer.Option("--id", help="The document of a .jsonl file; default the first")] = None,
    beat: Annotated[str | None, typer.Option(help="Name of a shipped beat, or a beat folder")] = None,
    language: Annotated[str | None, typer.Option(help="Declared language, such as ru")] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication, such as 2025-04-28")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who prints it")] = None,
) -> None:
    """Show a text with entities, clauses, speakers, stances and claims marked, and the reason for each fact."""
    given = context.obj.settings if sources.is_of_stored(source) else context.obj.any_folder
    settings: Settings = given(beat=beat)
    day = _day(published)
    document = sources.changed(sources.find(source, settings.home, record), language, day, outlet)
    account = build.explain(document, Beat.load(settings.beat), chosen(settings.semantic))
    if html:
        html.write_text(page(account), encoding="utf-8")
    if as_json:
        print_json(account.as_dict())
    elif html:
        counts = f"statements {len(account.statements)}, events {len(account.events)}"
        out.print(f"{html}: {safe(account.title)[:80]} ({counts})", markup=False, highlight=False, soft_wrap=True)
    else:
        print_account(out, account)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"--published {text!r} is no day such as 2025-04-28") from error
