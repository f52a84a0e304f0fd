"""The head: a small file of numbers that turns the encoder's vector of a clause into probabilities of stances.

A multinomial logistic regression over vectors from which the mean of their language is taken: vectors of a
multilingual encoder lie apart by language first. The means come from the training sentences, so that a clause has
the same probabilities whatever stands beside it. How it was made: `models/stance/README.md`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media_monitor.config import PACKAGE
from media_monitor.extract.semantic.encoder import Vectors

NEVER = 2.0
HEAD = PACKAGE / "models" / "stance" / "head.json"


@dataclass(frozen=True, eq=False)
class Head:
    """Classes with a row of weights each, the mean vector of each language, and what a stance needs to be believed.

    `thresholds` are the least probabilities by stance; a stance without one is never taken. `caution` is added to them
    in a language where the head has yet to prove itself.
    """

    version: str
    classes: tuple[str, ...]
    weights: NDArray[np.float64]
    offsets: NDArray[np.float64]
    means: Mapping[str, NDArray[np.float64]]
    thresholds: Mapping[str, float]
    caution: Mapping[str, float]

    def threshold(self, stance: str, language: str) -> float:
        """The least probability at which the stance is taken in the language; more than 1 where it never is."""
        return min(self.thresholds.get(stance, NEVER) + self.caution.get(language, 0.0), NEVER)

    def probabilities(self, vectors: Vectors, language: str) -> list[dict[str, float]]:
        """Probability by class for each vector, in order."""
        centred = np.asarray(vectors, dtype=np.float64) - self.means[language]
        scores = centred @ self.weights.T + self.offsets
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [dict(zip(self.classes, map(float, row), strict=True)) for row in shares]


def from_json(row: Mapping[str, Any]) -> Head:
    """The head of its file's content."""
    return Head(
        version=row["version"],
        classes=tuple(row["classes"]),
        weights=np.array(row["weights"]),
        offsets=np.array(row["offsets"]),
        means={language: np.array(mean) for language, mean in row["means"].items()},
        thresholds=row["thresholds"],
        caution=row["caution"],
    )


@cache
def shipped(path: Path = HEAD) -> Head:
    """The head in the package."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))
