"""Founding articles, found again by what they have in common with another."""

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from media_monitor.extract.stories.report import Report
from media_monitor.extract.stories.rows import Row
from media_monitor.extract.stories.weights import Weights

MOST_ALIKE = 40  # founders that are compared closely, by shared things and again by meaning
_LEAST = 0.3  # weight of a thing that is looked up; below it everybody has it
_DEED, _NUMBER = 0.5, 1.0


class Founders:
    """Founding reports in the order in which they were added."""

    def __init__(self, weights: Weights) -> None:
        self.reports: list[Report] = []
        self._weights = weights
        self._having: dict[str, array[int]] = {}
        self._rows: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._numbers = array("i")  # of the reports that have a row, by row

    def add(self, report: Report) -> None:
        number = len(self.reports)
        self.reports.append(report)
        for thing, _ in _things(report, self._weights):
            self._having.setdefault(thing, array("i")).append(number)
        if report.row is not None:
            self._store(report.row, number)

    def near(self, report: Report) -> list[int]:
        """Numbers of the founders that have most in common with the report, in things or in meaning, in order."""
        shared = np.zeros(len(self.reports))
        for thing, weight in _things(report, self._weights):
            having = self._having.get(thing)
            if having:
                shared[np.frombuffer(having, np.int32)] += weight
        found = set(_most(shared))
        count = len(self._numbers)
        if report.row is not None and count:
            alike = self._rows[:count] @ report.row
            found.update(self._numbers[number] for number in _most(alike))
        return sorted(found)

    def _store(self, row: Row, number: int) -> None:
        count = len(self._numbers)
        if count == len(self._rows):
            more = np.zeros((max(64, 2 * count), len(row)), np.float32)
            more[:count] = self._rows.reshape(count, len(row))
            self._rows = more
        self._rows[count] = row
        self._numbers.append(number)


def _most(scores: NDArray[np.float64] | NDArray[np.float32]) -> list[int]:
    """The numbers of the highest scores above 0; of equal ones the first."""
    best = np.argsort(-scores, kind="stable")[:MOST_ALIKE]
    return [int(number) for number in best if scores[number] > 0]


def _things(report: Report, weights: Weights) -> Iterator[tuple[str, float]]:
    """What the report can be found by, with weights."""
    for entity in report.entities:
        if (weight := weights.entities.weight(entity)) >= _LEAST:
            yield f"entity {entity}", weight
    for word in report.words:
        if (weight := weights.word(report.language, word)) >= _LEAST:
            yield f"{report.language} {word}", weight
    for deed in report.deeds:
        yield f"deed {deed}", _DEED
    for number in report.numbers:
        yield f"number {number}", _NUMBER
