"""What the TOML files of a beat may hold, by type: a value of another kind is told before anything trips over it.

A shape is a type, `[shape]` for a list of such values, a mapping of keys to shapes for a table (keys that it does not
name are for others to judge), or `{ANY: shape}` for a table of any keys.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

ANY = ""
TEXT, TEXTS = str, [str]
_BY_SIDE = {ANY: TEXTS}
BEAT = {
    "title": TEXT,
    "languages": TEXTS,
    "organs": TEXTS,
    "mute": TEXTS,
    "aside": TEXTS,
    "samples": {"as_of": datetime},
    "relevance": {
        "subjects": TEXTS, "sides": TEXTS, "lists": TEXTS, "enemies": TEXTS, "places": _BY_SIDE, "armies": _BY_SIDE,
    },
}  # fmt: skip
_CLAIM = {
    **dict.fromkeys(("id", "title", "valued_as", "praised_as", "occasion"), TEXT),
    **dict.fromkeys(("parties", "implies", "any", "about", "valued", "recalled", "granted", "added", "rivals"), TEXTS),
    **dict.fromkeys(("event", "event_admitted", "event_implied", "event_unless"), TEXTS),
    **dict.fromkeys(("accusation", "public", "event_titled"), bool),
}
_PUBLISHER = {
    **dict.fromkeys(("id", "name", "affiliation", "why"), TEXT),
    **dict.fromkeys(("outlets", "domains", "credits"), TEXTS),
}
_KNOWN = {
    "since": date,
    **dict.fromkeys(("claim", "party", "state", "source_title", "source_url"), TEXT),
}
CLAIMS, PUBLISHERS, RECORD = {"claim": [_CLAIM]}, {"publisher": [_PUBLISHER]}, {"known": [_KNOWN]}
_WORDS: Mapping[type, str] = {
    str: "a text", bool: "true or false", date: "a day such as 2024-06-19", datetime: "a moment with its UTC offset",
}  # fmt: skip


def misfit(value: Any, shape: Any, where: str) -> str | None:
    """What in the value is not of the shape, as "where: reason"; None where all is."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where}: must be a list"
        return _first(misfit(one, shape[0], f"{where} {number}") for number, one in enumerate(value, 1))
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return f"{where}: must be a table"
        shapes = {key: shape.get(key, shape.get(ANY)) for key in value}
        return _first(misfit(value[key], s, f"{where}: {key}" if where else key) for key, s in shapes.items() if s)
    if type(value) is not shape or (shape is datetime and value.tzinfo is None):
        return f"{where}: must be {_WORDS[shape]}"
    return None


def _first(found: Any) -> str | None:
    return next((one for one in found if one), None)
