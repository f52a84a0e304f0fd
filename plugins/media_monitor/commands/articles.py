"""`media-monitor articles`: articles found by words and by what they report, and one with all that is stored of it."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from media_monitor.beat import Beat
from media_monitor.commands.options import FirstPublished, Json, LastPublished
from media_monitor.config import Settings
from media_monitor.explain import stored
from media_monitor.explain.terminal import print_account
from media_monitor.report.asked.articles import article
from media_monitor.report.asked.articles.search import SORTS, Asked, search
from media_monitor.report.printed.articles import print_found, print_head, print_rest
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json


class _Searching(TyperGroup):
    """Takes what is no command for the words of a search."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if known else ["search", *args])


app = typer.Typer(cls=_Searching, help='Articles by words: `articles kursk "neither confirmed nor denied" -exercise`.')
Sort = StrEnum("Sort", SORTS)  # type: ignore[misc]
_NEWEST = Sort("newest")
_WORDS = (
    'Words that must all be there, with their endings; "a phrase" in one argument with its quotation marks; deploy* '
    "for words that begin so; -word for what must not be there"
)


@app.command("search", context_settings={"ignore_unknown_options": True})
def find(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help=_WORDS, show_default=False)] = None,
    claim: Annotated[str | None, typer.Option(help="With a statement on this claim")] = None,
    party: Annotated[str | None, typer.Option(help="With a statement of this party")] = None,
    stance: Annotated[str | None, typer.Option(help="With a statement of this stance: confirm, deny …")] = None,
    entity: Annotated[str | None, typer.Option(help="Naming this entity: its id, or a name in any language")] = None,
    language: Annotated[str | None, typer.Option(help="In this language: ISO 639-1 code")] = None,
    publisher: Annotated[str | None, typer.Option(help="Of this family of outlets")] = None,
    outlet: Annotated[str | None, typer.Option(help="Printed by this outlet")] = None,
    affiliation: Annotated[str | None, typer.Option(help="state, independent, wire or official")] = None,
    story: Annotated[str | None, typer.Option(help="Of this story")] = None,
    feed: Annotated[str | None, typer.Option(help="First seen in this feed")] = None,
    since: FirstPublished = None,
    until: LastPublished = None,
    sort: Annotated[Sort, typer.Option(help="The newest first, or those with most hits")] = _NEWEST,
    page: Annotated[int, typer.Option(min=1, max=100_000, help="Page of 50 articles")] = 1,
    as_json: Json = False,
) -> None:
    """Find articles on the beat by their words, in any script, and by what they report."""
    asked = Asked(
        q=" ".join(words or ()), claim=claim, party=party, stance=stance, entity=entity, language=language,
        publisher=publisher, outlet=outlet, affiliation=affiliation, story=story, feed=feed,
        since=since, until=until, sort=sort.value, page=page,  # type: ignore[arg-type]
    )  # fmt: skip
    found = search(context.obj.settings(), asked)
    if as_json:
        print_json(found)
    else:
        print_found(Terminal(), found)


@app.command()
def show(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="Id of an article, or the beginning of one")],
    revision: Annotated[int | None, typer.Option(min=1, help="A revision other than the last")] = None,
    as_json: Json = False,
) -> None:
    """Show an article: what describes it, its text with facts marked, its revisions, copies, story and archive."""
    settings: Settings = context.obj.settings()
    found = article.one(settings, article_id, revision)
    told = _account(settings, found)
    if as_json:
        print_json({**found, "account": told.as_dict() if told else None})
        return
    out = Terminal()
    print_head(out, found)
    if told:
        print_account(out, told)
    print_rest(out, found)


def _account(settings: Settings, found: dict[str, Any]) -> Any:
    if found["why_no_text"]:
        return None
    return stored.account(
        article.instance(found["article"]), found["statements"], found["events"], Beat.load(settings.beat)
    )
