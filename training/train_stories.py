"""Counts and trains what stories are told by, and writes it: plugins/media_monitor/models/stories/weights.json.

    python training/train_stories.py [--output weights.json]

Counts of names and words and the encoder's means come from tests/gold, texts of our own. The weights of likenesses are
logistic regressions over pairs of the even happenings of tests/stories; with ../shared/news there, also over pairs of
the real articles that news.tsv labels. SHIFTS were chosen on the even half too (benchmarks/stories.py). The same files
give the same weights.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from media_monitor.extract.semantic.head import shipped as head
from media_monitor.extract.semantic.model import Model
from media_monitor.extract.stories.heads import ENCODED, with_vectors
from media_monitor.extract.stories.report import Report, reports
from media_monitor.extract.stories.similarity import kind, likenesses
from media_monitor.extract.stories.vetoes import REACH
from media_monitor.extract.stories.weights import FILE, Weights, from_json
from media_monitor.model import stable_id

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.stories import labelled

ROOT = Path(__file__).resolve().parents[1]

VERSION = "1"
DIGITS = 4
LEAST = 2  # texts that a name or word stands in, to be listed
SHIFTS = {"same": -0.5, "cross": -2.0, "same, encoder": 0.0, "cross, encoder": -1.5}  # log odds that a match needs
BUSY = 10  # one in so many pairs of different weeks is taken as one of a busy day, of which the samples have few


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=FILE)
    chosen = parser.parse_args()
    model = Model(head())
    file = counted(model)
    pairs = list(even_pairs(model, from_json(file)))
    file["heads"] = {name: fitted(name, pairs) for name in SHIFTS}
    chosen.output.write_text(json.dumps(file, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    for name, weights in file["heads"].items():
        print(f"{name}: {', '.join(f'{key} {value}' for key, value in weights.items())}")


def counted(model: Model) -> dict[str, Any]:
    """The content of the file without heads."""
    texts = _gold()
    languages = sorted({str(one.language) for one in texts})
    own = {language: [one for one in texts if one.language == language] for language in languages}
    return {
        "version": VERSION,
        "entities": _counts([one.entities for one in texts]),
        "words": {language: _counts([one.words for one in found]) for language, found in own.items()},
        "means": {language: _mean(model, found) for language, found in own.items()},
        "heads": {},
    }


def _gold() -> list[Report]:
    paths = sorted((ROOT / "tests" / "gold").rglob("*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return reports(labelled.facts(row for row in rows if row.get("published")))


def _counts(sets: Sequence[frozenset[str]]) -> dict[str, Any]:
    found = Counter(thing for one in sets for thing in one)
    return {"texts": len(sets), "of": {thing: count for thing, count in sorted(found.items()) if count >= LEAST}}


def _mean(model: Model, found: Sequence[Report]) -> list[float]:
    rows = np.concatenate([model.vectors([one.head[:ENCODED]]) for one in found])
    return [round(float(value), DIGITS) for value in rows.mean(axis=0)]


def even_pairs(model: Model, weights: Weights) -> Iterator[tuple[str, Mapping[str, float], bool]]:
    """Pairs of reports of even happenings: languages, likenesses, and whether they are on one happening.

    Pairs within reach of each other, and some of the others as if they were of one day: on a busy day much happens.
    """
    for sample in filter(None, (labelled.cases(), labelled.news())):
        even = [one for one in sample.reports if labelled.half(sample.labels[one.article_id]) == "even"]
        for one, other in combinations(with_vectors(even, model, weights), 2):
            found = likenesses(one, other, weights)
            if abs(one.at - other.at) > REACH:
                if int(stable_id(one.article_id, other.article_id), 16) % BUSY:
                    continue
                found["gap"] %= 1
            together = sample.labels[one.article_id] == sample.labels[other.article_id]
            yield kind(one, other).partition(", ")[0], found, together


def fitted(name: str, pairs: Sequence[tuple[str, Mapping[str, float], bool]]) -> Mapping[str, float]:
    """The weights of the head: of every likeness that such pairs have."""
    languages, _, encoder = name.partition(", ")
    own = [(found, together) for spoken, found, together in pairs if spoken == languages]
    names = sorted(key for key in own[0][0] if encoder or key != "meaning")
    rows = [[found[key] for key in names] for found, _ in own]
    fit = LogisticRegression(C=1.0, max_iter=5_000).fit(rows, [together for _, together in own])
    weights = {key: round(float(value), DIGITS) for key, value in zip(names, fit.coef_[0], strict=True)}
    return {**weights, "offset": round(float(fit.intercept_[0]) - SHIFTS[name], DIGITS)}


if __name__ == "__main__":
    main()
