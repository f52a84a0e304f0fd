"""The head in the package: well formed, for every language, and cautious."""

import json

import numpy as np
import pytest

from media_monitor.beat import Beat
from media_monitor.extract.semantic.decide import STANCES, belief
from media_monitor.extract.semantic.head import HEAD, from_json, shipped

SMALL = {
    "version": "0",
    "classes": ["allege", "condemn", "confirm", "decline", "deny", "none", "praise"],
    "weights": [[float(i == j) for j in range(7)] for i in range(7)],
    "offsets": [0.0] * 7,
    "means": {"en": [0.0] * 7, "ru": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]},
    "thresholds": {"deny": 0.5},
    "caution": {"ru": 0.2},
}


def test_the_head_knows_every_language_of_the_beat_and_every_stance() -> None:
    head = shipped()
    assert set(head.means) == set(Beat.load("dprk_russia").languages)
    assert set(head.classes) == {*STANCES, "none"}
    assert head.weights.shape == (7, 384)
    assert all(mean.shape == (384,) for mean in head.means.values())


def test_a_threshold_is_at_least_a_half_and_no_stance_is_believed_sooner_than_a_confirmation() -> None:
    thresholds = shipped().thresholds
    assert set(thresholds) <= set(STANCES)
    assert all(0.5 <= value < 1 for value in thresholds.values())
    assert thresholds.get("confirm", 1.0) >= max(v for k, v in thresholds.items() if k != "confirm")


def test_probabilities_are_shares_of_one_after_the_mean_of_the_language_is_taken() -> None:
    head = from_json(SMALL)
    rows = np.array([[5.0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 5.0, 0, 0]], dtype=np.float32)
    english, russian = head.probabilities(rows, "en"), head.probabilities(rows, "ru")
    assert all(sum(shares.values()) == pytest.approx(1) for shares in [*english, *russian])
    assert max(english[0], key=lambda c: english[0][c]) == "allege"
    assert max(english[1], key=lambda c: english[1][c]) == "deny"
    assert russian[0]["allege"] < english[0]["allege"]


def test_belief_is_none_where_another_class_is_likelier() -> None:
    shares = {"confirm": 0.3, "allege": 0.25, "deny": 0.4, "none": 0.05, "decline": 0.0, "condemn": 0.0, "praise": 0.0}
    assert belief("deny", shares) == 0.4
    assert belief("confirm", shares) == 0.0
    assert belief("allege", shares) == pytest.approx(0.55)  # who is no party to the claim alleges it by any assertion


def test_a_stance_without_a_threshold_is_never_taken_and_a_language_may_ask_for_more() -> None:
    head = from_json(SMALL)
    assert (head.threshold("deny", "en"), head.threshold("deny", "ru")) == (0.5, 0.7)
    assert head.threshold("confirm", "en") > 1
    assert head.threshold("confirm", "ru") > 1


def test_the_file_is_small_and_plain() -> None:
    assert HEAD.stat().st_size < 100_000
    assert set(json.loads(HEAD.read_text(encoding="utf-8"))) == {*SMALL, "trained_on"}
