"""The charts of `charts.toml`, each with its SQL and its drawing."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from media_monitor.errors import QueryError
from media_monitor.web.asked import Filters

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `sql` names its parameters `$claim`; `spec` is Vega-Lite without data; `link` leads from a row to a
    page, with columns of the row in braces, None where points lead nowhere. Where no days are asked for, it is drawn up
    to the newest of `days`: `articles` or `runs`."""

    id: str
    title: str
    description: str
    parameters: tuple[str, ...]
    link: str | None
    sql: str
    spec: Mapping[str, Any]
    days: str = "articles"


@cache
def charts() -> dict[str, Chart]:
    """Every chart by its id."""
    entries = tomllib.loads((FOLDER / "charts.toml").read_text(encoding="utf-8"))
    return {chart_id: _chart(chart_id, entry) for chart_id, entry in entries.items()}


def chart(chart_id: str) -> Chart:
    """The chart of that id.

    Raises:
        QueryError: there is none.
    """
    if chart_id not in charts():
        raise QueryError(f"chart {chart_id!r}", f"there is none of that id; there are {', '.join(charts())}")
    return charts()[chart_id]


def values(one: Chart, asked: Filters) -> dict[str, Any]:
    """What fills the parameters of the chart's SQL."""
    given = asked.model_dump(mode="json")
    return {name: given[name] for name in one.parameters}


def filled(one: Chart, asked: Filters) -> str:
    """The chart's SQL with literals for its parameters: it runs as it stands."""
    given = values(one, asked)
    return re.sub(r"\$([a-z_]+)", lambda found: _literal(given[found.group(1)]), one.sql)


def _chart(chart_id: str, entry: Mapping[str, Any]) -> Chart:
    sql = (FOLDER / f"{chart_id}.sql").read_text(encoding="utf-8")
    spec = json.loads((FOLDER / f"{chart_id}.json").read_text(encoding="utf-8"))
    words = entry["title"], entry["description"], tuple(entry["parameters"])
    return Chart(chart_id, *words, entry.get("link"), sql.strip(), spec, entry.get("days", "articles"))


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
