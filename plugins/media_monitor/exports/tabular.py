"""Confirmations as CSV (RFC 4180) and as Parquet."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from media_monitor.exports import fields
from media_monitor.exports.fields import TABLE, Row

_FORMULA = ("=", "+", "-", "@", "\t")  # with these a spreadsheet takes a cell for a formula (OWASP: CSV injection)


def as_csv(found: Sequence[Row]) -> bytes:
    """UTF-8 with a header line. Lists are JSON, null is empty; a text like a formula has an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(TABLE.names)
    writer.writerows(map(_cell, fields.plain(one).values()) for one in fields.ordered(found))
    return out.getvalue().encode("utf-8")


def as_parquet(found: Sequence[Row]) -> bytes:
    """One file; the schema's fields carry their meaning under the key `doc`."""
    out = io.BytesIO()
    rows = pa.Table.from_pylist(fields.ordered(found), schema=TABLE.schema.with_metadata({"doc": TABLE.doc}))
    parquet.write_table(rows, out, compression="zstd", write_page_checksum=True)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
