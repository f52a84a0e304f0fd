"""Confirmations as CSV (RFC 4180) and as Parquet."""

import io
from collections.abc import Sequence

import pyarrow as pa
from pyarrow import parquet

from media_monitor.exports import delimited, fields
from media_monitor.exports.fields import TABLE, Row


def as_csv(found: Sequence[Row]) -> bytes:
    """UTF-8 with a header line. Lists are JSON, null is empty; a text like a formula has an apostrophe before it."""
    return delimited.as_csv([fields.plain(one) for one in fields.ordered(found)], TABLE.names)


def as_parquet(found: Sequence[Row]) -> bytes:
    """One file; the schema's fields carry their meaning under the key `doc`."""
    out = io.BytesIO()
    rows = pa.Table.from_pylist(fields.ordered(found), schema=TABLE.schema.with_metadata({"doc": TABLE.doc}))
    parquet.write_table(rows, out, compression="zstd", write_page_checksum=True)
    return out.getvalue()
