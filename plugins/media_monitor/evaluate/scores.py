"""Scores predictions against labelled documents: precision, recall and F1 by layer and language.

Micro averages over sets of labels, one set a document:

    relevant       documents that report on the beat
    entities       ids, on documents labelled relevant (as all that follow)
    statements     (party, stance, claim) of officials, with the claims that a claim implies added on both sides;
                   a denial implies nothing, for who denies the special case has not denied the general one
    confirmations  of these, `confirm` by a party to the claim: what alerts are made of
    events         (type, actor, recipient)
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from media_monitor.beat import Claim

LAYERS = ("relevant", "entities", "statements", "confirmations", "events")
Label = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one layer: labels found rightly, found wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def __bool__(self) -> bool:
        """Whether anything is labelled or found."""
        return bool(self.right or self.wrong or self.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the labels that was found; 0 where there are none."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0

    def as_dict(self) -> dict[str, float | int]:
        counts = {"right": self.right, "wrong": self.wrong, "missed": self.missed}
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **counts}


@dataclass(frozen=True, slots=True)
class Difference:
    """What was found wrongly or missed in one document, for a person who looks for the cause."""

    document_id: str
    language: str
    layer: str
    wrong: tuple[Label, ...]
    missed: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: by layer that it is scored on, the labels expected and those found."""

    document_id: str
    language: str
    title: str
    layers: Mapping[str, tuple[frozenset[Label], frozenset[Label]]]

    def score(self, layer: str) -> Score:
        expected, seen = self.layers.get(layer, (frozenset(), frozenset()))
        return Score(len(expected & seen), len(seen - expected), len(expected - seen))

    def differences(self) -> Iterator[Difference]:
        for layer, (expected, seen) in self.layers.items():
            if expected != seen:
                yield Difference(
                    self.document_id,
                    self.language,
                    layer,
                    tuple(sorted(seen - expected)),
                    tuple(sorted(expected - seen)),
                )


@dataclass(frozen=True)
class Report:
    """The documents judged, in order, and what can be counted of them: by language of the labelled document."""

    judged: tuple[Judged, ...]

    def __add__(self, other: "Report") -> "Report":
        return Report((*self.judged, *other.judged))

    @cached_property
    def documents(self) -> Mapping[str, int]:
        return dict(Counter(one.language for one in self.judged))

    @cached_property
    def overall(self) -> Mapping[str, Score]:
        return _scores(self.judged)

    @cached_property
    def languages(self) -> Mapping[str, Mapping[str, Score]]:
        return {code: _scores([j for j in self.judged if j.language == code]) for code in sorted(self.documents)}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(difference for one in self.judged for difference in one.differences())

    def as_dict(self) -> dict[str, Any]:
        """The scores, for JSON."""
        languages = {code: _plain(scores) for code, scores in self.languages.items()}
        return {"documents": dict(self.documents), "overall": _plain(self.overall), "languages": languages}


def evaluate(
    gold: Iterable[Mapping[str, Any]],
    predictions: Iterable[Mapping[str, Any]],
    claims: Mapping[str, Claim],
    known_entities: Collection[str] | None = None,
) -> Report:
    """The report on the predictions, matched by `id`; a document without prediction counts as found nothing.

    `known_entities` are the ids that the labels choose from; others in a prediction are left out (None: none are).
    """
    found = {row["id"]: row for row in predictions}
    return Report(tuple(_judged(row, found.get(row["id"], {}), claims, known_entities) for row in gold))


def _judged(
    gold: Mapping[str, Any],
    found: Mapping[str, Any],
    claims: Mapping[str, Claim],
    known_entities: Collection[str] | None,
) -> Judged:
    layers = {
        layer: (frozenset(expected), frozenset(seen))
        for layer, expected, seen in _compared(gold, found, claims, known_entities)
    }
    return Judged(gold["id"], gold.get("language") or "und", gold.get("title") or "", layers)


def _compared(
    gold: Mapping[str, Any],
    found: Mapping[str, Any],
    claims: Mapping[str, Claim],
    known_entities: Collection[str] | None,
) -> Iterator[tuple[str, set[Label], set[Label]]]:
    """(layer, labels expected, labels found) for the layers that the document is scored on."""
    yield "relevant", _flag(gold), _flag(found)
    if not gold.get("relevant"):
        return
    seen = {e for e in _entities(found) if known_entities is None or e[0] in known_entities}
    yield "entities", _entities(gold), seen
    expected, said = _statements(gold, claims), _statements(found, claims)
    yield "statements", expected, said
    yield "confirmations", _confirmations(expected, claims), _confirmations(said, claims)
    yield "events", _events(gold), _events(found)


def _flag(row: Mapping[str, Any]) -> set[Label]:
    return {("relevant",)} if row.get("relevant") else set()


def _entities(row: Mapping[str, Any]) -> set[Label]:
    return {(entity,) for entity in row.get("entities", ())}


def _events(row: Mapping[str, Any]) -> set[Label]:
    return {(e["type"], e["actor"], e["recipient"]) for e in row.get("events", ())}


def _statements(row: Mapping[str, Any], claims: Mapping[str, Claim]) -> set[Label]:
    said = [s for s in row.get("statements", ()) if s.get("role", "official") == "official"]
    return {
        (s["party"], s["stance"], claim)
        for s in said
        for claim in ([s["claim"]] if s["stance"] == "deny" else implied(s["claim"], claims))
    }


def implied(claim: str, claims: Mapping[str, Claim]) -> list[str]:
    """The claim and all that it implies, directly or through others."""
    reached = [claim]
    for one in reached:
        known = claims.get(one)
        reached.extend(c for c in (known.implies if known else ()) if c not in reached)
    return reached


def _confirmations(statements: set[Label], claims: Mapping[str, Claim]) -> set[Label]:
    return {
        (party, stance, claim)
        for party, stance, claim in statements
        if stance == "confirm" and claim in claims and party in claims[claim].parties
    }


def _scores(judged: Iterable[Judged]) -> dict[str, Score]:
    every = list(judged)
    return {layer: sum((one.score(layer) for one in every), Score()) for layer in LAYERS}


def _plain(scores: Mapping[str, Score]) -> dict[str, dict[str, float | int]]:
    return {layer: score.as_dict() for layer, score in scores.items()}
