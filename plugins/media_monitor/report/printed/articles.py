"""Articles for the terminal: what a search found, and what is stored of one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.report.asked.articles.article import description
from media_monitor.watch.message.bidi import cleaned

HIT = "bold yellow"
STYLES = {"gone": "red strike", "new": "green"}
_FACETS = ("language", "affiliation", "claim", "party", "stance")
_SHOWN_VALUES = 8
Row = Mapping[str, Any]


def print_found(console: Console, found: Row) -> None:
    """Prints the page of articles that a search found, with counts by which to narrow it down."""
    if not found["total"]:
        console.print("No article on the beat has all of that.")
        return
    table = Table("Article", "Printed", "", "Outlet", "Found")
    for row in found["rows"]:
        words = Text.assemble(_marked(row["title_pieces"]), "\n", _marked(row["snippet"]))
        for one in row["statements"][:3]:
            words.append(f"\n{one['party']} {one['stance']} {one['claim']}", style="dim")
        when = f"{row['printed_at']:%d %b %Y %H:%M}"
        table.add_row(row["article_id"][:8], when, row["language"], Text(cleaned(row["outlet"])), words)
    console.print(table)
    console.print(f"{found['total']:,} articles, page {found['page']} of {found['pages']}")
    for name in _FACETS:
        values = found["facets"][name][:_SHOWN_VALUES]
        told = ", ".join(f"{cleaned(str(v['value']))} {v['articles']:,}" for v in values)
        if told:
            console.print(Text(f"{name}: {told}", style="dim"))
    console.print("media-monitor articles show ID shows one, with its facts.", style="dim")


def print_head(console: Console, found: Row) -> None:
    """Prints what describes the article."""
    article = found["article"]
    console.print(Text(f"\n{cleaned(article['title'])}", style="bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for label, value in description(found):
        grid.add_row(label, Text(cleaned(value)))
    console.print(grid)
    if found["why_no_text"]:
        console.print(Text(found["why_no_text"], style="yellow"))


def print_rest(console: Console, found: Row) -> None:
    """Prints revisions with what changed, pages asked for, copies, story, verdicts and what was kept out."""
    for row in found["revisions"] if len(found["revisions"]) > 1 else ():
        console.print(Text(f"\nRevision {row['revision']}, fetched {row['fetched_at']:%d %b %Y %H:%M}", style="bold"))
        told = (Text(cleaned(p["text"]) + " ", style=STYLES.get(p["kind"], "")) for p in row["changes"])
        console.print(Text.assemble(*told) if row["changes"] else Text("as first seen", style="dim"))
    for page in found["pages"]:
        reason = f": {page['reason']}" if page["reason"] else ""
        console.print(Text(f"Page asked for {page['fetched_at']:%d %b %Y %H:%M}: {page['outcome']}{cleaned(reason)}"))
    _print_related(console, "Copies", found["copies"])
    _print_related(console, f"Story {found['story'][0]['root']}" if found["story"] else "", found["story"])
    for row in found["judged"]:
        console.print(
            Text(f"Statement {row['statement_id']} was judged {row['verdict']}: {cleaned(row['reason'] or '')}")
        )
    for row in found["quarantine"]:
        console.print(Text(f"Kept out of {row['table']}: {', '.join(row['expectations'])} (batch {row['batch']})"))


def _print_related(console: Console, title: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    table = Table("Article", "Printed", "", "Outlet", "Headline", title=f"\n{title}", title_justify="left")
    for row in rows:
        words = (Text(cleaned(row["outlet"])), Text(cleaned(row["title"])))
        table.add_row(row["article_id"][:8], f"{row['printed_at']:%d %b %Y %H:%M}", row["language"] or "", *words)
    console.print(table)


def _marked(pieces: Iterable[Row]) -> Text:
    return Text.assemble(*(Text(_spaced(p["text"]), style=HIT if p["hit"] else "") for p in pieces))


def _spaced(text: str) -> str:
    """The text on one line; a space at either end stays, for the piece beside it."""
    inner = cleaned(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (bool(inner) and text[-1:].isspace())}"
