"""Trains the head that reads stances out of sentence vectors, and writes it with the figures of its model card.

    python training/train_stance.py [--output plugins/media_monitor/models/stance]

Sentences (training/stance/<lang>.tsv) give the meaning of the classes, clauses of labelled items
(training/stance/clauses.tsv) the manner of what the head meets, and manner.tsv more sentences in that manner.
Thresholds are chosen on the clauses, each judged by a head that has seen neither its item nor manner.tsv: the least
at which REQUIRED of what would be said is right, and at least ENOUGH of it; a stance that never gets there is never
taken. The same files give the same head on every machine: nothing is drawn by lot, and the encoder's vectors are those
of training/stance/vectors.npy (stored.py makes them). `trained_on` in the head says which files they were.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import stored
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from media_monitor.extract.semantic.decide import STANCES, belief
from media_monitor.extract.semantic.head import Head

OUTPUT = Path(__file__).resolve().parents[1] / "plugins" / "media_monitor" / "models" / "stance"
VERSION = "1"
FOLDS = 6
STRENGTH = 10.0  # inverse of the regularisation
WEIGHT = 3.0  # of a clause, against 1 of a sentence
DIGITS = 4
REQUIRED = {"confirm": 0.95}  # share of right answers above a threshold
REQUIRED_OTHERS = 0.9
ENOUGH = 2
STEPS = [round(0.5 + n / 50, 2) for n in range(25)]
MARGIN = {"confirm": 0.15}  # added to the threshold: an alert hangs on it
MARGIN_OTHERS = 0.05  # for the clauses are few
CAUTION = 0.2  # added in a language whose clauses gave no right answer above the thresholds


@dataclass(frozen=True)
class Row:
    """A text with its language, its class, and for a clause its item and the stances open to it with right or wrong."""

    language: str
    stance: str
    text: str
    item: str = ""
    choices: tuple[tuple[str, bool], ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args()
    sentences, clauses = list(_sentences()), list(_clauses())
    told, read = _vectors(sentences), _vectors(clauses)
    means = _means(sentences, told)
    known, met = _centred(sentences, told, means), _centred(clauses, read, means)
    shares = _unseen(sentences, known, clauses, met)
    more = list(_manner())
    everything = np.vstack([known, met, _centred(more, _vectors(more), means)])
    thresholds = _thresholds(clauses, shares)
    caution = _caution(clauses, shares, thresholds)
    head = _head(_fit([*sentences, *clauses, *more], everything), means, thresholds, caution)
    chosen.output.mkdir(parents=True, exist_ok=True)
    _write(chosen.output / "head.json", head)
    _write(chosen.output / "figures.json", _figures(sentences, known, clauses, shares, head.thresholds))


def trained_on() -> str:
    """A digest of the training files and the vectors of their texts, names and all."""
    digest = hashlib.blake2b(digest_size=16)
    for path in [*sorted(stored.STANCE.glob("*.tsv")), stored.STORED]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _sentences() -> Iterable[Row]:
    for path in sorted(stored.STANCE.glob("??.tsv")):
        yield from (Row(path.stem, row["stance"], row["text"]) for row in stored.rows(path))


def _manner() -> Iterable[Row]:
    yield from (Row(row["language"], row["stance"], row["text"]) for row in stored.rows(stored.STANCE / "manner.tsv"))


def _clauses() -> Iterable[Row]:
    for row in stored.rows(stored.STANCE / "clauses.tsv"):
        choices = tuple((c[:-1], c[-1] == "+") for c in row["choices"].split())
        yield Row(row["language"], row["stance"], row["text"], row["item"], choices)


def _vectors(rows: Sequence[Row]) -> NDArray[np.float64]:
    return stored.vectors([r.text for r in rows])


def _means(rows: Sequence[Row], vectors: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    languages = np.array([r.language for r in rows])
    return {code: vectors[languages == code].mean(axis=0).round(DIGITS + 1) for code in sorted(set(languages))}


def _centred(
    rows: Sequence[Row], vectors: NDArray[np.float64], means: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    return vectors - np.array([means[r.language] for r in rows])


def _fit(rows: Sequence[Row], vectors: NDArray[np.float64]) -> LogisticRegression:
    """The regression over the rows of one class; a clause with two is left out."""
    kept = [i for i, r in enumerate(rows) if r.stance != "several"]
    weights = [WEIGHT if rows[i].item else 1.0 for i in kept]
    model = LogisticRegression(C=STRENGTH, solver="newton-cg", tol=1e-8)
    return model.fit(vectors[kept], [rows[i].stance for i in kept], sample_weight=weights)


def _unseen(
    sentences: Sequence[Row], known: NDArray[np.float64], clauses: Sequence[Row], met: NDArray[np.float64]
) -> list[dict[str, float]]:
    """Probabilities of each clause by a head that has seen no clause of its item."""
    shares: list[dict[str, float]] = [{} for _ in clauses]
    for seen, unseen in GroupKFold(FOLDS).split(met, groups=[c.item for c in clauses]):
        model = _fit([*sentences, *(clauses[i] for i in seen)], np.vstack([known, met[seen]]))
        for i, row in zip(unseen, model.predict_proba(met[unseen]), strict=True):
            shares[i] = dict(zip(model.classes_, map(float, row), strict=True))
    return shares


def _thresholds(clauses: Sequence[Row], shares: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found = {}
    for stance in STANCES:
        required = REQUIRED.get(stance, REQUIRED_OTHERS)
        for step in STEPS:
            right, said = _judged(clauses, shares, stance, step)
            if right >= ENOUGH and right >= required * said:
                found[stance] = round(step + MARGIN.get(stance, MARGIN_OTHERS), 2)
                break
    return found


def _caution(
    clauses: Sequence[Row], shares: Sequence[Mapping[str, float]], thresholds: Mapping[str, float]
) -> dict[str, float]:
    proven = set()
    for language in {row.language for row in clauses}:
        mine = [i for i, row in enumerate(clauses) if row.language == language]
        rows, told = [clauses[i] for i in mine], [shares[i] for i in mine]
        if any(_judged(rows, told, stance, value)[0] for stance, value in thresholds.items()):
            proven.add(language)
    return dict.fromkeys(sorted({row.language for row in clauses} - proven), CAUTION)


def _judged(
    clauses: Sequence[Row], shares: Sequence[Mapping[str, float]], stance: str, threshold: float
) -> tuple[int, int]:
    """(right, said) among the clauses to which the stance is open, at the threshold."""
    believed = [(row, belief(stance, share)) for row, share in zip(clauses, shares, strict=True)]
    answers = [dict(row.choices)[stance] for row, b in believed if stance in dict(row.choices) and b >= threshold]
    return sum(answers), len(answers)


def _head(
    model: LogisticRegression,
    means: Mapping[str, NDArray[np.float64]],
    thresholds: Mapping[str, float],
    caution: Mapping[str, float],
) -> Head:
    weights, offsets = model.coef_.round(DIGITS), model.intercept_.round(DIGITS)
    return Head(VERSION, tuple(model.classes_), weights, offsets, means, thresholds, caution)


def _figures(
    sentences: Sequence[Row],
    known: NDArray[np.float64],
    clauses: Sequence[Row],
    shares: Sequence[Mapping[str, float]],
    thresholds: Mapping[str, float],
) -> dict[str, object]:
    """The figures of the card: sentences by languages left out, clauses by items left out."""
    languages = np.array([r.language for r in sentences])
    by_language = {}
    for code in sorted(set(languages)):
        rest = np.flatnonzero(languages != code)
        model = _fit([sentences[i] for i in rest], known[rest])
        told = model.predict(known[languages == code])
        by_language[code] = round(float(np.mean(told == [r.stance for r in sentences if r.language == code])), 3)
    judged = {s: _judged(clauses, shares, s, thresholds[s]) for s in thresholds}
    return {
        "sentences": len(sentences),
        "clauses": len(clauses),
        "accuracy on sentences of a language that was left out": by_language,
        "right and said above the threshold, items left out": judged,
    }


def _write(path: Path, content: Head | Mapping[str, object]) -> None:
    if isinstance(content, Head):
        content = {
            "version": content.version,
            "trained_on": trained_on(),
            "classes": list(content.classes),
            "thresholds": dict(content.thresholds),
            "caution": dict(content.caution),
            "offsets": content.offsets.tolist(),
            "weights": content.weights.tolist(),
            "means": {code: mean.tolist() for code, mean in content.means.items()},
        }
    text = json.dumps(content, ensure_ascii=False, indent=None if "weights" in content else 1)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
