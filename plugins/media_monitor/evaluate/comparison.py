"""A run as JSON, and two runs side by side: what got better, what got worse."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_monitor.errors import DocumentError
from media_monitor.evaluate import breakdown
from media_monitor.evaluate.scores import LAYERS, Label, Report


@dataclass(frozen=True, slots=True)
class Change:
    """A score of two runs: F1, precision and recall of a layer, over all or of a language."""

    scope: str
    layer: str
    before: Mapping[str, float]
    after: Mapping[str, float]

    @property
    def gain(self) -> float:
        return self.after["f1"] - self.before["f1"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A label of a document that one run has right and the other has not. `fault` is `wrong` or `missed`."""

    document_id: str
    language: str
    layer: str
    label: Label
    fault: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs. `alone` are documents that only one of them has; they are left out of turns."""

    changes: tuple[Change, ...]
    better: tuple[Turn, ...]
    worse: tuple[Turn, ...]
    alone: tuple[str, ...]


def result(report: Report) -> dict[str, Any]:
    """The whole report for JSON: scores, confusion of stances, events by type, and every fault of every document."""
    confusion = breakdown.confusion(report.judged)
    return {
        **report.as_dict(),
        "confusion": {
            row: dict(zip(breakdown.STANCES, cells, strict=True)) for row, cells in breakdown.matrix(confusion)
        },
        "event_types": {kind: score.as_dict() for kind, score in breakdown.event_types(report.judged).items()},
        "ids": [one.document_id for one in report.judged],
        "differences": [
            {
                "id": d.document_id,
                "language": d.language,
                "layer": d.layer,
                "wrong": [list(label) for label in d.wrong],
                "missed": [list(label) for label in d.missed],
            }
            for d in report.differences
        ],
    }


def read(path: Path) -> dict[str, Any]:
    """The result that an earlier run wrote.

    Raises:
        DocumentError: the file cannot be read or is no such result.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if not isinstance(found, dict) or {"overall", "languages", "ids", "differences"} - found.keys():
        raise DocumentError(path, "is no result of `media-monitor evaluate --json`")
    return found


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    """What changed from one result to the other."""
    shared = set(before["ids"]) & set(after["ids"])
    alone = sorted(set(before["ids"]) ^ set(after["ids"]))
    old, new = _faults(before, shared), _faults(after, shared)
    changes = (c for c in _changes(before, after) if c.before != c.after)
    return Comparison(
        tuple(changes), tuple(sorted(old - new, key=_order)), tuple(sorted(new - old, key=_order)), tuple(alone)
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    scopes = [("all", before["overall"], after["overall"])]
    shared = sorted(before["languages"].keys() & after["languages"].keys())
    scopes += [(code, before["languages"][code], after["languages"][code]) for code in shared]
    for scope, old, new in scopes if len(shared) > 1 else scopes[:1]:
        yield from (Change(scope, layer, old[layer], new[layer]) for layer in LAYERS)


def _faults(run: Mapping[str, Any], ids: set[str]) -> set[Turn]:
    return {
        Turn(d["id"], d["language"], d["layer"], tuple(label), fault)
        for d in run["differences"]
        if d["id"] in ids
        for fault in ("wrong", "missed")
        for label in d[fault]
    }


def _order(turn: Turn) -> tuple[str, str, int, Label]:
    return turn.language, turn.document_id, LAYERS.index(turn.layer), turn.label
