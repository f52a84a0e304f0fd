"""Sources for the terminal: publisher families as trees, politeness, one feed."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, Any]


def print_publishers(console: Console, found: Row) -> None:
    """Prints what `publishers.page` gives: families with their outlets below."""
    if not found["rows"]:
        console.print("No such publisher.")
        return
    title = (
        f"\n{found['total']} families, {found['since']} to {found['until']}, page {found['page']} of {found['pages']}"
    )
    table = Table("Family, its outlets", "Affiliation", "Languages", "Countries", title=title, title_justify="left")
    for name in ("Tier", "Feeds", "On the beat", "Of all", "Borrowed", "First"):
        table.add_column(name, justify="right")
    table.add_column("Last", no_wrap=True)
    for row in found["rows"]:
        share = "" if row["borrowed_share"] is None else f"{row['borrowed_share']:.0%}"
        counts = (str(row["tier"] or ""), str(row["feeds"]), str(row["relevant"]), str(row["articles"]), share)
        last = str(row["last_relevant_day"] or "")
        table.add_row(Text(row["name"], style="bold"), *_lists(row), *counts, str(row["first_reports"]), last)
        for outlet in row["tree"] if [one["outlet"] for one in row["tree"]] != [row["name"]] else []:
            numbers = ("", str(len(outlet["feeds"])), str(outlet["relevant"]), str(outlet["articles"]), "", "")
            table.add_row(Text(f"  {outlet['outlet']}"), *_lists(outlet), *numbers, str(outlet["last_day"] or ""))
    console.print(table)


def _lists(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(row[name] or []) for name in ("affiliations", "languages", "countries"))


def print_politeness(console: Console, found: Row) -> None:
    """Prints what `politeness.measures` gives."""
    table = Table("Asking servers", "", title=f"\n{found['since']} to {found['until']}", title_justify="left")
    for what, told in told_of(found):
        table.add_row(what, told)
    console.print(table)
    for row in found["waits_asked"]:
        kept = "kept" if not row["asked"] else f"{row['asked']} requests in spite of it"
        console.print(
            Text(f"{row['told_at']:%Y-%m-%d %H:%M} {row['domain']} asks to wait until {row['ends_at']:%H:%M}: {kept}")
        )
    for row in found["rules_broken"]:
        line = f"{row['fetched_at']:%Y-%m-%d %H:%M} {row['feed_id']}: {row['rule']}, {row['seconds']} s"
        console.print(Text(line, style="red"))


def told_of(found: Row) -> list[tuple[str, str]]:
    """The measures in words, with their numbers."""
    waits = f"{found['waits']:,} (kept {found['waits_kept']:,}, requests spared {found['spared']:,})"
    return [
        ("Requests", f"{found['requests']:,} of {found['feeds']:,} feeds"),
        ("Requests a feed and day", _number(found["a_feed_a_day"])),
        ("Answers “not changed” (304)", f"{found['unchanged']:,}{_share(found['unchanged_share'])}"),
        ("Requests that brought nothing new", f"{found['wasted']:,}{_share(found['wasted_share'])}"),
        ("Requests that failed", f"{found['failed']:,}"),
        ("Megabytes", f"{found['bytes'] / 1e6:,.1f}"),
        ("Waits asked for (429, 503)", waits),
        ("Feeds whose 304 proved wrong", f"{found['caught_lying']:,}"),
        ("Article pages asked for", f"{found['pages']:,}"),
        ("Pages refused by robots.txt, not asked for", f"{found['refused']:,}"),
        ("Asked within a wait", f"{found['broken'].get('asked within a wait', 0):,}"),
        ("Asked although gone", f"{found['broken'].get('asked although gone', 0):,}"),
        (f"Host asked within {found['spacing_seconds']:g} s", f"{found['broken'].get('host asked too soon', 0):,}"),
    ]


def print_silences(console: Console, rows: Sequence[Row]) -> None:
    """Prints what `silences.rows` gives."""
    table = Table("Feed or language", "Silent", "No news for", "Usual at most", "Last news")
    for row in rows:
        usual = "unknown" if row["usual_hours"] is None else f"{row['usual_hours']:.1f} h"
        style = "red" if row["silent"] else ""
        cells = ("silent" if row["silent"] else "", f"{row['silent_hours']:.1f} h", usual)
        last = f"{row['last_news']:%Y-%m-%d %H:%M}"
        table.add_row(Text(f"{row['subject_kind']} {row['outlet'] or row['subject']}"), *cells, last, style=style)
    console.print(table)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _share(value: float | None) -> str:
    return "" if value is None else f" ({value:.0%})"


def print_feed(console: Console, found: Row) -> None:
    """Prints what `feed_history.one` gives."""
    feed, health = found["feed"], found["health"]
    console.print(Text(f"\n{feed['outlet']} ({feed['feed_id']})", style="bold"))
    console.print(Text(feed["url"], style="dim"))
    told = [feed["publisher"], feed["affiliation"], feed["language"] or "any language", f"tier {feed['tier']}"]
    console.print(Text(" · ".join([*told, *([feed["note"]] if feed["note"] else [])])))
    due = f"{health['next_due_at']:%Y-%m-%d %H:%M} UTC" if health["next_due_at"] else "now"
    console.print(Text(f"{health['state']}; {health['fetches']} fetches, {health['failed']} failed; due {due}"))
    if found["silence"]:
        quiet = found["silence"]
        usual = "unknown" if quiet["usual_hours"] is None else f"{quiet['usual_hours']} h"
        console.print(f"No news for {quiet['silent_hours']} h, usual {usual}{': silent' if quiet['silent'] else ''}")
    table = Table("Fetched", "Status", "Outcome", "Items", "New", "Every", "What")
    for row in found["log"]:
        every = "" if row["interval_minutes"] is None else f"{row['interval_minutes']:.0f} min"
        cells = (str(row["status"] or ""), row["outcome"], str(row["entries"]), str(row["new_entries"]), every)
        table.add_row(f"{row['fetched_at']:%Y-%m-%d %H:%M}", *cells, Text(row["error"] or row["note"]))
    console.print(table)
    if found["pages"] > 1:
        console.print(f"Page {found['page']} of {found['pages']}", style="dim")
    for row in found["errors"]:
        console.print(
            Text(f"{row['fetches']}× {row['error']}, {row['first_at']:%Y-%m-%d} to {row['last_at']:%Y-%m-%d}")
        )
    for row in found["articles"]:
        console.print(Text(f"{row['printed_at']:%Y-%m-%d %H:%M} {row['title']}"))
