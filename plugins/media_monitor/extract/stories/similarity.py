"""How much two reports have in common, as numbers, and what these come to.

There are four heads of weights: within a language, where words can be compared, and across languages; with the encoder,
where both reports have a vector, and without.
"""

from collections.abc import Callable, Set

from media_monitor.extract.stories.report import Report
from media_monitor.extract.stories.weights import Weights

DAY = 86_400.0


def score(one: Report, other: Report, weights: Weights) -> float:
    """Log odds that both report one happening, above the threshold: 0 or more is a match."""
    head = weights.heads[kind(one, other)]
    found = likenesses(one, other, weights)
    return head["offset"] + sum(weight * found[name] for name, weight in head.items() if name != "offset")


def kind(one: Report, other: Report) -> str:
    """The name of the head for the pair."""
    languages = "same" if one.language == other.language else "cross"
    return f"{languages}, encoder" if one.row is not None and other.row is not None else languages


def likenesses(one: Report, other: Report, weights: Weights) -> dict[str, float]:
    """By name, from 0 to 1; but `meaning` can be less than 0, and `gap` are the days between the two."""
    found = {
        "entities": _shared(one.entities, other.entities, weights.entities.weight),
        "titled": _shared(one.titled, other.titled, weights.entities.weight),
        "deeds": float(bool(one.deeds & other.deeds)),
        "numbers": float(bool(one.numbers & other.numbers)),
        "gap": abs((one.at - other.at).total_seconds()) / DAY,
    }
    if one.row is not None and other.row is not None:
        found["meaning"] = float(one.row @ other.row)
    if one.language == other.language:
        found["words"] = _contained(one.words, other.words, lambda word: weights.word(one.language, word))
        found["headline"] = _shared(one.headline, other.headline, lambda word: weights.word(one.language, word))
    return found


def _shared(one: Set[str], other: Set[str], weight: Callable[[str], float]) -> float:
    """Weight of what both have, of the weight of what either has."""
    return sum(map(weight, one & other)) / (sum(map(weight, one | other)) or 1.0)


def _contained(one: Set[str], other: Set[str], weight: Callable[[str], float]) -> float:
    """Weight of what both have, of the weight of the lighter of the two."""
    return sum(map(weight, one & other)) / (min(sum(map(weight, one)), sum(map(weight, other))) or 1.0)
