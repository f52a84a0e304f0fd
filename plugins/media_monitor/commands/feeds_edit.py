"""`media-monitor feeds add | import | export`: a feed list of one's own."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.prompt import IntPrompt
from rich.table import Table
from rich.text import Text

from media_monitor import consistency
from media_monitor.beat import Beat
from media_monitor.collect.formats.clean import plain_line
from media_monitor.collect.lists.discover import Named, find
from media_monitor.collect.lists.subscriptions import Subscriptions, exported
from media_monitor.collect.lists.visit import Visit
from media_monitor.collect.politeness.schedule import host
from media_monitor.config import Settings
from media_monitor.errors import FeedError
from media_monitor.extract.text.language import identify
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.sources import Affiliation, Feed

out, err = Terminal(), Terminal(stderr=True)
_List = Annotated[Path | None, typer.Option("--opml", help="Your feed list; default the setting feeds")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text")]


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Address of a feed, or of any page of a site that has one")],
    opml: _List = None,
    title: Annotated[str | None, typer.Option(help="Who prints it; default the feed's own title")] = None,
    language: Annotated[str | None, typer.Option(help="Such as ko; default what the feed says, or its items")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166 code of the outlet's seat, such as KR")] = None,
    affiliation: Annotated[Affiliation | None, typer.Option(help="Whose voice it is")] = None,
    publisher: Annotated[str | None, typer.Option(help="Family; default by outlet and domain")] = None,
    tier: Annotated[int | None, typer.Option(min=1, max=9, help="1 for the best known; default 3")] = None,
    pick: Annotated[int | None, typer.Option(min=1, help="Which one, where a page names several")] = None,
    as_json: _Json = False,
) -> None:
    """Subscribe to a feed, found from its own address or a page's; writes to your list, not the beat's."""
    settings = context.obj.any_folder(feeds=opml)
    subscriptions = Subscriptions(_own(settings))
    feed = _found(url, settings, pick)
    given = {"language": language, "mm:country": country, "mm:affiliation": affiliation, "mm:publisher": publisher}
    attributes = _attributes(feed, title, language) | {name: text for name, text in given.items() if text}
    attributes |= {"mm:tier": str(tier)} if tier else {}
    subscriptions.add(attributes)
    subscriptions.save()
    _told({"file": str(subscriptions.path), "items": len(feed.reading.articles), **attributes}, as_json)


def bring(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="FILE", help="OPML file, as any feed reader exports it")],
    opml: _List = None,
    as_json: _Json = False,
) -> None:
    """Add the feeds of an OPML file to your list; what is there already is kept as it is."""
    subscriptions = Subscriptions(_own(context.obj.any_folder(feeds=opml)))
    merged = subscriptions.merge(source)
    subscriptions.save()
    counts = {"added": merged.added, "completed": merged.completed, "known": merged.known}
    if as_json:
        print_json({"file": str(subscriptions.path), **counts})
    else:
        told = ", ".join(f"{len(urls)} {name}" for name, urls in counts.items())
        out.print(f"{subscriptions.path}: {told}", markup=False, highlight=False, soft_wrap=True)


def export(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="FILE", help="OPML file to write, which any feed reader imports")],
    opml: Annotated[Path | None, typer.Option(help="List to read instead of the beat's own")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only feeds of these languages")] = None,
    affiliation: Annotated[Affiliation | None, typer.Option(help="Only feeds of this affiliation")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where there is one")] = False,
) -> None:
    """Write the feed list in force, or part of it, to a file of yours: to edit it, or for a feed reader."""
    settings = context.obj.any_folder(feeds=opml)
    if target.exists() and not force:
        raise FeedError(target, "is there already; --force replaces it")
    feeds = {feed.url: feed for feed in consistency.feeds_of(settings)}

    def wanted(feed: Feed) -> bool:
        return (not language or feed.language in language) and affiliation in (None, feed.affiliation)

    path = settings.feeds or Beat.load(settings.beat).folder / "feeds.opml"
    if not any(map(wanted, feeds.values())):
        raise FeedError(path, "has no such feed; nothing is written")
    count = exported(path, feeds, wanted, target)
    out.print(f"{target}: {count} feeds", markup=False, highlight=False, soft_wrap=True)


def _own(settings: Settings) -> Path:
    if settings.feeds is None:
        raise FeedError(
            "feeds", "which list? Give --opml FILE or the setting MEDIA_MONITOR_FEEDS; the beat's own is not written to"
        )
    return settings.feeds


def _with_scheme(url: str) -> str:
    return url if "://" in url else f"https://{url}"


def _found(url: str, settings: Settings, pick: int | None) -> Visit:
    """The feed at the address, or the one that is chosen of those named there; what that names is not followed."""
    with err.status(f"ask {url}") as status:
        found = find(_with_scheme(url), settings, lambda asked: status.update(f"ask {asked}"))
    if found.feed:
        return found.feed
    one = _chosen(url, found.choice, pick)
    with err.status(f"ask {one.url}") as status:
        found = find(one.url, settings, lambda asked: status.update(f"ask {asked}"))
    if found.feed:
        return found.feed
    raise FeedError(one.url, f"is no feed, and names {len(found.choice)}; add one of these: {found.choice[0].url} …")


def _chosen(url: str, named: tuple[Named, ...], pick: int | None) -> Named:
    if pick is not None:
        if pick > len(named):
            raise FeedError(url, f"names {len(named)} feeds; there is no number {pick}")
        return named[pick - 1]
    table = Table("", "Title", "Kind", "Address")
    for number, one in enumerate(named, 1):
        table.add_row(str(number), *(Text(cell, overflow="fold") for cell in (one.title, one.kind, one.url)))
    err.print(table)
    if not err.is_terminal:
        raise FeedError(url, f"names {len(named)} feeds; choose one with --pick 1 … {len(named)}")
    return named[IntPrompt.ask("Which", choices=[str(n) for n in range(1, len(named) + 1)], console=err) - 1]


def _attributes(feed: Visit, title: str | None, language: str | None) -> dict[str, str]:
    channel = feed.reading.channel
    name = title or plain_line(channel.title or "") or host(feed.url)
    spoken = language or channel.language or _spoken(feed)
    found = {
        "type": "rss",
        "text": name,
        "title": name,
        "xmlUrl": feed.url,
        "htmlUrl": channel.page,
        "language": spoken,
    }
    return {key: value for key, value in found.items() if value}


def _spoken(feed: Visit) -> str | None:
    """The language that most items are in."""
    told = (identify(f"{article.title}\n{article.text or ''}", None)[0] for article in feed.reading.articles)
    counts = Counter(language for language in told if language)
    return counts.most_common(1)[0][0] if counts else None


def _told(added: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(added)
        return
    told = (
        f"{added['file']}: added {added['title']} ({added.get('language', 'language unknown')}, {added['items']} items)"
    )
    out.print(f"{told}: {added['xmlUrl']}", markup=False, highlight=False, soft_wrap=True)
