"""What lies behind the scores: which stances are taken for which, events by type, the worst documents."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from media_monitor.evaluate.scores import LAYERS, Judged, Label, Score

NONE = "none"
STANCES = ("confirm", "allege", "deny", "decline", "condemn", "praise", NONE)
_NOTHING: tuple[frozenset[Label], frozenset[Label]] = (frozenset(), frozenset())


def confusion(judged: Iterable[Judged]) -> dict[tuple[str, str], int]:
    """(stance labelled, stance found) -> how often, for the same party and claim of the same document.

    `none` where there is no other side. Stances that agree are paired first, the rest in alphabetical order.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for one in judged:
        expected, seen = (_by_topic(side) for side in one.layers.get("statements", _NOTHING))
        for topic in expected.keys() | seen.keys():
            counts.update(_paired(expected.get(topic, set()), seen.get(topic, set())))
    return dict(counts)


def _by_topic(labels: Iterable[Label]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for party, stance, claim in labels:
        found.setdefault((party, claim), set()).add(stance)
    return found


def _paired(expected: set[str], seen: set[str]) -> list[tuple[str, str]]:
    same = [(stance, stance) for stance in expected & seen]
    return [*same, *zip_longest(sorted(expected - seen), sorted(seen - expected), fillvalue=NONE)]


def event_types(judged: Iterable[Judged]) -> dict[str, Score]:
    """Scores of the layer `events` by type, the most frequent first."""
    found: dict[str, Score] = {}
    for one in judged:
        expected, seen = one.layers.get("events", _NOTHING)
        for label in expected | seen:
            score = Score(int(label in expected and label in seen), int(label not in expected), int(label not in seen))
            found[label[0]] = found.get(label[0], Score()) + score
    return dict(sorted(found.items(), key=lambda item: (-item[1].right - item[1].missed, item[0])))


def worst(judged: Iterable[Judged], count: int, layers: Sequence[str] = LAYERS) -> list[Judged]:
    """The documents with most labels wrong or missed in the layers, most first; none without a fault."""
    faulty = [(faults, one) for one in judged if (faults := _faults(one, layers))]
    return [one for _, one in sorted(faulty, key=lambda pair: (-pair[0], pair[1].document_id))[:count]]


def _faults(one: Judged, layers: Sequence[str]) -> int:
    return sum(score.wrong + score.missed for score in (one.score(layer) for layer in layers))


def matrix(counts: Mapping[tuple[str, str], int]) -> list[tuple[str, list[int]]]:
    """A row a stance labelled: the counts of the stances found, both in the order of STANCES."""
    return [(labelled, [counts.get((labelled, seen), 0) for seen in STANCES]) for labelled in STANCES]
