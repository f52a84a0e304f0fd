"""Confirmations as a JSON Feed (version 1.1)."""

import json
from collections.abc import Sequence
from typing import Any

from media_monitor.beat import Beat
from media_monitor.exports import fields, identity, words
from media_monitor.exports.fields import Row
from media_monitor.exports.identity import Source

FILE = "confirmations.json"
VERSION = "https://jsonfeed.org/version/1.1"
EXTENSION = "_media_monitor"


def jsonfeed(found: Sequence[Row], source: Source, beat: Beat) -> bytes:
    """The feed, newest first; the object `_media_monitor` of an item holds every field."""
    newest = sorted(fields.ordered(found), key=fields.updated, reverse=True)
    head = {
        "version": VERSION,
        "title": source.title,
        "feed_url": source.address(FILE),
        "language": "en",
        "authors": [{"name": "media-monitor"}],
    }
    feed = _given(head) | {"items": [_item(one, beat) for one in newest]}
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _item(found: Row, beat: Beat) -> dict[str, Any]:
    raised = found["raised_at"]
    item = {
        "id": identity.uuid("confirmation", found["beat"], found["alert_id"]).urn,
        "external_url": words.web_address(found),
        "title": words.headline(found, beat),
        "content_html": words.account(found, beat),
        "summary": found["quote"],
        "date_published": raised.isoformat() if raised else None,
        "date_modified": fields.updated(found).isoformat(),
        "tags": [found[name] for name in ("claim", "party", "state", "grade")],
    }
    return _given(item) | {EXTENSION: fields.plain(found)}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
