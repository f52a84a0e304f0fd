"""What names and words weigh, and how much each likeness counts: numbers counted and trained on our own texts.

`training/train_stories.py` writes the file; `models/stories/README.md` tells from what.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from media_monitor.config import PACKAGE
from media_monitor.extract.stories.rows import Row

FILE = PACKAGE / "models" / "stories" / "weights.json"


@dataclass(frozen=True)
class Counts:
    """In how many of `texts` texts each thing stands; what is not listed stands in none."""

    texts: int
    of: Mapping[str, int]

    def weight(self, thing: str) -> float:
        """From 1 for what stands in no text down to 0 for what stands in all."""
        return self._weights.get(thing, self._unseen)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {thing: self._weight(count) for thing, count in self.of.items()}

    @cached_property
    def _unseen(self) -> float:
        return self._weight(0)

    def _weight(self, count: int) -> float:
        return math.log((self.texts + 1) / (count + 1)) / math.log(self.texts + 2)


@dataclass(frozen=True)
class Weights:
    """`means` are the encoder's mean rows by language; `heads` the weights of likenesses, by kind of pair.

    The score of a pair is the sum of weighted likenesses and `offset`, in log odds above the threshold.
    """

    version: str
    entities: Counts
    words: Mapping[str, Counts]
    means: Mapping[str, Row]
    heads: Mapping[str, Mapping[str, float]]

    def word(self, language: str | None, word: str) -> float:
        counts = self.words.get(language or "")
        return counts.weight(word) if counts else 1.0

    def centred(self, rows: Row, languages: Sequence[str | None]) -> Row:
        """The encoder's rows less the mean of their language: vectors lie apart by language first.

        For a language without a mean it is the mean of all.
        """
        everywhere = np.mean(list(self.means.values()), axis=0)
        return rows - np.stack([self.means.get(language or "", everywhere) for language in languages])


def from_json(file: Mapping[str, Any]) -> Weights:
    """The weights of the file's content."""
    return Weights(
        version=file["version"],
        entities=Counts(**file["entities"]),
        words={language: Counts(**counts) for language, counts in file["words"].items()},
        means={language: np.array(mean, dtype=np.float32) for language, mean in file["means"].items()},
        heads=file["heads"],
    )


@cache
def shipped(path: Path = FILE) -> Weights:
    """The weights in the package."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))
