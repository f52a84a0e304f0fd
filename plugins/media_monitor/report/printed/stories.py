"""Stories for the terminal: a page of them, and one with its articles and how long it took to each language."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

MOST_FACTS = 12  # rows of what articles have in common


def print_page(console: Console, found: Mapping[str, Any]) -> None:
    """Prints what `stories.page` gives."""
    if not found["rows"]:
        console.print("No such story. Every article that reports on the beat has one, if only its own.")
        return
    title = f"\n{_count(found['total'], 'story', 'stories')}, page {found['page']} of {found['pages']}"
    table = Table("Story", "What", title=title, title_justify="left")
    for name in ("Articles", "Publishers"):
        table.add_column(name, justify="right")
    table.add_column("Languages, hours after the first")
    table.add_column("First", no_wrap=True)
    table.add_column("By")
    for row in found["rows"]:
        table.add_row(
            row["story_id"][:8],
            Text(row["title"]),
            str(row["articles"]),
            str(row["publishers"]),
            ", ".join(f"{lag['language']} {lag['hours']:+.1f}" for lag in row["lags"]),
            f"{row['first_at']:%Y-%m-%d %H:%M}",
            Text(_who(row)),
        )
    console.print(table)
    console.print("media-monitor stories show STORY shows one, with its articles.", style="dim")


def print_one(console: Console, found: Mapping[str, Any]) -> None:
    """Prints what `story.one` gives."""
    console.print(Text(f"\n{found['title']}", style="bold"))
    counts = f"{_count(found['articles'], 'article')} of {_count(found['publishers'], 'publisher')}"
    console.print(f"story {found['story_id']} · {counts} · first {found['first_at']:%d %b %Y %H:%M} UTC")
    console.print(Text(f"First to report: {_who(found['first'])}"))
    console.print(_articles(found))
    if found["pages"] > 1:
        console.print(f"Page {found['page']} of {found['pages']}", style="dim")
    console.print(_languages(found))
    missing = ", ".join(f"{row['language']} ({_count(row['feeds'], 'feed')})" for row in found["missing"])
    if missing:
        console.print(f"Followed, and have not picked it up: {missing}")
    console.print(_facts(found))
    for row in found["changes"]:
        words = "goes on as" if row["kind"] == "merge" else f"was left by {row['article_id']} for"
        told = f"{row['kind']}: {row['story_id']} {words} {row['next_story']}: {row['reason']}"
        console.print(Text(f"{row['at']:%d %b %H:%M} {told}"))


def _articles(found: Mapping[str, Any]) -> Table:
    table = Table("Printed", "After", "", "Outlet", "Headline")
    for row in found["printed"]:
        hours = (row["printed_at"] - found["first_at"]).total_seconds() / 3600
        words = Text(row["title"]) if row["own"] else Text.assemble(row["title"], (" (copy)", "dim"))
        table.add_row(f"{row['printed_at']:%d %b %H:%M}", _after(hours), row["language"], Text(row["outlet"]), words)
    return table


def _facts(found: Mapping[str, Any]) -> Table:
    table = Table("What its articles tell", "Articles", "Publishers", "First")
    for row in [*found["statements"], *found["events"]][:MOST_FACTS]:
        counts = (str(row["articles"]), str(row["publishers"]), f"{row['printed_at']:%d %b %H:%M}")
        table.add_row(Text(_fact(row)), *counts)
    return table


def _fact(row: Mapping[str, Any]) -> str:
    if "claim" in row:
        return f"{row['party']} ({row['role']}): {row['stance']} {row['claim']}"
    return f"{row['actor_party'] or '?'} {row['type']} {row['recipient_party'] or '?'}"


def _languages(found: Mapping[str, Any]) -> Table:
    table = Table("Language", "After", "Outlet", "Articles", "Publishers")
    for row in found["by_language"]:
        counts = (str(row["articles"]), str(row["publishers"]))
        table.add_row(row["language"], _after(row["hours"]), Text(row["outlet"]), *counts)
    return table


def _who(first: Mapping[str, Any]) -> str:
    return f"{first['reporter']}, in {first['outlet']}" if first["by_wire"] else str(first["outlet"])


def _after(hours: float) -> str:
    return f"+{hours:.1f} h" if hours < 48 else f"+{hours / 24:.1f} d"


def _count(number: int, what: str, several: str = "") -> str:
    return f"{number} {what if number == 1 else several or f'{what}s'}"
