"""Any Arrow table: as a table for people, or as JSON."""

import json
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.report.terminal import written


def print_table(console: Console, table: pa.Table) -> None:
    """Prints every row."""
    shown = Table(*table.column_names)
    for row in table.to_pylist():
        shown.add_row(*(Text("" if value is None else _plain(value)) for value in row.values()))
    console.print(shown)
    console.print(f"{table.num_rows} rows", style="dim")


def print_json(data: Any) -> None:
    """Prints JSON, whatever the width of the terminal; an unpaired surrogate, which no terminal takes, as "?"."""
    text = written(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))
    print(text.encode("utf-8", "replace").decode("utf-8"))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
