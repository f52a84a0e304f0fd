"""One claim for the terminal: the history of each party, the tree of its sources, and who contradicts it."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from media_monitor.report.asked.claims.ledger import MARKS
from media_monitor.report.printed.claims.source_tree import tree

Row = Mapping[str, Any]
WORDS = 280  # characters of a quotation that are shown


def print_claim(console: Console, dossier: Row, names: Mapping[str, str]) -> None:
    """Prints what `history.dossier` gives: in full for parties to the claim, and for one that was asked for; a line
    for each other. `names` has the names of publisher families."""
    console.print(Text(f"\n{dossier['claim']}: {dossier['title']}", style="bold"))
    console.print(Text(f"Official by the word of {' and '.join(dossier['parties'])}", style="dim"))
    standing = dossier["standing"]
    for one in standing:
        if one["is_party"] or len(standing) == 1:
            console.print(_party(one, standing, names))
    others = [one for one in standing if not one["is_party"]] if len(standing) > 1 else []
    if others:
        grid = Table.grid(padding=(0, 2))
        for one in others:
            grid.add_row(one["party"], _since(one), _words(one["history"][-1]))
        console.print(Panel(grid, title="Others, as they stand now", title_align="left"))


def _party(one: Row, standing: Iterable[Row], names: Mapping[str, str]) -> Panel:
    parts: list[Any] = [_history(one["history"])] if one["history"] else [Text("Nothing said yet.", style="dim")]
    current = [row for row in one["sources"] if row["state"] in _stances(one["state"])]
    if current:
        parts.append(tree(f"Who has it from whom: {one['state']}", current, names))
    parts += [_opposite(row, one, standing) for row in one["opposite"]]
    parts += [_withdrawn(row) for row in one["withdrawn"]]
    title = Text.assemble(one["party"], "  ", _since(one), Text(_weight(one), style="dim"))
    return Panel(Group(*parts), title=title, title_align="left")


def _stances(state: str) -> tuple[str, ...]:
    return ("praised",) if state == "implicit" else (state,)


def _since(one: Row) -> Text:
    mark, style = MARKS[one["state"]]
    since = f" since {one['since']}" if one["since"] else ""
    return Text(f"{mark} {one['state']}{since}", style=style)


def _weight(one: Row) -> str:
    if one["grade"] is None:
        return ""
    said = [one["grade"]] if one["grade"] != one["state"] else []
    if one["publishers"]:
        said.append(f"independent publishers {one['publishers']}, primary sources {one['primary_sources']}")
    if one["on_record"] and one["grade"] != "on record":
        said.append("on record")
    return f"  {'; '.join(said)}" if said else ""


def _history(steps: Iterable[Row]) -> Table:
    table = Table("Said", "State", "Words", "How sure", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for step in steps:
        mark, style = MARKS[step["state"]]
        day = f"≤ {step['said_on']}" if step["undated"] else str(step["said_on"])
        state = Text(f"{mark} {step['state']}", style=style)
        if step["reversal"]:
            before = f" of {step['prior_state']}" if step["prior_state"] != "implicit" else ""
            state.append(f"\n⟲ reversal{before}", style="magenta")
        table.add_row(day, state, _words(step), _sure(step))
    return table


def _words(step: Row) -> Text:
    if step["first_statement"] is None:
        return _lines("On record", step["title"], step["url"])
    words = step["quote"] if len(step["quote"]) <= WORDS else f"{step['quote'][: WORDS - 1]}…"
    told = [f"{step['speaker']}, in {step['outlet']}, printed {step['printed_at']:%Y-%m-%d %H:%M}"]
    if step["implied_by"]:
        told.append(f"follows from {step['implied_by']}")
    return _lines(f"“{words}”", "; ".join(told), step["url"])


def _lines(first: str, second: str, url: str | None) -> Text:
    text = Text(first, overflow="fold")
    text.append(f"\n{second}", style="dim")
    return text.append(f"\n{url}", style="dim") if url else text


def _sure(step: Row) -> Text:
    text = Text(step["grade"], style="bold red" if step["grade"] == "disputed" else "")
    if step["publishers"]:
        text.append(f"\npublishers {step['publishers']}, sources {step['primary_sources']}", style="dim")
    if not step["news"] and not step["on_record"]:
        text.append("\nonly recalled", style="yellow")
    return text


def _opposite(row: Row, one: Row, standing: Iterable[Row]) -> Text:
    said = f"{row['opponent']} {MARKS[row['opponent_state']][0]} {row['opponent_state']} since {row['opponent_since']}"
    if row["opponent"] == one["party"]:
        return Text(f"\n✘ Its own officials contradict it: {said}", style="bold red")
    text = Text(f"\n⚔ Says the opposite: {said}", style="red")
    last = next((s["history"][-1] for s in standing if s["party"] == row["opponent"] and s["history"]), None)
    return text.append("\n").append(_words(last)) if last else text


def _withdrawn(row: Row) -> Text:
    what = f"\n✂ Withdrawn by a correction ({row['outlet']}, revision {row['withdrawn_in']}, "
    text = Text(f"{what}{row['withdrawn_at']:%Y-%m-%d %H:%M}): {row['state']}", style="yellow")
    return text.append("\n").append(_lines(f"“{row['quote'][:WORDS]}”", row["speaker"], row["url"]))
