"""Alerts that a replay raised, beside those that its archive calls for: missed, false, late, raised twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from media_monitor.beat import Beat, read_toml
from media_monitor.errors import BeatError

_REQUIRED = {"claim": str, "party": str, "said_on": date, "printed_at": datetime}
_KNOWN = {*_REQUIRED, "kind", "reversal", "note"}
FIRST = "first_confirmation"


@dataclass(frozen=True, slots=True)
class Expected:
    """An alert that an archive calls for. `printed_at` is when its first article came out; aware, UTC."""

    kind: str
    claim: str
    party: str
    said_on: date
    printed_at: datetime
    reversal: bool


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that was raised, as far as it is compared. `raised_at` is aware."""

    kind: str
    claim: str
    party: str
    since: date
    raised_at: datetime
    reversal: bool

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.claim, self.party


@dataclass(frozen=True, slots=True)
class Found:
    """An expected alert and the one raised for it. `hours` run from the first article to the alert."""

    expected: Expected
    raised: Raised

    @property
    def hours(self) -> float:
        return (self.raised.raised_at - self.expected.printed_at).total_seconds() / 3600

    @property
    def faults(self) -> tuple[str, ...]:
        """What the alert says wrongly: the day of the words, or whether they reverse earlier ones."""
        wrong = []
        if self.raised.since != self.expected.said_on:
            wrong.append(f"said {self.raised.since}, not {self.expected.said_on}")
        if self.raised.reversal != self.expected.reversal:
            wrong.append("no reversal" if self.raised.reversal else "reversal not seen")
        return tuple(wrong)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a replay, each part in order of time. `false`: called for by nothing, or before its article."""

    found: tuple[Found, ...]
    missed: tuple[Expected, ...]
    false: tuple[Raised, ...]
    twice: tuple[Raised, ...]

    @property
    def holds(self) -> bool:
        """Whether precisely the expected alerts were raised, each once."""
        return not (self.missed or self.false or self.twice)


def compare(expected: Sequence[Expected], raised: Iterable[Raised]) -> Proof:
    """How the alerts raised stand to those expected.

    Of several alerts of one kind, claim and party the first that is not too early counts; later ones are `twice`.
    """
    wanted = {(e.kind, e.claim, e.party): e for e in expected}
    found: dict[tuple[str, str, str], Found] = {}
    false, twice = [], []
    for alert in sorted(raised, key=lambda a: (a.raised_at, a.key)):
        target = wanted.get(alert.key)
        if target is None or alert.raised_at < target.printed_at:
            false.append(alert)
        elif alert.key in found:
            twice.append(alert)
        else:
            found[alert.key] = Found(target, alert)
    missed = [e for key, e in wanted.items() if key not in found]
    return Proof(
        tuple(sorted(found.values(), key=lambda f: f.expected.printed_at)),
        tuple(sorted(missed, key=lambda e: e.printed_at)),
        tuple(false),
        tuple(twice),
    )


def raised(table: pa.Table) -> list[Raised]:
    """The alerts on claims of the table `alerts` that were told on their own, not with a more specific claim."""
    rows = (row for row in table.to_pylist() if row["claim"] is not None and row["implied_by"] is None)
    return [
        Raised(row.get("kind") or FIRST, row["claim"], row["party"], row["since"], row["raised_at"], row["reversal"])
        for row in rows
    ]


def read_expected(path: Path, beat: Beat) -> tuple[Expected, ...]:
    """The alerts that a file expects: tables `[[alert]]` with claim, party, said_on, printed_at and, where they are
    not a first confirmation without an earlier opposite, kind and reversal; `note` is for people.

    Raises:
        BeatError: the file is faulty, names a claim that the beat does not have, or the same alert twice.
    """
    rows = read_toml(path, {"alert"}).get("alert", [])
    found = [_expected(path, number, row, beat) for number, row in enumerate(rows, 1)]
    for key, count in Counter((e.kind, e.claim, e.party) for e in found).items():
        if count > 1:
            raise BeatError(path, f"alert {' '.join(key)} is expected {count} times")
    return tuple(found)


def _expected(path: Path, number: int, row: dict[str, Any], beat: Beat) -> Expected:
    where = f"{path}: alert {number}"
    for key in row:
        if key not in _KNOWN:
            raise BeatError(where, f"unknown key {key!r}; known are {', '.join(sorted(_KNOWN))}")
    for key, kind in _REQUIRED.items():
        if not isinstance(row.get(key), kind):
            raise BeatError(where, f"{key} must be a {kind.__name__}")
    if row["claim"] not in beat.claims:
        raise BeatError(where, f"there is no claim {row['claim']!r}")
    printed = row["printed_at"]
    return Expected(
        kind=row.get("kind", FIRST),
        claim=row["claim"],
        party=row["party"],
        said_on=row["said_on"],
        printed_at=printed.replace(tzinfo=UTC) if printed.tzinfo is None else printed.astimezone(UTC),
        reversal=bool(row.get("reversal", False)),
    )
