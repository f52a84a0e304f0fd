"""Stories: the recent ones, and one with its articles and how long it took to each language."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.warehouse import query

DAYS, MOST = 7, 50
_COLUMNS = "SELECT * EXCLUDE (story_id)"
_PARTS = {
    "printed": f"{_COLUMNS} FROM story_articles WHERE story_id = $story ORDER BY printed_at, article_id",
    "by_language": f"{_COLUMNS} FROM lag_by_language WHERE story_id = $story ORDER BY hours, language",
    "missing": f"{_COLUMNS} FROM languages_missing WHERE story_id = $story ORDER BY language",
    "changes": """
        SELECT DISTINCT c.* EXCLUDE (day) FROM story_changes AS c
        JOIN story_roots AS r ON r.root = $story AND r.story_id IN (c.story_id, c.next_story)
        ORDER BY c."at", c.change_id
    """,
}


def recent(settings: Settings, days: int = DAYS, most: int = MOST) -> list[dict[str, Any]]:
    """The stories of the days up to the newest, those with most publishers first, each with who was first."""
    sql = """
        WITH newest AS (SELECT max(printed_at) AS last FROM story_articles)
        SELECT s.story_id, s.title, s.articles, s.publishers, s.languages, s.first_at, f.reporter, f.outlet, f.by_wire,
            s.merged
        FROM stories_latest AS s
        JOIN newest ON s.last_at > newest.last - to_days(CAST($days AS INTEGER))
        JOIN first_to_report AS f USING (story_id)
        ORDER BY s.publishers DESC, s.articles DESC, s.first_at DESC, s.story_id LIMIT $most
    """
    return query.rows(settings.home, sql, {"days": days, "most": most})


def one(settings: Settings, story: str) -> dict[str, Any]:
    """The row of the story, also by the id of a merged one or the beginning of an id,
    with `first` (who was first), `printed` (articles),
    `by_language`, `missing` (languages) and `changes`.

    Raises:
        QueryError: no story with articles has such an id, or several have.
    """
    sql = "SELECT DISTINCT root FROM story_roots WHERE starts_with(story_id, $story) LIMIT 2"
    found = query.rows(settings.home, sql, {"story": story})
    if len(found) > 1:
        raise QueryError(f"story {story}", "begins the ids of several stories")
    root = {"story": found[0]["root"]} if found else {}
    told = query.rows(settings.home, "FROM stories_latest WHERE story_id = $story", root) if root else []
    if not told:
        raise QueryError(f"story {story}", "is the id of no story with articles; `media-monitor stories` lists them")
    first = query.rows(settings.home, f"{_COLUMNS} FROM first_to_report WHERE story_id = $story", root)
    return {**told[0], "first": first[0], **{key: query.rows(settings.home, sql, root) for key, sql in _PARTS.items()}}


def print_recent(console: Console, settings: Settings, days: int = DAYS) -> None:
    """Prints the stories of the last days."""
    found = recent(settings, days)
    if not found:
        console.print("No stories yet: no stored article reports on the beat.")
        return
    table = Table("Story", "What", title=f"\nStories of the last {days} days with news", title_justify="left")
    for name in ("Articles", "Publishers"):
        table.add_column(name, justify="right")
    table.add_column("Languages")
    table.add_column("First", no_wrap=True)
    table.add_column("By")
    for row in found:
        table.add_row(
            row["story_id"][:8],
            Text(row["title"]),
            str(row["articles"]),
            str(row["publishers"]),
            " ".join(row["languages"]),
            f"{row['first_at']:%d %b %H:%M}",
            Text(_who(row)),
        )
    console.print(table)
    console.print("media-monitor stories STORY shows one, with its articles.", style="dim")


def print_one(console: Console, settings: Settings, story: str) -> None:
    """Prints the articles of a story, its way through the languages, and what became of its ids.

    Raises:
        QueryError: as for `one`.
    """
    found = one(settings, story)
    console.print(Text(f"\n{found['title']}", style="bold"))
    counts = f"{_count(found['articles'], 'article')} of {_count(found['publishers'], 'publisher')}"
    console.print(f"story {found['story_id']} · {counts} · first {found['first_at']:%d %b %Y %H:%M} UTC")
    console.print(Text(f"First to report: {_who(found['first'])}"))
    console.print(_articles(found))
    console.print(_languages(found))
    missing = ", ".join(f"{row['language']} ({_count(row['feeds'], 'feed')})" for row in found["missing"])
    if missing:
        console.print(f"Followed, and have not picked it up: {missing}")
    for row in found["changes"]:
        words = "goes on as" if row["kind"] == "merge" else f"was left by {row['article_id']} for"
        told = f"{row['kind']}: {row['story_id']} {words} {row['next_story']}: {row['reason']}"
        console.print(Text(f"{row['at']:%d %b %H:%M} {told}"))


def _articles(found: dict[str, Any]) -> Table:
    table = Table("Printed", "After", "", "Outlet", "Headline")
    for row in found["printed"]:
        hours = (row["printed_at"] - found["first_at"]).total_seconds() / 3600
        words = Text(row["title"]) if row["own"] else Text.assemble(row["title"], (" (copy)", "dim"))
        table.add_row(f"{row['printed_at']:%d %b %H:%M}", _after(hours), row["language"], Text(row["outlet"]), words)
    return table


def _languages(found: dict[str, Any]) -> Table:
    table = Table("Language", "After", "Outlet", "Articles", "Publishers")
    for row in found["by_language"]:
        counts = (str(row["articles"]), str(row["publishers"]))
        table.add_row(row["language"], _after(row["hours"]), Text(row["outlet"]), *counts)
    return table


def _who(first: dict[str, Any]) -> str:
    return f"{first['reporter']}, in {first['outlet']}" if first["by_wire"] else str(first["outlet"])


def _after(hours: float) -> str:
    return f"+{hours:.1f} h" if hours < 48 else f"+{hours / 24:.1f} d"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
