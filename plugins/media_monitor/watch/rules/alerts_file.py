"""Reads `alerts.toml`: the rules of the beat, or those of another file. A fault is told with file, rule and key."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, time, tzinfo
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from media_monitor.beat import Beat, read_toml
from media_monitor.errors import BeatError
from media_monitor.model import Grade
from media_monitor.watch.rules.rulebook import DEFAULT_CHANNEL, FRESH_DAYS, KINDS, SIGNS, Rule, Rulebook, plain
from media_monitor.watch.rules.timing import Times

FILE = "alerts.toml"
OF_WORDS = frozenset({"claims", "parties", "grades", "min_publishers"})  # what only alerts on somebody's words have
KEYS = OF_WORDS | {"id", "on", "enabled", "subjects", "channels", "quiet", "digest", "zone", "fresh_days"}
_FORMS = {str: "must be a text", int: "must be a whole number", bool: "must be true or false"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_ADDRESS = re.compile(r"(env|airflow):\S+|[a-z][a-z0-9+]*://\S+", re.I)


def load(beat: Beat, file: Path | None = None) -> Rulebook:
    """The rules of `file`, else those of the beat. A beat without rules has the plain ones.

    Raises:
        BeatError: the file is faulty; the message names file, rule and key, and the nearest known name.
    """
    path = file or beat.folder / FILE
    if file is None and not path.is_file():
        return plain()
    data = read_toml(path, {"zone", "channels", "rule"})
    zone = _zone(data.get("zone", "UTC"), f"{path}")
    channels = _channels(data.get("channels", {}), path)
    rows = data.get("rule", [])
    if not isinstance(rows, list):
        raise BeatError(path, "rules are written as [[rule]]")
    reader = _Reader(path, beat, zone, frozenset(channels) | {DEFAULT_CHANNEL})
    rules = tuple(reader.rule(number, row) for number, row in enumerate(rows, 1))
    for rule in rules:
        if [other.rule_id for other in rules].count(rule.rule_id) > 1:
            raise BeatError(f"{path}: rule {rule.rule_id}", "id: stands twice")
    return Rulebook(rules, channels)


def _channels(found: Any, path: Path) -> dict[str, tuple[str, ...]]:
    if not isinstance(found, dict):
        raise BeatError(path, "channels: is no table; it is written as [channels]")
    channels = {}
    for name, value in found.items():
        addresses = [value] if isinstance(value, str) else value
        where = f"{path}: channel {name}"
        if name == DEFAULT_CHANNEL:
            raise BeatError(where, "this name is that of the setting alert_urls; give it another")
        if not isinstance(addresses, list) or not addresses:
            raise BeatError(where, "must be an address or a list of addresses")
        for address in addresses:
            # The address itself may be a secret, and is not told.
            if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
                raise BeatError(where, "is neither an Apprise URL nor env:NAME nor airflow:connection")
        channels[name] = tuple(addresses)
    return channels


class _Reader:
    """Reads rules of one file."""

    def __init__(self, path: Path, beat: Beat, zone: tzinfo, channels: frozenset[str]) -> None:
        self.path, self.zone = path, zone
        parties = {e.party for e in beat.entities.values() if e.party} | {
            party for claim in beat.claims.values() for party in claim.parties
        }
        self.known: Mapping[str, Iterable[str]] = {
            "claims": beat.claims, "parties": parties, "grades": get_args(Grade), "channels": channels,
        }  # fmt: skip

    def rule(self, number: int, row: Any) -> Rule:
        where = f"{self.path}: rule {row.get('id', number) if isinstance(row, dict) else number}"
        if not isinstance(row, dict):
            raise BeatError(where, "is no table; it is written as [[rule]]")
        for key in row:
            _one_of(key, KEYS, where, "key")
        for key in ("id", "on"):
            if not isinstance(row.get(key), str) or not row[key]:
                raise BeatError(where, f"{key}: is missing, or no text")
        kind = _one_of(row["on"], KINDS, where, "on")
        if kind in SIGNS and (foreign := sorted(OF_WORDS & row.keys())):
            raise BeatError(where, f"{foreign[0]}: has no meaning for {kind}; subjects chooses of what it tells")
        zone = _zone(row["zone"], where) if "zone" in row else self.zone
        times = Times(_read(row, "quiet", str, where, _quiet), _read(row, "digest", str, where, _digest), zone)
        return Rule(
            row["id"],
            kind,
            claims=self._names(row, "claims", where),
            parties=self._names(row, "parties", where),
            grades=self._names(row, "grades", where),
            subjects=self._names(row, "subjects", where),
            min_publishers=_read(row, "min_publishers", int, where, _positive) or 1,
            channels=tuple(self._list(row, "channels", where)) or (DEFAULT_CHANNEL,),
            times=times,
            fresh_days=_read(row, "fresh_days", int, where, _positive) if "fresh_days" in row else FRESH_DAYS[kind],
            enabled=bool(_read(row, "enabled", bool, where, bool)) if "enabled" in row else True,
        )  # fmt: skip

    def _names(self, row: Mapping[str, Any], key: str, where: str) -> frozenset[str]:
        return frozenset(self._list(row, key, where))

    def _list(self, row: Mapping[str, Any], key: str, where: str) -> list[str]:
        value = row.get(key, [])
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BeatError(where, f"{key}: must be a list of texts")
        if key in row and not names:
            raise BeatError(where, f"{key}: is empty; leave it out, or set enabled = false")
        known = self.known.get(key)
        return names if known is None else [_one_of(name, known, where, key) for name in names]


def _one_of(name: str, known: Iterable[str], where: str, key: str) -> Any:
    names = sorted(known)
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
    raise BeatError(where, f"{key}: {name!r} is unknown; {hint}")


def _read(row: Mapping[str, Any], key: str, kind: type, where: str, parse: Callable[[Any], Any]) -> Any:
    """The parsed value, None where there is none. `true` is no number."""
    if key not in row:
        return None
    value = row[key]
    try:
        if type(value) is not kind:
            raise ValueError(_FORMS[kind])
        return parse(value)
    except ValueError as error:
        raise BeatError(where, f"{key}: {value!r}: {error}") from error


def _positive(value: int) -> int:
    if value < 1:
        raise ValueError("must be above zero")
    return value


def _quiet(text: str) -> tuple[time, time]:
    start, _, end = text.partition("-")
    quiet = _clock(start.strip()), _clock(end.strip())
    if quiet[0] == quiet[1]:
        raise ValueError("begins when it ends")
    return quiet


def _digest(text: str) -> time | str:
    every, _, at = text.partition(" ")
    if text == "hourly":
        return text
    if every != "daily":
        raise ValueError('must be "hourly" or "daily 07:00"')
    return _clock(at.strip())


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no time such as 07:00")
    return time(int(found[1]), int(found[2]))


def _zone(name: Any, where: str) -> tzinfo:
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise BeatError(where, f"zone: {name!r} is no time zone such as Europe/Vienna") from error
