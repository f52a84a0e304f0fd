"""Confirmations as a STIX 2.1 bundle: a report each, on the party and the speaker, with a note that holds the words.

STIX has no object for "somebody confirmed something". A report on identities, with the quote as a note, says no more
than is known; every field stands in a property extension, whose definition is in the bundle.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from media_monitor.beat import Beat
from media_monitor.exports import fields, identity, words
from media_monitor.exports.fields import TABLE, Row

# The scale None, Low, Med, High of STIX 2.1, appendix A: how sure it is that the party said so.
CONFIDENCE = {
    "primary": 85, "corroborated": 85, "on record": 85, "single source": 50, "implicit": 15, "disputed": 15,
}  # fmt: skip
_CLASSES = {"person": "individual", "organisation": "organization", "country": "organization"}
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)  # created and modified of what never changes: producer, parties, speakers


def stix(found: Sequence[Row], beat: Beat) -> bytes:
    """The bundle. The same rows give the same bytes; ids are UUIDv5, so that a later bundle updates an earlier one."""
    import stix2  # 0.8 s, which no run without a bundle should pay

    objects = {one["id"]: one for one in (*_frame(), *_all(fields.ordered(found), beat))}
    made = [stix2.parse(one, version="2.1") for one in objects.values()]
    versions = sorted(f"{one['id']} {one['modified']}" for one in objects.values())
    bundle = stix2.v21.Bundle(id=_id("bundle", *versions), objects=made)
    told: str = bundle.serialize(indent=2, ensure_ascii=False, sort_keys=True)
    return (told + "\n").encode("utf-8")


def _all(found: Iterable[Row], beat: Beat) -> Iterator[dict[str, Any]]:
    for one in found:
        party, speaker = _party(one, beat), _speaker(one, beat)
        about = [party, *([speaker] if speaker else [])]
        note = _note(one, about)
        yield from about
        yield from [note] if note else []
        yield _report(one, [*about, *([note] if note else [])], beat)


def _frame() -> tuple[dict[str, Any], ...]:
    producer = _fixed("identity", "producer") | {"name": "media-monitor", "identity_class": "system"}
    extension = _fixed("extension-definition", "fields") | {
        "created_by_ref": _PRODUCER,
        "name": "media-monitor confirmation",
        "description": TABLE.doc,
        "schema": "\n".join(f"{column.name}: {column.doc}" for column in TABLE.columns),
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
    return producer, extension


def _party(found: Row, beat: Beat) -> dict[str, Any]:
    own = {"created_by_ref": _PRODUCER, "name": words.party(found["party"], beat), "identity_class": "organization"}
    return _fixed("identity", "party", found["party"]) | own


def _speaker(found: Row, beat: Beat) -> dict[str, Any] | None:
    name = words.speaker(found, beat)
    if not name:
        return None
    entity = beat.entities.get(found["speaker_id"] or "")
    kind = _CLASSES.get(entity.kind, "unknown") if entity else "unknown"
    own = {"created_by_ref": _PRODUCER, "name": name, "identity_class": kind}
    return _fixed("identity", "speaker", found["party"], found["speaker_id"] or name) | own


def _note(found: Row, about: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    if not found["quote"]:
        return None
    told = {
        "content": found["quote"],
        "lang": found["language"],
        "authors": [found["speaker"]] * bool(found["speaker"]),
    }
    return _versioned("note", found) | _given(told) | {"object_refs": [one["id"] for one in about]}


def _report(found: Row, about: Sequence[dict[str, Any]], beat: Beat) -> dict[str, Any]:
    told = _given(fields.plain(found))
    return _versioned("report", found) | {
        "lang": "en",
        "name": words.headline(found, beat),
        "description": words.claim(found["claim"], beat),
        "published": _moment(fields.created(found)),
        "confidence": CONFIDENCE.get(found["grade"], 0),
        "labels": [found[name] for name in ("claim", "state", "grade")],
        "object_refs": [one["id"] for one in about],
        "extensions": {_EXTENSION: {"extension_type": "property-extension", **told}},
    }


def _versioned(kind: str, found: Row) -> dict[str, Any]:
    """What report and note share; one that was withdrawn or judged wrong is revoked."""
    common = {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, "confirmation", found["beat"], found["alert_id"]),
        "created_by_ref": _PRODUCER,
        "created": _moment(fields.created(found)),
        "modified": _moment(fields.updated(found)),
        "revoked": bool(found["withdrawn_at"] or found["wrong_at"]),
    }
    address = words.web_address(found)
    source = {"source_name": found["outlet"] or "record", "description": found["title"], "url": address}
    return common | ({"external_references": [_given(source)]} if address else {})


def _fixed(kind: str, *parts: str) -> dict[str, Any]:
    moment = _moment(_FIRST)
    return {"type": kind, "spec_version": "2.1", "id": _id(kind, *parts), "created": moment, "modified": moment}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """The values without nulls and empty lists, which STIX forbids."""
    return {name: value for name, value in values.items() if value is not None and value != []}


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{identity.uuid(*parts)}"


def _moment(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='milliseconds').removesuffix('+00:00')}Z"


_PRODUCER = _id("identity", "producer")
_EXTENSION = _id("extension-definition", "fields")
