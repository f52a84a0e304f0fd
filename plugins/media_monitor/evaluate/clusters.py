"""How well a clustering agrees with labels: BCubed (Bagga and Baldwin 1998) and pairs.

A clustering and labels are mappings from item to cluster and to label, over the same items.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean, from 0 to 1; 1 where there was nothing to find."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1.0)


def bcubed(clusters: Mapping[str, str], labels: Mapping[str, str]) -> Agreement:
    """Of each item's cluster the share with its label, of its label the share in its cluster; means over items."""
    both = Counter((clusters[item], labels[item]) for item in clusters)
    cluster, label = Counter(clusters.values()), Counter(labels[item] for item in clusters)
    shared = [(both[clusters[i], labels[i]], cluster[clusters[i]], label[labels[i]]) for i in clusters]
    count = len(shared) or 1
    return Agreement(sum(n / of for n, of, _ in shared) / count, sum(n / of for n, _, of in shared) / count)


def pairs(
    clusters: Mapping[str, str], labels: Mapping[str, str], languages: Mapping[str, str | None] | None = None
) -> Agreement:
    """Of the pairs put together those that belong together, and the other way round.

    With `languages` of the items, only pairs of two languages count.
    """
    found = Counter((clusters[a] == clusters[b], labels[a] == labels[b]) for a, b in _pairs(clusters, languages))
    right, wrong, missed = found[True, True], found[True, False], found[False, True]
    return Agreement(_share(right, wrong), _share(right, missed))


def _pairs(clusters: Mapping[str, str], languages: Mapping[str, str | None] | None) -> Iterator[tuple[str, str]]:
    for a, b in combinations(sorted(clusters), 2):
        if languages is None or languages[a] != languages[b]:
            yield a, b


def _share(right: int, others: int) -> float:
    return right / (right + others) if right + others else 1.0
