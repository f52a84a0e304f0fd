"""`media-monitor stories`: what happened, in which languages, and who was first."""

from datetime import date
from typing import Annotated, get_args

import typer

from media_monitor.commands.options import Json, day
from media_monitor.report.asked.articles import stories, story
from media_monitor.report.printed.stories import print_one, print_page
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

app = typer.Typer(help="Stories: articles, in any language, on one happening. Without a command: list.")
out = Terminal()

_Page = Annotated[int, typer.Option(min=1, help=f"Page of {stories.PAGE_ROWS} rows")]


@app.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    claim: Annotated[str | None, typer.Option(help="With a statement on this claim")] = None,
    party: Annotated[str | None, typer.Option(help="With a statement of this party")] = None,
    language: Annotated[str | None, typer.Option(help="With an article in this language (ISO 639-1)")] = None,
    publisher: Annotated[str | None, typer.Option(help="With an article of this family")] = None,
    outlet: Annotated[str | None, typer.Option(help="With an article of this outlet")] = None,
    affiliation: Annotated[str | None, typer.Option(help="Of such outlets: state, independent, wire, official")] = None,
    since: Annotated[date | None, day("With an article from this day on, UTC")] = None,
    until: Annotated[date | None, day("With an article up to this day, UTC")] = None,
    q: Annotated[str | None, typer.Option(help="With these words in a headline")] = None,
    sort: Annotated[str, typer.Option(help="newest or largest first")] = "newest",
    page: _Page = 1,
    as_json: Json = False,
) -> None:
    """Stories, the newest first: how many articles and publishers, who was first, and when each language came."""
    if context.invoked_subcommand is not None:
        return
    if sort not in get_args(stories.Sort):
        raise typer.BadParameter(f"--sort {sort!r} is none of {', '.join(get_args(stories.Sort))}")
    wanted = stories.Wanted(
        claim=claim, party=party, language=language, publisher=publisher, outlet=outlet, affiliation=affiliation,
        since=since, until=until, q=q,
        sort="largest" if sort == "largest" else "newest", page=page,
    )  # fmt: skip
    found = stories.page(context.obj.settings(), wanted)
    if as_json:
        print_json(found)
    else:
        print_page(out, found)


@app.command()
def show(
    context: typer.Context,
    story_id: Annotated[str, typer.Argument(metavar="STORY", help="Id of a story, or the beginning of one")],
    page: _Page = 1,
    as_json: Json = False,
) -> None:
    """One story: its articles in order, who was first, lag by language, what its articles tell, merges and splits."""
    found = story.one(context.obj.settings(), story_id, page)
    if as_json:
        print_json(found)
    else:
        print_one(out, found)
