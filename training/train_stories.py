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
from media_monitor.extract.stories.batch import ENCODED, with_vectors
from media_monitor.extract.stories.report import Report, reports
from media_monitor.extract.stories.similarity import kind, likenesses
from media_monitor.extract.stories.vetoes import REACH
from media_monitor.extract.stories.weights import FILE, Weights, from_json

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.stories import labelled

ROOT = Path(__file__).resolve().parents[1]

VERSION = "1"
DIGITS = 4
LEAST = 2  # texts that a name or word stands in, to be listed
SHIFTS = {"same": 0.6, "cross": -0.5}  # log odds that a match needs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=FILE)
    chosen = parser.parse_args()
    model = Model(head())
    file = counted(model)
    pairs = list(even_pairs(model, from_json(file)))
    file["heads"] = {name: fitted(name, pairs) for name in ("same", "cross", "same, encoder", "cross, encoder")}
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


def even_pairs(model: Model, weights: Weights) -> Iterator[tuple[Report, Report, bool, Weights]]:
    """Pairs of reports of even happenings within reach of each other, and whether they are on one."""
    for sample in filter(None, (labelled.cases(), labelled.news())):
        even = [one for one in sample.reports if labelled.half(sample.labels[one.article_id]) == "even"]
        for one, other in combinations(with_vectors(even, model, weights), 2):
            if abs(one.at - other.at) <= REACH:
                yield one, other, sample.labels[one.article_id] == sample.labels[other.article_id], weights


def fitted(name: str, pairs: Sequence[tuple[Report, Report, bool, Weights]]) -> Mapping[str, float]:
    """The weights of the head: of every likeness that such pairs have."""
    languages, _, encoder = name.partition(", ")
    found, labels = [], []
    for one, other, together, weights in pairs:
        if kind(one, other).partition(", ")[0] == languages:
            likeness = likenesses(one, other, weights)
            found.append({key: value for key, value in likeness.items() if encoder or key != "meaning"})
            labels.append(together)
    names = sorted(found[0])
    fit = LogisticRegression(C=1.0, max_iter=5_000).fit([[row[key] for key in names] for row in found], labels)
    weights_of = {key: round(float(value), DIGITS) for key, value in zip(names, fit.coef_[0], strict=True)}
    return {**weights_of, "offset": round(float(fit.intercept_[0]) - SHIFTS[languages], DIGITS)}


if __name__ == "__main__":
    main()
