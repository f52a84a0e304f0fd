"""Rows as CSV for spreadsheets (RFC 4180)."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

# With these a spreadsheet takes a cell for a formula (OWASP: CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[Mapping[str, Any]], names: Sequence[str] = ()) -> bytes:
    """UTF-8 with a header line of the given names, else those of the first row. Lists are JSON, null is empty, times
    are ISO 8601; a text like a formula has an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    header = names or list(rows[0] if rows else ())
    if header:
        writer.writerow(map(cell, header))
    writer.writerows(map(cell, row.values()) for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def cell(value: Any) -> Any:
    """What stands in the cell of a value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
