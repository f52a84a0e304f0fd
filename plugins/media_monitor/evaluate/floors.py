"""Floors: the scores below which no change may let the extraction fall.

A file in TOML, one table a gold set and extractor, one line a language (`all`: the whole set):

    ["gold/*.jsonl#odd".rules]
    digest = "…"                     of the labelled documents; scores on other documents are not comparable
    ru = { entities = 0.93, … }

A set is a file, or all files of a folder, relative to the folder of the floors file; with `#odd` or `#even` only its
documents whose id ends in such a digit. Each number is an F1 rounded down to 0.01, `confirmations_precision` a
precision, 0.90 at the most. On twenty documents one label is some hundredths, so a score is below its floor when it
would be so with two faults fewer. A floor can be raised, and set anew where the labelled documents changed; it is
never lowered.
"""

import json
import math
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from media_monitor.errors import FloorError
from media_monitor.evaluate.scores import LAYERS, Report, Score
from media_monitor.model import stable_id

HALVES = ("even", "odd")
PRECISION = "confirmations_precision"
ENOUGH = 0.90  # no floor of precision is higher: above it, more may be found at the price of a few false ones
HEAD = """# Floors of the extraction: scores that no change may lower (meaning: media_monitor/evaluate/floors.py).
# Raise them with `media-monitor evaluate FILES --half odd --raise-floors tests/floors.toml`; never edit them by hand.
"""
ALLOWED = 2  # faults by which a score may lie below its floor
_BARE = re.compile(r"[A-Za-z0-9_-]+")
Scores = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Floor:
    """The floors of a gold set: language -> measure -> least score, on documents with that digest."""

    digest: str
    scores: Scores


Floors = Mapping[tuple[str, str], Floor]


def digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """16 hexadecimal digits of the labelled documents, whatever the order of their fields."""
    return stable_id(*(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows))


def in_half(document_id: str, half: str | None) -> bool:
    """Whether the document is in the half (`odd`, `even`) by its last character, which must be a digit; None is all.

    >>> in_half("ru-013", "odd"), in_half("ru-013", "even"), in_half("ru-x", "odd"), in_half("ru-x", None)
    (True, False, False, True)
    """
    last = document_id[-1:]
    return half is None or (last in "0123456789" and int(last) % 2 == HALVES.index(half))


def name(paths: Sequence[Path], half: str | None, floors: Path) -> str:
    """The name of a gold set in the floors file: one file, or all files of a folder."""
    relative = [Path(os.path.relpath(p.resolve(), floors.resolve().parent)).as_posix() for p in paths]
    path = relative[0] if len(paths) == 1 else f"{relative[0].rpartition('/')[0]}/*{paths[0].suffix}"
    return f"{path}#{half}" if half else path


def located(gold_set: str, floors: Path) -> tuple[list[Path], str | None]:
    """(files, half) of a gold set named in the floors file; a file that is not there is among them all the same."""
    path, _, half = gold_set.partition("#")
    folder = floors.resolve().parent / Path(path).parent
    return (sorted(folder.glob(Path(path).name)) if "*" in path else [folder / Path(path).name]), half or None


def sets(paths: Sequence[Path]) -> list[list[Path]]:
    """The gold sets that the files make: one, where they are all that a folder has of their kind, else each its own."""
    whole = sorted(p.resolve() for p in paths) == sorted(
        p.resolve() for p in paths[0].parent.glob(f"*{paths[0].suffix}")
    )
    return [sorted(paths)] if whole and len(paths) > 1 else [[path] for path in paths]


def measured(report: Report, fewer: int = 0) -> dict[str, dict[str, float]]:
    """Language -> measure -> score rounded down to 0.01, where anything is labelled or found; `all` where several.

    As if there were so many faults `fewer` in each.
    """
    scopes: dict[str, Mapping[str, Score]] = {**({"all": report.overall} if len(report.languages) > 1 else {})}
    scopes |= report.languages
    return {scope: _measures(scores, fewer) for scope, scores in scopes.items()}


def _measures(scores: Mapping[str, Score], fewer: int) -> dict[str, float]:
    better = {layer: _with_fewer(scores[layer], fewer) for layer in LAYERS if scores[layer]}
    found = {layer: _down(score.f1) for layer, score in better.items()}
    if "confirmations" in found:
        wrong = max(0, scores["confirmations"].wrong - fewer)
        found[PRECISION] = min(_down(Score(scores["confirmations"].right, wrong).precision), ENOUGH)
    return found


