"""Reads JSON that people write: what is missing, unknown or of the wrong form is named with its place."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from media_monitor.errors import BeatError


def content(path: Path) -> dict[str, Any]:
    """The file's object.

    Raises:
        BeatError: the file is missing, cannot be read, or holds no JSON object.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BeatError(path, "there is no such file") from error
    except OSError as error:
        raise BeatError(path, f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BeatError(path, f"is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BeatError(path, "must hold one JSON object")
    return found


def only(found: Mapping[str, Any], known: set[str], where: object) -> None:
    """Nothing.

    Raises:
        BeatError: there is a key that is not known.
    """
    for key in found:
        if key not in known:
            raise BeatError(where, f"unknown key {key!r}; known are {', '.join(sorted(known))}")


def text(found: Mapping[str, Any], key: str, where: str) -> str:
    """The text of the key.

    Raises:
        BeatError: it is missing, empty or no text.
    """
    value = found.get(key)
    if not isinstance(value, str) or not value:
        raise BeatError(where, f"{key!r} must be a text")
    return value


def mapping(found: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """The object of the key.

    Raises:
        BeatError: it is missing or no object.
    """
    value = found.get(key)
    if not isinstance(value, dict):
        raise BeatError(where, f"{key!r} must be an object")
    return value


def one_of(found: Mapping[str, Any], key: str, known: Sequence[str], where: str) -> str:
    """The text of the key.

    Raises:
        BeatError: it is none of those known.
    """
    value = found.get(key)
    if value not in known:
        raise BeatError(where, f"{key} {value!r} is none of {', '.join(known)}")
    return str(value)
