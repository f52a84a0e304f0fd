"""Reads each format back into the fields, as a program of somebody else would."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import stix2
from pyarrow import parquet

from media_monitor.columns import FLAG, INT, TEXTS
from media_monitor.exports import fields
from media_monitor.exports.fields import TABLE

ATOM, OWN = "{http://www.w3.org/2005/Atom}", "{urn:media-monitor:confirmations}"
Found = list[dict[str, Any]]


def from_atom(content: bytes) -> Found:
    def value(entry: ElementTree.Element, name: str, kind: pa.DataType) -> Any:
        texts = [element.text or "" for element in entry.findall(f"{OWN}{name}")]
        return texts if kind == TEXTS else _typed(texts[0], kind) if texts else None

    entries = ElementTree.fromstring(content).findall(f"{ATOM}entry")
    return [{c.name: value(entry, c.name, c.type) for c in TABLE.columns} for entry in entries]


def from_jsonfeed(content: bytes) -> Found:
    return [item["_media_monitor"] for item in json.loads(content)["items"]]


def from_csv(content: bytes) -> Found:
    """As docs/exports.md says: an apostrophe before = + - @ or a tab is taken off, an empty cell is null."""

    def value(cell: str, kind: pa.DataType) -> Any:
        if kind == TEXTS:
            return json.loads(cell)
        return _typed(cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t" else cell, kind) if cell else None

    lines = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [{c.name: value(line[c.name], c.type) for c in TABLE.columns} for line in lines]


def from_parquet(content: bytes) -> Found:
    return [fields.plain(fields.row(row)) for row in parquet.read_table(io.BytesIO(content)).to_pylist()]


def from_stix(content: bytes) -> Found:
    """Nulls and empty lists, which STIX forbids, are what is not there."""
    reports = [one for one in stix2.parse(content.decode("utf-8")).objects if one.type == "report"]
    told = [extension for report in reports for extension in report.extensions.values()]
    return [{c.name: one.get(c.name, [] if c.type == TEXTS else None) for c in TABLE.columns} for one in told]


def _typed(text: str, kind: pa.DataType) -> Any:
    return text == "true" if kind == FLAG else int(text) if kind == INT else text
