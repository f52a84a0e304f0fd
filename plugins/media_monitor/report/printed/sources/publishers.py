"""Publisher families as trees."""

from collections.abc import Mapping
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
