"""The tree of sources of a stance: primary source, carriers, outlets."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.text import Text
from rich.tree import Tree

Row = Mapping[str, Any]
MOST = 12  # branches shown below one


def tree(title: str, rows: Iterable[Row], names: Mapping[str, str]) -> Tree:
    """The tree over rows of `source_trees`; each outlet stands once on each way that its reports came by."""
    found = list(rows)
    shown = {row["publisher"]: row["outlet"] for row in found} | dict(names)
    paths: dict[str, Any] = {}
    for row in found:
        way = [row["primary_source"], *row["carriers"]]
        if row["publisher"] not in way:
            way.append(row["publisher"])
        _set(paths, way, row)
    root = Tree(Text(f"\n{title}", style="dim"), guide_style="dim")
    _grow(root, paths, shown)
    return root


def _set(paths: dict[str, Any], way: list[str], row: Row) -> None:
    for step in way:
        paths = paths.setdefault(step, {"": []})
    paths[""].append(row)


def _grow(branch: Tree, paths: Mapping[str, Any], shown: Mapping[str, str]) -> None:
    ways = sorted(((name, below) for name, below in paths.items() if name), key=lambda way: _first(way[1]))
    for name, below in ways[:MOST]:
        _grow(branch.add(_label(shown.get(name, name), below[""])), below, shown)
    if len(ways) > MOST:
        branch.add(Text(f"… and {len(ways) - MOST} more", style="dim"))


def _first(below: Mapping[str, Any]) -> str:
    """When the branch first printed it, for the order."""
    own: list[str] = [row["printed_at"].isoformat() for row in below[""]]
    return min([*own, *(_first(more) for name, more in below.items() if name)])


def _label(name: str, rows: list[Row]) -> Text:
    if not rows:
        return Text(name)
    articles = {row["article_id"]: row for row in rows}
    copies = sum(row["copy_of"] is not None for row in articles.values())
    text = Text(f"{name}  ").append(f"{min(row['printed_at'] for row in rows):%Y-%m-%d %H:%M}", style="dim")
    if len(articles) > 1:
        text.append(f"  {len(articles)} articles", style="dim")
    if copies:
        text.append("  copy" if copies == len(articles) else f"  {copies} of them copied", style="yellow")
    return text