def _with_fewer(score: Score, fewer: int) -> Score:
    """The score with labels missed found instead, then with labels found wrongly left out."""
    gained = min(fewer, score.missed)
    return Score(score.right + gained, max(0, score.wrong - (fewer - gained)), score.missed - gained)


def _down(value: float) -> float:
    return math.floor(value * 100 + 1e-9) / 100


def below(floor: Floor, now: Scores) -> list[str]:
    """A line for each score that is below its floor or not measured any more."""
    return [
        f"{scope} {measure} {now.get(scope, {}).get(measure, 0.0):.2f} is below its floor {least:.2f}"
        for scope, measures in floor.scores.items()
        for measure, least in measures.items()
        if now.get(scope, {}).get(measure, 0.0) < least
    ]


def fallen(floor: Floor, report: Report) -> list[str]:
    """A line for each score of the report that is below its floor even with two faults fewer."""
    lenient = measured(report, ALLOWED)
    now = measured(report)
    failing = {
        scope: {m: least for m, least in measures.items() if lenient.get(scope, {}).get(m, 0.0) < least}
        for scope, measures in floor.scores.items()
    }
    return below(Floor(floor.digest, failing), now)


def raised(known: Floors, key: tuple[str, str], digest: str, report: Report) -> Floors:
    """The floors with those of one set and extractor raised to what is measured now.

    Raises:
        FloorError: a score has fallen below its floor on the same documents; nothing is raised then.
    """
    old, now = known.get(key), measured(report)
    if old is None or old.digest != digest:
        return {**known, key: Floor(digest, now)}
    if lines := fallen(old, report):
        raise FloorError(f"{key[0]} ({key[1]})", f"{'; '.join(lines)}. A floor is never lowered; nothing was written")
    higher = {
        scope: {m: max(value, old.scores.get(scope, {}).get(m, 0.0)) for m, value in measures.items()}
        for scope, measures in now.items()
    }
    return {**known, key: Floor(digest, higher)}


def lowered(before: Floors, after: Floors) -> list[str]:
    """A line for each floor that is lower than before or gone, on the same documents."""
    found = []
    for key, old in before.items():
        new = after.get(key)
        if new is None and not any(_covers(other, key) for other in after):
            found.append(f"{key[0]} ({key[1]}) is gone")
        elif new is not None and new.digest == old.digest:
            found += [f"{key[0]} ({key[1]}): {line}" for line in below(old, new.scores)]
    return found


def _covers(key: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the set holds all documents of the other, and the extractor is the same."""
    return key[1] == other[1] and "*" in key[0] and fnmatch(other[0], key[0])


def told(before: Floors, after: Floors) -> list[str]:
    """A line for each floor that was raised or set anew."""
    lines = []
    for key, new in after.items():
        old = before.get(key)
        if old == new:
            continue
        anew = old is None or old.digest != new.digest
        known = {} if old is None or anew else old.scores
        moved = [
            f"{scope} {measure} {_from(known.get(scope, {}).get(measure))}{value:.2f}"
            for scope, measures in new.scores.items()
            for measure, value in measures.items()
            if value != known.get(scope, {}).get(measure)
        ]
        lines.append(f"{key[0]} ({key[1]}){' set anew' if anew else ''}: {', '.join(moved)}")
    return lines


def _from(value: float | None) -> str:
    return "" if value is None else f"{value:.2f} → "


def parse(text: str, where: object) -> Floors:
    """The floors of a file's text.

    Raises:
        FloorError: it is not TOML or not of that form.
    """
    try:
        tables = tomllib.loads(text)
        return {
            (gold_set, extractor): Floor(
                table["digest"], {scope: dict(values) for scope, values in table.items() if scope != "digest"}
            )
            for gold_set, extractors in tables.items()
            for extractor, table in extractors.items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise FloorError(where, f"is no file of floors: {error!r}") from error


def text(floors: Floors) -> str:
    """The floors as a file, in a fixed order."""
    parts = [HEAD]
    for (gold_set, extractor), floor in sorted(floors.items()):
        name = extractor if _BARE.fullmatch(extractor) else f'"{extractor}"'
        lines = [f'\n["{gold_set}".{name}]', f'digest = "{floor.digest}"']
        for scope, measures in floor.scores.items():
            cells = ", ".join(f"{measure} = {value:.2f}" for measure, value in measures.items())
            lines.append(f"{scope} = {{ {cells} }}")
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)
