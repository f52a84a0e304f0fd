"""The scores that are published with the package: `extract/scores.json`, made by `media-monitor evaluate --publish`.

Each gold set has its digest, its documents by language, and by extractor the scores over all and by language.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from media_monitor.config import PACKAGE
from media_monitor.errors import DocumentError
from media_monitor.evaluate import floors
from media_monitor.evaluate.scores import Report
from media_monitor.extract.version import EXTRACTOR_VERSION

FILE = PACKAGE / "extract" / "scores.json"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """Labelled documents of some files, and by extractor the report on them."""

    paths: Sequence[Path]
    rows: Sequence[Mapping[str, Any]]
    reports: Mapping[str, Report]


def document(sets: Sequence[Measured], half: str | None, command: str, day: date) -> dict[str, Any]:
    """What is published of the sets."""
    return {
        "extractor_version": EXTRACTOR_VERSION,
        "measured_on": day.isoformat(),
        "command": command,
        "sets": [_set(one, half) for one in sets],
    }


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Writes the file."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path = FILE) -> dict[str, Any]:
    """The published scores.

    Raises:
        DocumentError: there are none, or the file cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentError(path, f"holds no scores: {error}") from error
    return found


def scores(report: Report) -> dict[str, Any]:
    """The scores of a report, rounded."""
    plain = report.as_dict()
    return {
        "overall": _rounded(plain["overall"]),
        "languages": {code: _rounded(layers) for code, layers in plain["languages"].items()},
    }


def _set(one: Measured, half: str | None) -> dict[str, Any]:
    report = next(iter(one.reports.values()))
    return {
        "name": floors.name(one.paths, half, Path("here")),
        "digest": floors.digest(one.rows),
        "documents": dict(report.documents),
        "extractors": {name: scores(found) for name, found in one.reports.items()},
    }


def _rounded(layers: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {layer: {name: round(value, _DIGITS) for name, value in found.items()} for layer, found in layers.items()}
